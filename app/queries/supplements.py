"""What an office asked an applicant for, item by item, and until when he may answer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.deadlines.model import Deadline, DeadlineKind
from app.domain.dossiers.told_by_officers import (
    SUPPLEMENT_ITEMS,
    SUPPLEMENT_REASON,
    SUPPLEMENT_REMARKS,
)
from app.domain.journal.model import JournalEntry
from app.forms import FormDefinition, Kind
from app.queries.graph import graph_of
from app.queries.lineage import Lineage
from app.queries.staff_pages import TaskPage

_CHOSEN = frozenset({Kind.CHECKLIST, Kind.TAGLIST})


@dataclass(frozen=True, kw_only=True)
class AskedItem:
    """One paper or piece of information that is missing or wrong."""

    #: Name of the question of the applicant's form that answers it, if it has one of its own.
    key: str
    name: str
    #: What the officer says about it; empty for nothing.
    remark: str


@dataclass(frozen=True, kw_only=True)
class Request:
    """The one request for a supplement, as the officer's answers tell it."""

    reason: str
    items: tuple[AskedItem, ...]


_NOTHING = Request(reason="", items=())


def request_of(page: TaskPage) -> Request:
    """The request that opened the applicant's task; empty where no officer's answer did."""
    return request_in(page.cause, page.lineage) if page.cause else _NOTHING


def request_in(entry: JournalEntry, lineage: Lineage) -> Request:
    """The request that an officer made in this entry; empty if his step is in no diagram."""
    told, era = entry.payload or {}, lineage.at(entry.seq)
    step = era.definition.steps.get(told.get("step", ""))
    if step is None:
        return _NOTHING
    form, data = era.version.forms.get(step.form or ""), told.get("data") or {}
    reason = str(data.get(SUPPLEMENT_REASON) or "")
    return Request(reason=reason, items=_items(form, data) if form else ())


def can_ask(form: FormDefinition) -> bool:
    """Whether an officer's form may ask the applicant for more."""
    return any(one.kind in _CHOSEN and one.name.startswith(SUPPLEMENT_ITEMS) for one in form.inputs)


def answer_until(session: Session, page: TaskPage) -> datetime | None:
    """When the diagram goes on without the applicant (spec L-07); None where it waits for ever."""
    bells = graph_of(page.definition).bells.get(page.item.step, ())
    if not bells:
        return None
    return session.scalar(
        select(Deadline.due_at)
        .where(
            Deadline.dossier_id == page.dossier.id,
            Deadline.kind == DeadlineKind.TIMER,
            Deadline.step.in_(bells),
            Deadline.settled_at.is_(None),
        )
        .order_by(Deadline.due_at)
        .limit(1)
    )


def _items(form: FormDefinition, data: dict[str, Any]) -> tuple[AskedItem, ...]:
    remarks: dict[str, list[str]] = {}
    for row in data.get(SUPPLEMENT_REMARKS) or ():
        remarks.setdefault(str(row.get("item")), []).append(str(row.get("remark") or ""))
    return tuple(
        AskedItem(
            key=option.value,
            name=option.label,
            remark="\n".join(remarks.get(option.value, ())),
        )
        for field in form.inputs
        if field.kind in _CHOSEN and field.name.startswith(SUPPLEMENT_ITEMS)
        for option in field.options
        if option.value in (data.get(field.name) or ()) or option.value in remarks
    )
