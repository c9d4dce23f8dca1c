"""The personal area (spec R3-13, R3-14): what the account knows, and changing it."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.actions.edit_profile import Profile, edit_profile
from app.domain.accounts.model import Account
from app.domain.people.model import Person
from app.foundation.clock import now
from app.foundation.db import db, transaction
from app.foundation.text import gettext
from app.web.account.room import blueprint
from app.web.account.typed import Typed, typed
from app.web.session import current_actor, require_login, whence

#: What an identity paper says; not to be changed once somebody vouches for it.
OF_PAPER = ("name", "gender", "birth_date", "identity_number")
FREE = ("phone", "address")


@blueprint.get("/tai-khoan")
def profile() -> str:
    """What the account knows of its owner."""
    require_login()
    person, account = _mine()
    return render_template("account/profile.html", person=person, account=account)


@blueprint.get("/tai-khoan/sua")
def edit() -> str:
    """The form, with what is known."""
    require_login()
    person, account = _mine()
    return _page(Typed(texts=_known(person, account)), fixed=_is_fixed(account))


@blueprint.post("/tai-khoan/sua")
def save() -> str | tuple[str, int] | Response:
    """Keep what was typed; what others vouch for stays."""
    require_login()
    person, account = _mine()
    fixed = _is_fixed(account)
    read = typed(FREE if fixed else OF_PAPER + FREE)
    if read.errors:
        return _page(read, fixed=fixed), 422
    told = {"name": person.name, "identity_number": person.identity_number} | read.values
    if fixed and account is not None:
        told |= {"gender": account.gender, "birth_date": account.birth_date}
    with transaction() as session:
        mine = session.get_one(Person, person.id)
        edit_profile(session, mine, Profile(**told), whence=whence(), at=now())
    flash(gettext("Your profile is saved."), "success")
    return redirect(url_for("account.profile"), 303)


def _mine() -> tuple[Person, Account | None]:
    session, number = db.session(), current_actor().person_id
    return session.get_one(Person, number), session.get(Account, number)


def _is_fixed(account: Account | None) -> bool:
    """Officers act under the name their unit knows; proved names are the papers'."""
    return current_actor().is_staff or (account is not None and account.proof is not None)


def _known(person: Person, account: Account | None) -> dict[str, str]:
    born = account.birth_date if account else None
    return {
        "name": person.name,
        "identity_number": person.identity_number or "",
        "phone": person.phone or "",
        "gender": account.gender.name if account and account.gender else "",
        "birth_date": f"{born:%d/%m/%Y}" if born else "",
        "address": (account.address if account else None) or "",
    }


def _page(read: Typed, *, fixed: bool) -> str:
    return render_template(
        "account/edit_profile.html",
        typed=read.texts,
        errors=read.errors,
        fixed=fixed,
    )
