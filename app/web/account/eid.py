"""Log in with VNeID (spec R2-01): there, back, and to the right account."""

from datetime import date

from flask import current_app, flash, redirect, render_template, request, url_for
from flask import session as memory
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from app.actions.link_eid import (
    ProveAccountFirst,
    enter_with_eid,
    link_own_account,
    open_another,
)
from app.domain.accounts.eid import Identity
from app.domain.accounts.model import Gender, LogInMethod
from app.domain.accounts.throttling import Paused
from app.domain.people.model import Person
from app.foundation.clock import local_date, now
from app.foundation.db import transaction
from app.foundation.errors import HouseError
from app.foundation.text import gettext
from app.web.account.eid_client import (
    CALLBACK,
    address_to_log_in,
    identity_told,
    is_offered,
)
from app.web.account.entering import come_in, secret_key, who_knows
from app.web.account.room import LONGEST, blueprint
from app.web.addresses import safe_path
from app.web.security import attempts_allowed, limiter
from app.web.session import current_actor, current_session, whence

Page = str | tuple[str, int] | Response
#: Seconds in which the account of somebody who has come from VNeID has to be settled.
TO_SETTLE = 900
#: Where a new application begins or is handed in.
_APPLYING = frozenset({"portal.start", "portal.send"})


@blueprint.get("/dang-nhap/vneid")
@limiter.limit(attempts_allowed)
def eid_login() -> Page:
    """Off to VNeID; a link and no form, since our forms lead nowhere else."""
    if not is_offered():
        return redirect(url_for("account.login"), 303)
    memory["eid_next"] = safe_path(request.args.get("next")) or ""
    try:
        gone: Response = address_to_log_in()
    except HouseError as failure:
        return _failed(failure)
    return gone


@blueprint.get(CALLBACK)
@limiter.limit(attempts_allowed)
def eid_back() -> Page:
    """Back from VNeID: let in, or ask whose account it is."""
    if not is_offered():
        return redirect(url_for("account.login"), 303)
    try:
        identity, id_token = identity_told()
        with transaction() as session:
            person = enter_with_eid(session, identity, whence=whence(), at=now())
    except ProveAccountFirst:
        return _settle_page(_signer().dumps([*_packed(identity), id_token]), None)
    except HouseError as failure:
        return _failed(failure)
    return _in(person, id_token)


@blueprint.post("/dang-nhap/vneid/tai-khoan")
@limiter.limit(attempts_allowed)
def eid_settle() -> Page:
    """The account with the number is mine, here is its password; or it is not mine."""
    told = request.form.get("identity", "")
    try:
        *packed, id_token = _signer().loads(told, max_age=TO_SETTLE)
        identity = _unpacked(packed)
    except (BadSignature, ValueError):
        return redirect(url_for("account.login"), 303)
    try:
        if request.form.get("action") == "other":
            with transaction() as session:
                person = open_another(session, identity, whence=whence(), at=now())
            return _in(person, id_token)
        known = who_knows(request.form.get("username", "").strip()[:LONGEST], _password())
        if known is None:
            wrong = gettext("The user name or the password is not right.")
            return _settle_page(told, {"": [wrong]}), 422
        with transaction() as session:
            mine = session.get_one(Person, known.id)
            person = link_own_account(session, identity, mine, whence=whence(), at=now())
    except (ProveAccountFirst, Paused) as refusal:
        status = 429 if isinstance(refusal, Paused) else 422
        wrong = str(refusal) if status == 429 else gettext("This account has another number.")
        return _settle_page(told, {"": [wrong]}), status
    return _in(person, id_token)


def only_eid_since() -> date | None:
    """From which day on new applications need VNeID; None when that day has not come."""
    told = str(current_app.config["EID_ONLY_FROM"])
    day = date.fromisoformat(told) if told else None
    return day if day is not None and is_offered() and day <= local_date(now()) else None


def ensure_eid() -> Response | None:
    """Before every request: from that day on citizens apply with VNeID only (spec §10 #7).

    Accounts of before still open, so that earlier dossiers can be read; officers at a counter
    apply for those who have come there.
    """
    if request.endpoint not in _APPLYING or only_eid_since() is None or current_actor().is_staff:
        return None
    here = current_session()
    if here is not None and here.method is LogInMethod.EID:
        return None
    flash(gettext("To apply online, log in with VNeID."), "error")
    back = request.path if request.method == "GET" else None
    return redirect(url_for("account.login", next=back), 303)


def _in(person: Person, id_token: str) -> Page:
    wanted = memory.pop("eid_next", "")
    return come_in(person.id, person.username, LogInMethod.EID, wanted, None, id_token=id_token)


def _failed(failure: HouseError) -> Response:
    memory.pop("eid_next", None)
    flash(str(failure), "error")
    return redirect(url_for("account.login"), 303)


def _settle_page(told: str, errors: dict[str, list[str]] | None) -> str:
    username = request.form.get("username", "")
    return render_template("account/settle.html", identity=told, username=username, errors=errors)


def _packed(identity: Identity) -> list[str]:
    born, gender = identity.birth_date, identity.gender
    return [
        identity.issuer,
        identity.subject,
        identity.name,
        identity.number,
        born.isoformat() if born else "",
        gender.value if gender else "",
        identity.email or "",
        identity.phone or "",
    ]


def _unpacked(told: list[str]) -> Identity:
    issuer, subject, name, number, born, gender, email, phone = told
    return Identity(
        issuer=issuer,
        subject=subject,
        name=name,
        number=number,
        birth_date=date.fromisoformat(born) if born else None,
        gender=Gender(gender) if gender else None,
        email=email or None,
        phone=phone or None,
    )


def _password() -> str:
    return request.form.get("password", "")


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secret_key(), salt="eid to settle")
