"""Which event is told to whom: every row of the table."""

import pytest

from app.domain.dossiers.status import FOLLOWS, Status
from app.domain.journal.events import Event
from app.domain.notices.kinds import KINDS, WEIGHTS, Audience
from app.domain.notices.occasions import Happening, occasions_of

S = Status


def run(
    before: Status | None, after: Status, *, seq: int = 1, named: tuple[str, ...] = ()
) -> Happening:
    event = Event.DOSSIER_SUBMITTED if before is None else Event.TASK_COMPLETED
    return Happening(event=event, told={"status": int(after)}, seq=seq, before=before, named=named)


def fact(event: Event, seq: int = 2, **told: object) -> Happening:
    return Happening(event=event, told=told, seq=seq)


def keys(*act: Happening) -> list[str]:
    return [occasion.kind.key for occasion in occasions_of(act)]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (None, S.SUBMITTED, ["dossier-submitted"]),
        (None, S.RECEIVED, ["dossier-received"]),
        (None, S.IN_PROGRESS, ["dossier-received"]),
        (None, S.AWAITING_PAYMENT, ["payment-requested"]),
        (S.SUBMITTED, S.SUBMITTED, []),
        (S.SUBMITTED, S.RECEIVED, ["dossier-received"]),
        (S.SUBMITTED, S.IN_PROGRESS, ["dossier-received"]),
        (S.SUBMITTED, S.SUPPLEMENT_REQUESTED, ["supplement-requested"]),
        (S.SUBMITTED, S.REFUSED, ["dossier-refused"]),
        (S.SUBMITTED, S.WITHDRAWN, ["dossier-withdrawn"]),
        (S.RECEIVED, S.IN_PROGRESS, []),
        (S.IN_PROGRESS, S.IN_PROGRESS, []),
        (S.IN_PROGRESS, S.SUPPLEMENT_REQUESTED, ["supplement-requested"]),
        (S.IN_PROGRESS, S.AWAITING_PAYMENT, ["payment-requested"]),
        (S.IN_PROGRESS, S.STOPPED, ["processing-stopped"]),
        (S.IN_PROGRESS, S.RESULT_READY, ["result-ready"]),
        (S.SUPPLEMENT_REQUESTED, S.SUBMITTED, ["supplement-received"]),
        (S.SUPPLEMENT_REQUESTED, S.IN_PROGRESS, ["supplement-received"]),
        (S.SUPPLEMENT_REQUESTED, S.STOPPED, ["processing-stopped"]),
        (S.AWAITING_PAYMENT, S.SUBMITTED, ["payment-received"]),
        (S.AWAITING_PAYMENT, S.IN_PROGRESS, ["payment-received"]),
        (S.RESULT_READY, S.RETURNED_RESULT, ["result-returned"]),
    ],
)
def test_what_a_change_of_status_tells(
    before: Status | None, after: Status, told: list[str]
) -> None:
    assert keys(run(before, after)) == told


def test_what_is_given_back_to_a_visitor_is_not_told_as_a_refusal() -> None:
    told = {"status": int(S.REFUSED), "returned": True}
    act = Happening(event=Event.TASK_COMPLETED, told=told, seq=3, before=S.SUBMITTED)
    assert keys(act) == ["send-again"]


def test_every_change_of_status_that_may_be_is_told_but_the_inner_one() -> None:
    silent = {
        (before, after)
        for before, follows in FOLLOWS.items()
        for after in follows
        if not keys(run(before, after))
    }
    assert silent == {(S.RECEIVED, S.IN_PROGRESS)}


def test_a_step_may_name_what_is_told_when_it_opens() -> None:
    assert keys(run(S.IN_PROGRESS, S.IN_PROGRESS, named=("result-ready",))) == ["result-ready"]
    assert keys(run(S.IN_PROGRESS, S.IN_PROGRESS, named=("unknown",))) == []


def test_one_act_is_told_once_by_the_most_telling() -> None:
    act = (
        run(S.SUBMITTED, S.IN_PROGRESS, named=("dossier-submitted",)),
        fact(Event.RECEPTION_MET, due_at=None, answer="received", in_time=True),
        fact(Event.DUE_DATE_SET, due_at="2024-11-05T00:00:00+00:00"),
    )
    assert keys(*act) == ["dossier-received"]


@pytest.mark.parametrize(
    ("event", "told", "audience"),
    [
        (Event.PAYMENT_DEMANDED, "payment-requested", Audience.APPLICANT),
        (Event.PAYMENT_RECEIVED, "payment-received", Audience.APPLICANT),
        (Event.DATE_REAPPOINTED, "date-reappointed", Audience.APPLICANT),
        (Event.APOLOGY_DRAFTED, "apology-waiting", Audience.LEADER),
        (Event.STEP_WARNED, "step-warned", Audience.ASSIGNEE),
        (Event.STEP_OVERDUE, "step-overdue", Audience.ASSIGNEE),
        (Event.STEP_ESCALATED, "step-escalated", Audience.SUPERIOR),
        (Event.RECEPTION_WARNED, "reception-warned", Audience.ONE_STOP),
        (Event.RECEPTION_OVERDUE, "reception-overdue", Audience.ONE_STOP),
        (Event.TERM_WARNED, "term-warned", Audience.ASSIGNEE),
        (Event.TERM_OVERDUE, "term-overdue", Audience.ONE_STOP),
    ],
)
def test_what_else_is_told_and_to_whom(event: Event, told: str, audience: Audience) -> None:
    (occasion,) = occasions_of([fact(event)])
    assert (occasion.kind.key, occasion.kind.audience) == (told, audience)


def test_a_withdrawal_is_told_to_the_applicant_who_worked_on_it_and_who_decides_of_refunds() -> (
    None
):
    told = {"status": S.WITHDRAWN, "closed": ["t"]}
    asked = Happening(
        event=Event.DOSSIER_WITHDRAWN, told=told | {"refund": [1]}, seq=2, before=S.SUBMITTED
    )
    assert keys(asked) == ["dossier-withdrawn", "work-withdrawn", "refund-asked"]
    begun = Happening(
        event=Event.DOSSIER_WITHDRAWN, told=told | {"refund": []}, seq=2, before=S.IN_PROGRESS
    )
    assert keys(begun) == ["dossier-withdrawn", "work-withdrawn"]


def test_an_applicant_hears_of_his_own_infected_file_only() -> None:
    told = {"file": "a", "threat": "t", "scanner": "s"}
    assert keys(fact(Event.FILE_QUARANTINED, **told, handed_in=True)) == ["file-quarantined"]
    assert keys(fact(Event.FILE_QUARANTINED, **told, handed_in=False)) == []


@pytest.mark.parametrize(
    ("event", "told", "expected"),
    [
        (Event.PARCEL_MOVED, {"state": "accepted"}, ["parcel-sent"]),
        (Event.PARCEL_MOVED, {"state": "in_transit"}, []),
        (Event.PARCEL_MOVED, {"state": "returned"}, ["parcel-returned", "parcel-unfinished"]),
        (Event.PARCEL_BLOCKED, {"reason": "no_item_code"}, ["parcel-blocked"]),
        (Event.PARCEL_BLOCKED, {"reason": "not_prepared"}, ["parcel-unfinished"]),
    ],
)
def test_of_a_parcel_each_hears_what_is_his(
    event: Event, told: dict[str, str], expected: list[str]
) -> None:
    assert keys(fact(event, **told)) == expected


def test_officer_and_superior_both_hear_of_one_late_step() -> None:
    assert keys(fact(Event.STEP_OVERDUE), fact(Event.STEP_ESCALATED)) == [
        "step-overdue",
        "step-escalated",
    ]


def test_a_date_is_told_where_it_moved() -> None:
    moved = {"due_before": "2024-11-05T00:00:00+00:00", "due_at": "2024-11-06T00:00:00+00:00"}
    assert keys(fact(Event.DUE_DATES_MOVED, **moved)) == ["date-moved"]
    stays = moved | {"due_at": moved["due_before"]}
    assert keys(fact(Event.DUE_DATES_MOVED, **stays)) == []


def test_the_entry_that_says_it_is_remembered() -> None:
    (occasion,) = occasions_of([run(S.SUBMITTED, S.REFUSED, seq=7), fact(Event.RECEPTION_MET)])
    assert occasion.happening.seq == 7


def test_what_asks_or_ends_weighs_more_than_what_only_informs() -> None:
    applicant = [kind for kind in KINDS.values() if kind.audience is Audience.APPLICANT]
    heaviest = max(WEIGHTS[kind.key] for kind in applicant if not kind.important)
    assert all(WEIGHTS[kind.key] > heaviest for kind in applicant if kind.important)
