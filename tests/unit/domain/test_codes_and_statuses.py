"""Dossier codes have both legal forms; statuses follow each other as the table says."""

from datetime import UTC, date, datetime

import pytest

from app.domain.dossiers.codes import is_code, write_code
from app.domain.dossiers.model import Dossier
from app.domain.dossiers.rules import (
    StatusImpossible,
    SupplementAlreadyRequested,
    give_back,
    goes_back,
    move_to,
)
from app.domain.dossiers.status import FINAL, FINISHED, FOLLOWS, Channel, Status

AT = datetime(2024, 11, 4, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("agency", "number", "code"),
    [
        ("H27.01", 1, "H27.01-241101-0001"),
        ("000.00.01.H27", 1, "000.00.01.H27-241101-0001"),
        ("H27.30.01", 9999, "H27.30.01-241101-9999"),
        ("H27.01", 10000, "H27.01-241101-10000"),
    ],
)
def test_codes_are_written_in_both_forms_and_grow(agency: str, number: int, code: str) -> None:
    assert write_code(agency, date(2024, 11, 1), number) == code
    assert is_code(code)


@pytest.mark.parametrize(
    "text", ["", "H27.01-241101-001", "h27-241101-0001", "H27.01-241101-0001 ", "27-241101-0001"]
)
def test_what_is_no_code_is_told_apart(text: str) -> None:
    assert not is_code(text)


def test_an_agency_code_that_cannot_begin_a_dossier_code_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot begin"):
        write_code("nonsense", date(2024, 11, 1), 1)


def dossier(status: Status) -> Dossier:
    return Dossier(status=status, supplement_requests=0)


@pytest.mark.parametrize("now", list(Status))
@pytest.mark.parametrize("after", list(Status))
def test_the_table_of_statuses_decides(now: Status, after: Status) -> None:
    matter = dossier(now)
    if after is now or after in FOLLOWS[now]:
        move_to(matter, after, AT)
        assert matter.status is after
        assert (matter.closed_at == AT) == (after in FINAL and after is not now)
        assert (matter.finished_at == AT) == (after in FINISHED and after is not now)
    else:
        with pytest.raises(StatusImpossible):
            move_to(matter, after, AT)
        assert matter.status is now


def sent(**more: object) -> Dossier:
    """What a visitor has sent online."""
    told = {"status": Status.SUBMITTED, "channel": Channel.ONLINE, "supplement_requests": 0}
    return Dossier(**told | more)


@pytest.mark.parametrize(
    ("matter", "wanted", "back"),
    [
        (sent(), Status.SUPPLEMENT_REQUESTED, True),
        (sent(status=Status.AWAITING_PAYMENT), Status.SUPPLEMENT_REQUESTED, True),
        (sent(submitter_id=7), Status.SUPPLEMENT_REQUESTED, False),
        (sent(channel=Channel.COUNTER), Status.SUPPLEMENT_REQUESTED, False),
        (sent(received_at=AT, status=Status.RECEIVED), Status.SUPPLEMENT_REQUESTED, False),
        (sent(received_at=AT, status=Status.IN_PROGRESS), Status.SUPPLEMENT_REQUESTED, False),
        # Begun before this was a rule: it goes on where it is.
        (sent(status=Status.SUPPLEMENT_REQUESTED), Status.SUPPLEMENT_REQUESTED, False),
        (sent(), Status.REFUSED, False),
        (sent(), None, False),
    ],
)
def test_a_request_gives_back_what_a_visitor_sent_and_nobody_received(
    matter: Dossier, wanted: Status | None, *, back: bool
) -> None:
    assert goes_back(matter, wanted) is back


def test_giving_back_uses_the_one_request() -> None:
    matter = dossier(Status.SUBMITTED)
    give_back(matter, AT)
    assert (matter.status, matter.closed_at, matter.supplement_requests) == (Status.REFUSED, AT, 1)
    asked = dossier(Status.SUBMITTED)
    asked.supplement_requests = 1
    with pytest.raises(SupplementAlreadyRequested):
        give_back(asked, AT)


@pytest.mark.parametrize("final", sorted(FINAL))
def test_nothing_follows_a_final_status(final: Status) -> None:
    assert not FOLLOWS[final]


def test_the_moment_of_reception_and_of_finishing_is_kept() -> None:
    matter = dossier(Status.SUBMITTED)
    move_to(matter, Status.IN_PROGRESS, AT)
    later = AT.replace(hour=5)
    move_to(matter, Status.RESULT_READY, later)
    move_to(matter, Status.RETURNED_RESULT, later.replace(hour=6))
    assert (matter.received_at, matter.finished_at) == (AT, later)
    assert matter.closed_at == later.replace(hour=6)


def test_a_supplement_may_be_requested_only_once() -> None:
    matter = dossier(Status.SUBMITTED)
    move_to(matter, Status.SUPPLEMENT_REQUESTED, AT)
    move_to(matter, Status.SUBMITTED, AT)
    with pytest.raises(SupplementAlreadyRequested):
        move_to(matter, Status.SUPPLEMENT_REQUESTED, AT)
