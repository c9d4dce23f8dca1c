"""The accounts of a dossier's clocks as the templates name them: days, stretches, shares."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby

from flask import render_template
from sqlalchemy.orm import Session

from app.domain.dossiers.clock import Pause
from app.domain.dossiers.model import Dossier
from app.domain.dossiers.responsibility import Share
from app.domain.journal.model import JournalEntry
from app.domain.journal.queries import entries_of
from app.foundation.clock import now
from app.foundation.text import gettext
from app.queries.clock_accounts import (
    Account,
    AccountKind,
    ClockAccounts,
    clock_accounts,
    running_account,
)
from app.web.filters import date_vn, datetime_vn, hours_vn
from app.web.words import word_for
from app.worktime import Ledger, LedgerDay, LedgerEntry, StretchKind

_HOUR = Decimal(3600)
_PERCENT = 100


@dataclass(frozen=True, kw_only=True)
class DayLine:
    """Some days of an account in one line; one day only where something was worked."""

    first: date
    last: date
    #: Working hours that count, and those in which the clock waited.
    worked: Decimal
    waited: Decimal
    note: str


@dataclass(frozen=True, kw_only=True)
class StretchLine:
    """One stretch of an account; `hours` are those that count."""

    begins: datetime
    ends: datetime
    what: str
    source: str
    confirmed: bool
    hours: Decimal | None
    #: Whether it lies after the deadline.
    late: bool


@dataclass(frozen=True, kw_only=True)
class AccountView:
    """One clock, ready to be shown."""

    key: str
    title: str
    due_at: datetime
    #: Why the date is what it is, in sentences.
    reasons: tuple[str, ...]
    days: tuple[DayLine, ...]
    #: Every stretch until the deadline, and after it.
    lines: tuple[StretchLine, ...]
    #: Working hours until the deadline, those among them that waited, and those after it.
    worked: Decimal
    waited: Decimal
    late: Decimal
    edition: int
    #: Years whose holidays are not announced yet and may still move the deadline.
    estimated: tuple[int, ...]
    #: Other readings of the law: (reading, deadline).
    readings: tuple[tuple[str, datetime], ...]


@dataclass(frozen=True, kw_only=True)
class ShareView:
    """What one holder took; `offset` and `percent` are of the whole, for the bar."""

    key: str
    holder: str
    who: str
    hours: Decimal
    offset: float
    percent: float


def views_of(found: ClockAccounts, *, steps: bool) -> list[AccountView]:
    """Every clock; those of steps are the office's own business unless `steps` asks for them."""
    return [
        _view(account, number)
        for number, account in enumerate(found.accounts)
        if steps or account.kind is not AccountKind.STEP
    ]


def shares_of(found: ClockAccounts) -> list[ShareView]:
    """Whose time it was; the hours sum to all working hours of the dossier."""
    total, before = found.seconds, 0
    told = []
    for share in found.shares:
        told.append(
            ShareView(
                key=share.holder.value,
                holder=word_for(share.holder),
                who=_who(share),
                hours=share.seconds / _HOUR,
                offset=round(_PERCENT * before / total, 2),
                percent=round(_PERCENT * share.seconds / total, 2),
            )
        )
        before += share.seconds
    return told


def running_view(
    session: Session, dossier: Dossier, entries: Sequence[JournalEntry]
) -> AccountView | None:
    """The clock that runs now, for the margin of a page about the dossier."""
    found = running_account(session, dossier, entries, now())
    return _view(found, 0) if found else None


def accounts_page(
    session: Session, dossier: Dossier, *, layout: str, back_url: str, office: bool, readings: bool
) -> str:
    """The page of all clocks; `office` adds what is the office's own business, steps and shares."""
    found = clock_accounts(session, dossier, entries_of(session, dossier.id), now())
    return render_template(
        "clock/accounts.html",
        layout=layout,
        code=dossier.code,
        back_url=back_url,
        office=office,
        accounts=views_of(found, steps=office),
        shares=shares_of(found) if office else [],
        readings=readings,
    )


def _who(share: Share) -> str:
    return " · ".join(part for part in (share.unit, share.person) if part)


def _view(account: Account, number: int) -> AccountView:
    counted, late = account.ledger, account.late
    return AccountView(
        key=f"{account.kind.value}-{number}",
        title=_title(account),
        due_at=account.due_at,
        reasons=tuple(_reasons(account)),
        days=tuple(_days(counted)),
        lines=(
            *(_line(entry, late=False) for entry in counted.entries),
            *(_line(entry, late=True) for entry in (late.entries if late else ())),
        ),
        worked=counted.working / _HOUR,
        waited=counted.paused / _HOUR,
        late=(late.working if late else 0) / _HOUR,
        edition=account.edition,
        estimated=() if account.ended_at else account.estimates.all_years,
        readings=tuple((word_for(one), due) for one, due in account.readings.items()),
    )


def _title(account: Account) -> str:
    match account.kind:
        case AccountKind.RECEPTION:
            return gettext("To be received by")
        case AccountKind.TERM:
            return gettext("Result due")
        case AccountKind.STEP:
            return account.name


def _reasons(account: Account) -> Iterator[str]:
    """The sentences somebody needs who asks why it is just this date."""
    counted = account.ledger
    if account.kind is AccountKind.RECEPTION:
        yield gettext("The dossier was handed in at %(when)s.", when=datetime_vn(account.caused_at))
        if counted.start > account.caused_at:
            yield gettext(
                "That was outside office hours: the time counts from %(when)s.",
                when=datetime_vn(counted.start),
            )
    else:
        yield gettext("The time counts from %(when)s.", when=datetime_vn(counted.start))
    in_time = hours_vn(counted.working / _HOUR)
    yield gettext("Until the deadline there are %(hours)s.", hours=in_time)
    if counted.paused:
        waited = hours_vn(counted.paused / _HOUR)
        yield gettext("The clock waited for %(hours)s, which do not count.", hours=waited)
    if account.late and account.late.working:
        late = hours_vn(account.late.working / _HOUR)
        yield gettext("The deadline has been passed by %(hours)s.", hours=late)
    yield from _estimated(account)


def _estimated(account: Account) -> Iterator[str]:
    """A date may rest on holidays that nobody has announced yet (spec 10.12)."""
    for one in account.estimates.days:
        yield gettext(
            "%(name)s on %(day)s is estimated and not announced yet; the date may still move.",
            name=one.name,
            day=date_vn(one.day),
        )
    for year in account.estimates.years:
        yield gettext(
            "No holidays are entered for %(year)s yet; the date may still move.", year=str(year)
        )


def _days(counted: Ledger) -> Iterator[DayLine]:
    """A line for each day with working time; days without in a row share one."""
    worked = {entry.name for entry in counted.entries if entry.kind is StretchKind.WORKING}
    for key, group in groupby(counted.days, _sameness):
        of_line = list(group)
        if key is None:
            yield from (_day_line([day], _work_note(day, worked)) for day in of_line)
        else:
            yield _day_line(of_line, key or gettext("Days off"))


def _sameness(day: LedgerDay) -> str | None:
    """What days off are told together by, mostly the feast's name; None for days with work."""
    if day.working or day.paused:
        return None
    return "; ".join(dict.fromkeys(_feast(name) for name in day.names))


def _feast(name: str) -> str:
    """`Tết Nguyên đán (mùng 1)` and its neighbours are one feast."""
    return _pause_word(name).partition(" (")[0]


def _work_note(day: LedgerDay, worked: Collection[str]) -> str:
    """Why the clock waited, and what makes it a day of work; not the feast of the night before."""
    told = [name for name in day.names if name in _PAUSES or name in worked]
    return "; ".join(_pause_word(name) for name in told)


def _day_line(days: Sequence[LedgerDay], note: str) -> DayLine:
    return DayLine(
        first=days[0].day,
        last=days[-1].day,
        worked=sum(day.working for day in days) / _HOUR,
        waited=sum(day.paused for day in days) / _HOUR,
        note=note,
    )


def _line(entry: LedgerEntry, *, late: bool) -> StretchLine:
    what = word_for(entry.kind)
    if entry.kind is StretchKind.PAUSE:
        what = f"{what}: {_pause_word(entry.name)}"
    elif entry.name:
        what = f"{what}: {entry.name}"
    counts = entry.kind is StretchKind.WORKING
    return StretchLine(
        begins=entry.begins,
        ends=entry.ends,
        what=what,
        source=entry.source,
        confirmed=entry.confirmed,
        hours=entry.seconds / _HOUR if counts else None,
        late=late,
    )


_PAUSES = {pause.value: pause for pause in Pause}


def _pause_word(name: str) -> str:
    """Reasons of pauses are keys, names of days are words already."""
    return word_for(_PAUSES[name]) if name in _PAUSES else name
