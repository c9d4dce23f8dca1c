"""The deadlines of a dossier, accounted for stretch by stretch, and whose time it was."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, aliased

from app.domain.calendars.queries import LoadedEdition, loaded_edition
from app.domain.dossiers.clock import Fact, Pause
from app.domain.dossiers.clock_history import TermHistory, remembered
from app.domain.dossiers.model import Dossier
from app.domain.dossiers.responsibility import Holder, Share, Stretch, Wait, Work, shares, stretches
from app.domain.inbox.due import NEVER
from app.domain.inbox.model import InboxItem, ItemState
from app.domain.journal.events import Event
from app.domain.journal.model import JournalEntry
from app.domain.people.model import APPLICANT, Person, Unit
from app.worktime import (
    Estimates,
    Ledger,
    OutOfHours,
    Rules,
    ledger,
    reception_deadline,
    unconfirmed,
)
from app.worktime import Pause as LedgerPause

#: Every unit of a province, and far more.
_MOST_UNITS = 5000


class AccountKind(Enum):
    """Which clock an account is of (docs/adr/0010)."""

    RECEPTION = "reception"
    TERM = "term"
    STEP = "step"


@dataclass(frozen=True, kw_only=True)
class Account:
    """One deadline and every stretch it is made of."""

    kind: AccountKind
    #: The step as it is called; empty for the clocks of the whole dossier.
    name: str
    #: When what started the clock happened; the first stretch may begin later (spec SLA-3).
    caused_at: datetime
    due_at: datetime
    #: When the office was done with it; None while the clock is open.
    ended_at: datetime | None
    #: From the start of the clock to its deadline.
    ledger: Ledger
    #: From the deadline to the end of the clock, or until now; None for what is in time.
    late: Ledger | None
    #: The calendar's edition it is counted with.
    edition: int
    estimates: Estimates
    #: The reception deadline under each reading of the law (spec SLA-2..4).
    readings: Mapping[OutOfHours, datetime]


@dataclass(frozen=True, kw_only=True)
class ClockAccounts:
    """All deadlines of a dossier; and its working time from the submission on, by holder."""

    accounts: tuple[Account, ...]
    stretches: tuple[Stretch, ...]
    shares: tuple[Share, ...]

    @property
    def seconds(self) -> int:
        """All the working seconds, whoever held the dossier."""
        return sum(share.seconds for share in self.shares)

    def of(self, kind: AccountKind) -> Account | None:
        """The account of a clock of the whole dossier."""
        return next((one for one in self.accounts if one.kind is kind), None)


def clock_accounts(
    session: Session, dossier: Dossier, entries: Sequence[JournalEntry], at: datetime
) -> ClockAccounts:
    """What the journal says about the clocks, counted with the editions the rows name.

    Years later the same entries give the same accounts. `at` stands in for the end of whatever is
    still open. Two statements.
    """
    edition = loaded_edition(session, dossier.calendar_version_id)
    items = session.execute(_ITEMS, {"dossier": dossier.id}).all()
    history, waits = _history(entries), tuple(_waits(entries))
    found = [
        *_reception(dossier, edition, at),
        *_term(dossier, edition, history, waits, at),
        *(_step(session, row, at) for row in items if row.due_at < NEVER),
    ]
    parts = _parts(session, dossier, edition, items=items, waits=waits, at=at)
    return ClockAccounts(accounts=tuple(found), stretches=parts, shares=shares(parts))


def running_account(
    session: Session, dossier: Dossier, entries: Sequence[JournalEntry], at: datetime
) -> Account | None:
    """The clock that counts for the applicant now: the term, before it the reception.

    None where neither has begun. No statement but for an edition not read yet.
    """
    edition = loaded_edition(session, dossier.calendar_version_id)
    found = [
        *_term(dossier, edition, _history(entries), tuple(_waits(entries)), at),
        *_reception(dossier, edition, at),
    ]
    return found[0] if found else None


def _reception(dossier: Dossier, edition: LoadedEdition, at: datetime) -> Iterator[Account]:
    """By when it has to be received, since it was last handed in complete."""
    started_at, due_at = dossier.reception_started_at, dossier.reception_due_at
    if started_at is None or due_at is None:
        return
    calendar = edition.calendar
    readings = {
        reading: reception_deadline(
            calendar,
            started_at,
            rules=Rules(
                out_of_hours=reading,
                lunch_is_out_of_hours=calendar.rules.lunch_is_out_of_hours,
            ),
        )
        for reading in OutOfHours
    }
    begins = readings[calendar.rules.out_of_hours].start
    ended_at = dossier.reception_met_at
    yield _account(
        edition,
        kind=AccountKind.RECEPTION,
        caused_at=started_at,
        begins=min(begins, due_at),
        due_at=due_at,
        ended_at=ended_at,
        at=at,
        readings={reading: told.due for reading, told in readings.items()},
    )


def _term(
    dossier: Dossier,
    edition: LoadedEdition,
    history: TermHistory,
    waits: Sequence[Wait],
    at: datetime,
) -> Iterator[Account]:
    """The promise of the receipt, with every pause since it began to count."""
    if history.since is None:
        return
    pauses = [
        LedgerPause(begins=wait.begins, ends=wait.ends, reason=wait.pause.value)
        for wait in waits
        if wait.ends is None or wait.ends > history.since
    ]
    yield _account(
        edition,
        kind=AccountKind.TERM,
        caused_at=history.since,
        begins=history.since,
        due_at=dossier.due_at_current,
        ended_at=dossier.finished_at,
        at=at,
        pauses=pauses,
    )


def _step(session: Session, row: Any, at: datetime) -> Account:
    edition = loaded_edition(session, row.calendar_version_id)
    return _account(
        edition,
        kind=AccountKind.STEP,
        name=row.name,
        caused_at=row.opened_at,
        begins=row.opened_at,
        due_at=row.due_at,
        ended_at=row.done_at,
        at=at,
    )


def _account(
    edition: LoadedEdition,
    *,
    kind: AccountKind,
    caused_at: datetime,
    begins: datetime,
    due_at: datetime,
    ended_at: datetime | None,
    at: datetime,
    name: str = "",
    pauses: Sequence[LedgerPause] = (),
    readings: Mapping[OutOfHours, datetime] | None = None,
) -> Account:
    last, calendar = ended_at or at, edition.calendar
    return Account(
        kind=kind,
        name=name,
        caused_at=caused_at,
        due_at=due_at,
        ended_at=ended_at,
        ledger=ledger(calendar, begins, due_at, pauses),
        late=ledger(calendar, due_at, last, pauses) if last > due_at else None,
        edition=edition.number,
        estimates=unconfirmed(calendar, begins, due_at),
        readings=readings or {},
    )


def _history(entries: Sequence[JournalEntry]) -> TermHistory:
    history = TermHistory()
    for entry in entries:
        history = remembered(history, Fact(event=entry.event, told=entry.payload or {}), entry.at)
    return history


def _waits(entries: Sequence[JournalEntry]) -> Iterator[Wait]:
    """Every time the term stood still, also before a restart."""
    begun: tuple[datetime, Pause] | None = None
    for entry in entries:
        if entry.event is Event.CLOCK_PAUSED:
            begun = entry.at, Pause((entry.payload or {})["reason"])
        elif begun and entry.event is Event.CLOCK_RESUMED:
            yield Wait(begins=begun[0], ends=entry.at, pause=begun[1])
            begun = None
    if begun:
        yield Wait(begins=begun[0], ends=None, pause=begun[1])


_DONE_BY, _ASSIGNEE = aliased(Person), aliased(Person)
_ITEMS = (
    select(
        InboxItem.name,
        InboxItem.role,
        InboxItem.state,
        InboxItem.unit_id,
        InboxItem.opened_at,
        InboxItem.due_at,
        InboxItem.done_at,
        InboxItem.calendar_version_id,
        Unit.name.label("unit"),
        _DONE_BY.name.label("done_by"),
        _ASSIGNEE.name.label("assignee"),
    )
    .join(Unit, Unit.id == InboxItem.unit_id)
    .outerjoin(_DONE_BY, _DONE_BY.id == InboxItem.done_by_id)
    .outerjoin(_ASSIGNEE, _ASSIGNEE.id == InboxItem.assignee_id)
    .where(InboxItem.dossier_id == bindparam("dossier"))
    .order_by(InboxItem.opened_at, InboxItem.id)
)
_PARENTS = select(Unit.id, Unit.parent_id, Unit.name).limit(_MOST_UNITS)


def _parts(
    session: Session,
    dossier: Dossier,
    edition: LoadedEdition,
    *,
    items: Sequence[Any],
    waits: Sequence[Wait],
    at: datetime,
) -> tuple[Stretch, ...]:
    units = {row.id: row for row in session.execute(_PARENTS)}
    parents = {number: row.parent_id for number, row in units.items()}
    own = {dossier.handling_unit_id, dossier.receiving_unit_id}
    return stretches(
        edition.calendar,
        dossier.submitted_at,
        max(dossier.submitted_at, dossier.finished_at or at),
        [_work(row, is_own=_lies_in(row.unit_id, own, parents)) for row in items],
        waits,
        own_unit=units[dossier.handling_unit_id].name,
    )


def _work(row: Any, *, is_own: bool) -> Work:
    holder = Holder.OFFICE if is_own else Holder.AGENCY
    if row.role == APPLICANT:
        return Work(
            opened_at=row.opened_at,
            done_at=row.done_at,
            holder=Holder.APPLICANT,
            unit="",
            person="",
            step=row.name,
        )
    taken_by = row.done_by if row.state is ItemState.DONE else row.assignee
    return Work(
        opened_at=row.opened_at,
        done_at=row.done_at,
        holder=holder,
        unit=row.unit,
        person=taken_by or "",
        step=row.name,
    )


def _lies_in(unit: int, roots: set[int], parents: Mapping[int, int | None]) -> bool:
    """Whether the unit is one of the roots or below one."""
    here: int | None = unit
    for _ in parents:
        if here is None or here in roots:
            break
        here = parents.get(here)
    return here in roots
