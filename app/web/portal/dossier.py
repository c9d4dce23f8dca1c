"""A dossier as its applicant sees it: sent, on its way, done."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import flash, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.domain.documents.model import StoredFile
from app.domain.dossiers.folders import shows_process
from app.domain.dossiers.rules import is_represented
from app.domain.dossiers.status import Status
from app.domain.feedback.rules import can_rate
from app.domain.inbox.model import InboxItem
from app.domain.inbox.rules import is_applicant, stands_in
from app.domain.journal.events import Event
from app.domain.journal.model import JournalEntry
from app.domain.journal.queries import entries_of
from app.domain.payments.queries import open_payment
from app.domain.people.model import APPLICANT
from app.domain.postal.choice import ReturnChoice, ReturnMethod
from app.domain.postal.queries import choice_of
from app.engine import Definition
from app.forms import SummaryGroup, SummaryRow, summary
from app.foundation.actor import Actor
from app.foundation.db import db
from app.foundation.text import gettext
from app.queries.citizen_pages import drafts_of
from app.queries.dossier_pages import DossierPage, dossier_page
from app.queries.file_pages import is_for_applicant
from app.queries.journey import still_to_come
from app.queries.letter_pages import newest_letter
from app.queries.lineage import Lineage, lineage_of
from app.queries.ratings import rating_of
from app.queries.result_returns import return_told
from app.queries.results import told_of_result
from app.queries.standing import waiting_steps
from app.queries.succession import succession_of
from app.web.clock_accounts import running_view
from app.web.facts import DossierFacts, due_or_none, facts_of, represented_by, soon
from app.web.files import file_url, listed
from app.web.filters import datetime_vn, money_vn
from app.web.history import timeline
from app.web.portal.claim import claim_url
from app.web.portal.resubmit import way_on
from app.web.portal.result_return import can_change
from app.web.portal.room import blueprint
from app.web.portal.verify import verification_of
from app.web.result_returns import offered, parcel_told, rows_of
from app.web.session import close_code, current_actor, require_proof
from app.web.slips import listed_slips
from app.web.withdrawals import withdraw_url, withdrawn_view


@blueprint.get("/ho-so/<code>/da-gui")
def confirmation(code: str) -> str:
    """It is sent: the code, and what happens next."""
    require_proof(code)
    session, actor = db.session(), current_actor()
    page = dossier_page(session, code, actor)
    form = page.version.form(page.version.case(page.dossier.case_key).application_form)
    return render_template(
        "portal/confirmation.html",
        dossier={
            "code": code,
            "procedure_name": page.version.catalogue.name,
            "submitted_at": page.dossier.submitted_at,
            "reception_due_at": page.dossier.reception_due_at,
            "due_at": page.dossier.due_at_current,
            "promised": page.dossier.due_at_original is not None,
            "to_pay": page.dossier.status is Status.AWAITING_PAYMENT,
            "owner_name": page.dossier.owner_name,
            "represented_by": represented_by(page.dossier),
            "handling_unit": page.handling_unit.name,
        },
        files=[listed(file, form) for file in page.files if is_for_applicant(file, page.dossier)],
        receipt_url=url_for("portal.slip", code=code, seq=1),
        status_url=url_for("portal.status", code=code),
        has_account=actor.person_id is not None,
        returning=_returning(page, choice_of(session, page.dossier.id)),
    )


@blueprint.get("/ho-so/<code>")
def status(code: str) -> str:
    """Where it stands, what to do, who works on it, when it is due, what has happened."""
    require_proof(code)
    session, actor = db.session(), current_actor()
    page = dossier_page(session, code, actor)
    entries = entries_of(session, page.dossier.id)
    lineage = lineage_of(session, page.dossier, entries)
    facts, neighbours = _facts(session, page), succession_of(session, page.dossier)
    papers = [file for file in page.files if is_for_applicant(file, page.dossier)]
    looks_on = is_represented(page.dossier, actor) and not is_applicant(page.dossier, actor)
    again = None if looks_on else way_on(session, page.dossier, entries, neighbours)
    return render_template(
        "portal/status.html",
        dossier=facts,
        action=None if looks_on else _to_pay(session, page) or _action(page, actor),
        looks_on=looks_on,
        again=again,
        neighbours=neighbours,
        results=[_listed(page, lineage, file) for file in papers if file.is_result],
        verifiable=_verifiable(page),
        result_told=told_of_result(entries) if page.results else {},
        steps=_steps(page, lineage, entries, facts),
        journal=timeline(entries, lineage, internal=False),
        account=running_view(session, page.dossier, entries),
        letter=newest_letter(session, page.dossier.id, approved=True),
        clock_url=url_for("portal.clock", code=code),
        process_url=(
            url_for("portal.process", code=code) if shows_process(page.dossier.status) else None
        ),
        **(_NO_RATING if again else _rating(session, page, actor)),
        files=[_listed(page, lineage, file) for file in papers if not file.is_result],
        slips=listed_slips(code, entries),
        rows=_answers(page, lineage),
        file_url=file_url,
        returning=_returning(page, return_told(entries)),
        parcel=parcel_told(page.dossier.status, entries),
        return_url=url_for("portal.change_return", code=code) if can_change(page) else None,
        withdraw_url=withdraw_url(page, actor),
        withdrawn=withdrawn_view(session, page),
        again_url=url_for("portal.procedure", key=page.version.key),
        claim_url=claim_url(page.dossier, actor),
        close_url=None if actor.person_id else url_for("portal.close", code=code),
    )


def _returning(page: DossierPage, choice: ReturnChoice) -> list[tuple[str, str]]:
    """How the result comes back, where that is a question at all."""
    asked = offered(page.version.catalogue) or choice.method is ReturnMethod.POST
    return rows_of(choice) if asked else []


@blueprint.post("/ho-so/<code>/dong")
def close(code: str) -> Response:
    """A visitor is done: whoever sits down at this computer next must prove everything anew."""
    require_proof(code)
    close_code(code, drafts_of(db.session(), code))
    flash(gettext("The dossier is closed on this computer."), "success")
    return redirect(url_for("portal.lookup"), 303)


#: No opinion is asked for while the office asks for more, or where another dossier has taken over.
_NO_RATING: Mapping[str, Any] = {"rate_url": None, "rated": None}


def _rating(session: Session, page: DossierPage, actor: Actor) -> Mapping[str, Any]:
    """The way to the rating, and what was given."""
    if not can_rate(page.dossier, actor):
        return _NO_RATING
    given = rating_of(session, page.dossier.id)
    return {
        "rate_url": url_for("portal.rating", code=page.dossier.code),
        "rated": given.total if given else None,
    }


def _verifiable(page: DossierPage) -> list[dict[str, str]]:
    """Where anybody may check a result, once it is out."""
    if page.dossier.status not in (Status.RESULT_READY, Status.RETURNED_RESULT):
        return []
    checked = [(file.name, *verification_of(file.id)) for file in page.results]
    return [{"name": name, "address": address, "code": code} for name, address, code in checked]


def _facts(session: Session, page: DossierPage) -> DossierFacts:
    return facts_of(
        page.dossier,
        procedure_name=page.version.catalogue.name,
        handling_unit=page.handling_unit.name,
        soon_at=soon(session),
    )


def _answers(page: DossierPage, lineage: Lineage) -> tuple[SummaryRow | SummaryGroup, ...]:
    """What was sent, to read."""
    form = lineage.application_form(page.dossier.case_key)
    names = {file.id: file.name for file in page.files}
    return summary(form, page.dossier.data, file_names=names)


def _action(page: DossierPage, actor: Actor) -> dict[str, Any] | None:
    """The step that waits for the reader himself, or for the counter that stands in for him."""
    item = next((item for item in page.open_items if item.role == APPLICANT), None)
    if item is None:
        return None
    if is_applicant(page.dossier, actor):
        address = url_for("portal.supplement", code=page.dossier.code, item_id=item.id)
    elif stands_in(page.dossier, actor):
        address = url_for("desk.task", item_id=item.id)
    else:
        return None
    return {
        "title": item.name,
        "text": gettext("The office needs something from you before it can go on."),
        "url": address,
        "button": gettext("See what is missing and answer"),
        "due_at": due_or_none(item.due_at),
    }


def _to_pay(session: Session, page: DossierPage) -> dict[str, Any] | None:
    """The fee that is open: nothing goes on before it."""
    payment = open_payment(session, page.dossier.id)
    if payment is None:
        return None
    return {
        "title": gettext("%(amount)s to pay", amount=money_vn(payment.total)),
        "text": gettext("The dossier waits for your payment.")
        if payment.resumes is not None
        else gettext("Pay before you fetch the result."),
        "url": url_for("portal.payment", code=page.dossier.code),
        "button": gettext("Look at the fee and pay"),
        "due_at": payment.pay_by,
    }


def _listed(page: DossierPage, lineage: Lineage, file: StoredFile) -> dict[str, Any]:
    return listed(file, lineage.form_of(file.step, page.dossier.case_key))


def _steps(
    page: DossierPage,
    lineage: Lineage,
    entries: Sequence[JournalEntry],
    facts: DossierFacts,
) -> list[dict[str, str]]:
    """Done as the journal tells, open now, and what will probably follow."""
    done = [
        _step(
            lineage.at(entry.seq).definition,
            (entry.payload or {}).get("step", ""),
            "done",
            _when(entry),
        )
        for entry in entries
        if entry.event is Event.TASK_COMPLETED
    ]
    if facts.status is Status.WITHDRAWN:
        when = datetime_vn(page.dossier.closed_at)
        done.append(
            {"name": gettext("Withdrawn by the applicant"), "state": "done", "detail": when}
        )
    definition = lineage.last.definition
    now_open = [
        {"name": item.name, "state": "current", "detail": _where(page, item)}
        for item in page.open_items
    ]
    standing = waiting_steps(definition, page.process.snapshot)
    waits = [_step(definition, step.id, "current", gettext("Waiting")) for step in standing]
    here = [*(item.step for item in page.open_items), *(step.id for step in standing)]
    ahead = () if facts.finished else still_to_come(definition, here)
    return [*done, *now_open, *waits, *(_step(definition, step.id, "next", "") for step in ahead)]


def _step(definition: Definition, key: str, state: str, detail: str) -> dict[str, str]:
    name = definition.steps[key].name if key in definition.steps else key
    return {"name": name, "state": state, "detail": detail}


def _when(entry: JournalEntry) -> str:
    return " · ".join(part for part in (entry.unit_name, datetime_vn(entry.at)) if part)


def _where(page: DossierPage, item: InboxItem) -> str:
    if item.role == APPLICANT:
        return gettext("Waiting for the applicant")
    due_at = due_or_none(item.due_at)
    unit = page.unit_names[item.unit_id]
    if due_at is None:
        return unit
    return gettext("%(unit)s, by %(when)s", unit=unit, when=datetime_vn(due_at))
