"""Check your answers, declare, send."""

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.actions.submit_dossier import Application, submit_dossier
from app.actions.supersede import AlreadySuperseded
from app.domain.dossiers.applicant import Applicant
from app.domain.dossiers.model import Dossier, Draft
from app.domain.dossiers.status import Channel
from app.domain.payments.queries import paid_for
from app.domain.people.model import Unit
from app.domain.procedures.fees import Bill, PayWhen, bill, given
from app.domain.procedures.queries import offers_on, procedure_by_key
from app.forms import file_ids, summary
from app.foundation.actor import Actor
from app.foundation.clock import local_date, now
from app.foundation.db import db, transaction
from app.foundation.errors import Invalid
from app.foundation.text import gettext
from app.queries.file_pages import files_of_draft
from app.web.authorisations import acting_told
from app.web.files import file_url, listed
from app.web.portal import applicants
from app.web.portal.paper import (
    Paper,
    already_sent,
    asked_places,
    open_to_write,
    opened,
    problems_of,
)
from app.web.portal.places import Place, places
from app.web.portal.procedure import calendar_today, due_if_sent_now
from app.web.portal.resubmit import to_successor
from app.web.portal.result_return import chosen_in, must_choose
from app.web.portal.revisions import CheckedSomethingElse, ensure_checked, revision_of_all
from app.web.portal.room import blueprint
from app.web.result_returns import rows_of
from app.web.session import OPEN_FOR, current_actor, open_code, remember_draft


@blueprint.get("/ho-so-nhap/<draft_id>/kiem-tra")
def check(draft_id: str) -> str | Response:
    """Everything once more, before it is sent; a draft that is not complete goes back."""
    actor = current_actor()
    paper = opened(db.session(), draft_id, actor)
    if sent := already_sent(db.session(), paper.draft):
        return sent
    remember_draft(draft_id)
    return _unready(paper, actor) or _page(paper, actor)


@blueprint.post("/ho-so-nhap/<draft_id>/kiem-tra")
def send(draft_id: str) -> tuple[str, int] | Response:
    """Send the dossier; a second click, or a lost answer, leads to the same one."""
    actor = current_actor()
    paper = opened(db.session(), draft_id, actor)
    if paper.draft.dossier_id is None:
        if unready := _unready(paper, actor):
            return unready
        if not request.form.get("declaration"):
            errors = {"declaration": [gettext("Confirm that what you have written is true.")]}
            return _page(paper, actor, errors), 422
    try:
        dossier = _submit_once(draft_id, actor)
    except AlreadySuperseded as refusal:
        return to_successor(refusal)
    except CheckedSomethingElse as changed:
        return _again(draft_id, actor, changed)
    except Invalid as refusal:
        told = [message for messages in refusal.errors.values() for message in messages]
        flash(" ".join(told) or str(refusal), "error")
        return _back(draft_id)
    # Much later a repeat is no lost answer any more: then code and second secret are asked for.
    if actor.person_id is None and now() - dossier.submitted_at <= OPEN_FOR:
        open_code(dossier.code)
    return redirect(url_for("portal.confirmation", code=dossier.code), 303)


def _submit_once(draft_id: str, actor: Actor) -> Dossier:
    """The dossier; whoever comes second at the same moment finds what the first has sent."""
    try:
        return _submit(draft_id, actor)
    except IntegrityError:
        return _submit(draft_id, actor)


def _submit(draft_id: str, actor: Actor) -> Dossier:
    with transaction() as session:
        paper = open_to_write(session, draft_id, actor)
        ensure_checked(paper.draft, request.form.get("seen"))
        typed = paper.draft.applicant
        parties = applicants.read(typed, actor)
        application = Application(
            procedure=paper.version.key,
            case=paper.case.key,
            unit=typed.get("unit"),
            applicant=parties.owner,
            authorisation=parties.authorisation,
            data=paper.draft.data,
            draft=paper.draft,
            result_return=chosen_in(paper),
        )
        return submit_dossier(session, application, actor=actor, at=now())


def _again(
    draft_id: str, actor: Actor, changed: CheckedSomethingElse
) -> tuple[str, int] | Response:
    """What the other window has made of it; that may be nothing that can be sent."""
    paper = opened(db.session(), draft_id, actor)
    return _unready(paper, actor) or (_page(paper, actor, {"": [str(changed)]}), 409)


def _unready(paper: Paper, actor: Actor) -> Response | None:
    """Where a draft leads that cannot be sent yet."""
    if any(problems_of(paper, actor)):
        return _back(paper.draft.id)
    if must_choose(paper):
        return redirect(url_for("portal.return_step", draft_id=paper.draft.id), 303)
    return None


def _back(draft_id: str) -> Response:
    return redirect(url_for("portal.apply", draft_id=draft_id, check=1), 303)


def _page(paper: Paper, actor: Actor, errors: dict[str, Any] | None = None) -> str:
    session, draft = db.session(), paper.draft
    parties = applicants.read(draft.applicant, actor)
    acting = parties.authorisation
    named = {*file_ids(paper.form, draft.data), *(acting.files if acting else ())}
    files = [file for file in files_of_draft(session, draft.id) if file.id in named]
    units = _handled_by(session, paper)
    due_at, estimated = due_if_sent_now(paper.case, calendar_today(session, units))
    chosen = chosen_in(paper)
    to_pay = _to_pay(paper, parties.owner)
    return render_template(
        "portal/check.html",
        catalogue=paper.version.catalogue,
        case=paper.case,
        applicant=applicants.told(parties.owner),
        acting=acting_told(acting) if acting else None,
        parts=_parts(paper, {file.id: file.name for file in files}),
        file_url=file_url,
        files=[listed(file, paper.form) for file in files],
        change_url=url_for("portal.apply", draft_id=draft.id),
        applicant_url=_change(draft, next(iter(places(paper.form)), paper.place)),
        expected_at=due_at,
        expected_estimated=estimated,
        seen=revision_of_all(draft),
        returning=rows_of(chosen) if chosen else [],
        return_url=url_for("portal.return_step", draft_id=draft.id),
        to_pay=to_pay,
        paid_before=_paid_before(session, draft, to_pay),
        errors=errors,
    )


def _parts(paper: Paper, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """The answers page by page, each with the way back to where it is given."""
    draft, form = paper.draft, paper.form
    asked = [one for one in asked_places(paper) if not one.applicant] or [paper.place]
    return [
        {
            "title": place.title,
            "rows": summary(form, draft.data, file_names=names, part=place.part),
            "change_url": _change(draft, place),
        }
        for place in asked
    ]


def _change(draft: Draft, place: Place) -> str:
    """Where an answer is changed; from a page of a long form the reader comes back here."""
    back = None if place.is_whole else "check"
    return url_for("portal.apply", draft_id=draft.id, number=place.number, back=back)


def _to_pay(paper: Paper, applicant: Applicant) -> Bill | None:
    """What has to be paid as soon as it is sent, by the answers as they stand."""
    told = given(
        channel=Channel.ONLINE.value,
        owner_kind=applicant.kind.value,
        case=paper.case.key,
        at=now(),
    )
    asked = bill(
        paper.version.catalogue.fees, PayWhen.PREPAID, dict(paper.draft.data) | told, at=now()
    )
    return asked if asked.lines or asked.spared else None


def _paid_before(session: Session, draft: Draft, asked: Bill | None) -> bool:
    """Whether the dossier that this one replaces has paid the same amount already."""
    if draft.supersedes_id is None or asked is None or not asked.lines:
        return False
    return paid_for(session, draft.supersedes_id, asked.total) is not None


def _handled_by(session: Session, paper: Paper) -> list[Unit]:
    """The unit that would get it, as submitting finds it; nobody once it is no longer offered."""
    procedure = procedure_by_key(session, paper.version.key)
    offers = offers_on(session, procedure, local_date(now()))
    code = paper.draft.applicant.get("unit")
    return [unit for _, unit in offers if code in (None, unit.code)][:1]
