"""What stands on each sheet, from the journal alone, so that it reads the same years later."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask import current_app, url_for
from flask_babel import get_locale

from app.domain.dossiers.authorisation import PAPER, Basis
from app.domain.dossiers.status import Channel
from app.domain.dossiers.told_by_officers import COMPETENT_AGENCY, reason_in
from app.domain.journal.model import JournalEntry
from app.domain.journal.queries import taken_down_by
from app.foundation.clock import local_date
from app.foundation.text import gettext, ngettext
from app.papers import Slip, Table
from app.queries.dossier_pages import DossierPage
from app.queries.lineage import Lineage
from app.queries.result_returns import return_told
from app.queries.slips import Issued, SlipForm
from app.queries.supplements import request_in
from app.web.authorisations import right_told
from app.web.filters import HOURS_A_DAY, datetime_vn, hours_vn
from app.web.slips.listing import TITLES, number_of
from app.worktime import RECEPTION_HOURS, TermUnit

#: So much of a fingerprint tells files apart; the whole one stands in the record.
_SHORT = 16
Lines = tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Source:
    """A dossier with everything its sheets are written from."""

    page: DossierPage
    first: JournalEntry
    lineage: Lineage
    agency_above: str
    #: The whole record, for what was true when a sheet was issued.
    entries: Sequence[JournalEntry] = ()

    @property
    def sent(self) -> dict[str, Any]:
        """What was told when it was handed in."""
        return self.first.payload or {}


@dataclass(frozen=True, kw_only=True)
class _Body:
    """The part in which the sheets differ."""

    opening: str
    table: Table | None = None
    terms: Lines = ()
    closing: tuple[str, ...] = ()
    signed: bool = True


def slip_of(source: Source, issued: Issued) -> Slip:
    """The sheet, ready to be printed."""
    page, body = source.page, _BODIES[issued.form](source, issued)
    code = page.dossier.code
    return Slip(
        language=str(get_locale() or "vi"),
        agencies=(source.agency_above, page.receiving_unit.name),
        form=number_of(issued.form),
        title=str(TITLES[issued.form]),
        code=code,
        dated=_dated(issued.entry.at),
        address=current_app.config["PUBLIC_URL"] + url_for("portal.lookup", code=code),
        opening=body.opening,
        facts=_facts(source),
        table=body.table,
        terms=body.terms,
        closing=body.closing,
        signatures=_signatures(source, issued) if body.signed else (),
        proofs=_proofs(issued),
    )


def _dated(at: datetime) -> str:
    day = local_date(at)
    return gettext(
        "On %(day)s/%(month)s/%(year)s", day=f"{day:%d}", month=f"{day:%m}", year=f"{day:%Y}"
    )


def _facts(source: Source) -> Lines:
    owner: Mapping[str, Any] = source.sent.get("applicant") or {}
    submitter = source.sent.get("submitter")
    acting: Mapping[str, Any] = source.sent.get("authorisation") or {}
    told = (
        (gettext("Dossier code"), source.page.dossier.code),
        (gettext("Owner of the dossier"), owner.get("name")),
        (gettext("Identity number"), owner.get("identity_number")),
        (gettext("Date of birth"), _day(owner.get("birth_date"))),
        (gettext("Address"), owner.get("address")),
        (gettext("Telephone"), owner.get("phone")),
        (gettext("E-mail"), owner.get("email")),
        (gettext("Handed in by"), submitter if acting or submitter != owner.get("name") else None),
        (gettext("Identity number of who handed it in"), acting.get("identity_number")),
        (gettext("By what right"), _right(acting)),
        (gettext("Typed in at the counter by"), taken_down_by([source.first])),
        (gettext("What is asked for"), source.lineage.first.version.catalogue.name),
    )
    return tuple((name, str(value)) for name, value in told if value)


def _right(acting: Mapping[str, Any]) -> str | None:
    """By what right somebody else has handed it in."""
    if not acting:
        return None
    dated = acting["document_date"]
    day = date.fromisoformat(dated) if dated else None
    return right_told(Basis(acting["basis"]), acting["document_number"], day)


def _day(told: str | None) -> str | None:
    return f"{date.fromisoformat(told):%d/%m/%Y}" if told else None


def _sent(source: Source, issued: Issued) -> _Body:
    return _Body(
        opening=gettext("This is to confirm that a dossier has been sent in by:"),
        table=_papers(source),
        terms=((gettext("Sent"), datetime_vn(issued.entry.at)),),
        closing=(
            gettext("This sheet proves that the dossier was sent. It is no receipt."),
            *_answer_by(source, issued),
        ),
        signed=False,
    )


def _answer_by(source: Source, issued: Issued) -> tuple[str, ...]:
    """Until when an office answers (spec SLA-1); where the fee comes first, nobody can say yet."""
    if source.sent.get("channel") != Channel.ONLINE.value:
        return ()
    if issued.due_at is None:
        told = gettext(
            "Once the fee is paid, an office receives it or says what is missing within %(hours)s.",
            hours=hours_vn(RECEPTION_HOURS),
        )
    else:
        told = gettext(
            "An office receives it, or says what is missing, by %(at)s; the receipt then names the"
            " day of the result.",
            at=datetime_vn(issued.due_at),
        )
    return (told,)


def _receipt(source: Source, issued: Issued) -> _Body:
    return _Body(
        opening=gettext("%(unit)s has received the dossier of:", unit=_unit(source, issued)),
        table=_papers(source),
        terms=(
            (gettext("Sets handed in"), str(issued.told.get("data", {}).get("dossier_sets") or 1)),
            (gettext("Legal term"), _term(source)),
            (gettext("Received"), datetime_vn(issued.entry.at)),
            (gettext("The result is returned by"), datetime_vn(issued.due_at)),
            *_returning(source, issued),
        ),
    )


def _returning(source: Source, issued: Issued) -> Lines:
    """Whereto the result is sent, where that was chosen by then."""
    choice = return_told(source.entries, until=issued.entry.seq)
    if choice.address is None:
        return ()
    return ((gettext("The result is sent by post to"), "; ".join(choice.address.lines)),)


def _request(source: Source, issued: Issued) -> _Body:
    return _Body(
        opening=gettext(
            "%(unit)s asks to supplement and complete the dossier of:", unit=_unit(source, issued)
        ),
        terms=_asked(source, issued),
        closing=(
            gettext("This is the only request: everything that is missing is named in it."),
            _where(),
        ),
    )


def _refusal(source: Source, issued: Issued) -> _Body:
    return _Body(
        opening=gettext(
            "%(unit)s does not receive and settle the dossier of:", unit=_unit(source, issued)
        ),
        terms=_refused(issued),
        closing=(_where(),),
    )


def _apology(source: Source, issued: Issued) -> _Body:
    told = issued.told
    unit = source.page.handling_unit.name
    return _Body(
        opening=gettext("%(unit)s informs the owner of the dossier:", unit=unit),
        terms=(
            (gettext("Number of the letter"), told.get("document") or ""),
            (gettext("Date promised before"), _moment(told.get("due_before"))),
            (gettext("Reason"), told.get("reason") or ""),
            (gettext("New date"), _moment(told.get("due_at"))),
        ),
        closing=(
            gettext(
                "%(unit)s sincerely apologises to you for this delay and promises to return the"
                " result by the new date.",
                unit=unit,
            ),
        ),
    )


_BODIES: dict[SlipForm, Callable[[Source, Issued], _Body]] = {
    SlipForm.SENT: _sent,
    SlipForm.RECEIPT: _receipt,
    SlipForm.SUPPLEMENT: _request,
    SlipForm.REFUSAL: _refusal,
    SlipForm.APOLOGY: _apology,
}


def _papers(source: Source) -> Table | None:
    form = source.lineage.application_form(source.page.dossier.case_key)
    labels = {item.name: item.label for item in form.inputs}
    labels[PAPER] = gettext("Document of authorisation")
    rows = tuple(
        (str(number), labels.get(file["field"], ""), file["name"], file["sha256"][:_SHORT])
        for number, file in enumerate(source.sent.get("files") or (), start=1)
    )
    columns = (gettext("Number"), gettext("Paper"), gettext("File"), gettext("Fingerprint"))
    if not rows:
        return None
    return Table(title=gettext("Papers of the dossier"), columns=columns, rows=rows)


def _asked(source: Source, issued: Issued) -> Lines:
    """What is missing and why; what else the officer has noted is the office's own."""
    request = request_in(issued.entry, source.lineage)
    items = (
        (gettext("To supplement"), ": ".join(part for part in (item.name, item.remark) if part))
        for item in request.items
    )
    reason = ((gettext("Reason and guidance"), request.reason),) if request.reason else ()
    return (*items, *reason)


def _refused(issued: Issued) -> Lines:
    """Why, and who is competent if another office is (spec R4-12)."""
    data = issued.told.get("data") or {}
    told = (
        (gettext("Reason"), reason_in(data)),
        (gettext("Competent agency"), data.get(COMPETENT_AGENCY)),
    )
    return tuple((name, str(value)) for name, value in told if value)


def _term(source: Source) -> str:
    term = source.sent.get("term") or {}
    amount = Decimal(term.get("amount") or 0)
    match TermUnit(term.get("unit") or TermUnit.WORKING_HOURS.value):
        case TermUnit.WORKING_HOURS:
            return hours_vn(amount)
        case TermUnit.WORKING_DAYS:
            return hours_vn(amount * HOURS_A_DAY)
        case TermUnit.CALENDAR_DAYS:
            return ngettext("%(num)s day", "%(num)s days", int(amount))


def _signatures(source: Source, issued: Issued) -> Lines:
    entry = issued.entry
    if issued.form is SlipForm.RECEIPT:
        owner = source.sent.get("submitter") or source.page.dossier.owner_name
        return (
            (gettext("Handed in by"), owner),
            (gettext("Officer who received it"), entry.actor_name),
        )
    return ((gettext("For the unit"), entry.actor_name),)


def _proofs(issued: Issued) -> Lines:
    entry = issued.entry
    return ((gettext("Entry %(seq)s of the record", seq=entry.seq), entry.hash.hex()),)


def _unit(source: Source, issued: Issued) -> str:
    return issued.entry.unit_name or source.page.receiving_unit.name


def _where() -> str:
    return gettext("Follow the dossier at %(address)s.", address=current_app.config["PUBLIC_URL"])


def _moment(told: str | None) -> str:
    return datetime_vn(datetime.fromisoformat(told)) if told else ""
