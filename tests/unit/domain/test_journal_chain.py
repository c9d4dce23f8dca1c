"""The journal's chain holds, and shows every kind of tampering."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.journal.events import FIELDS, Event
from app.domain.journal.model import JournalEntry
from app.domain.journal.rules import EMPTY, Break, Head, Unreadable, Versions, link, verify
from app.foundation.actor import SYSTEM

AT = datetime(2024, 11, 4, 2, 0, tzinfo=UTC)


def chain(length: int) -> tuple[list[JournalEntry], Head]:
    head, entries = EMPTY, []
    for number in range(length):
        row, head = link(
            head,
            Event.TASK_CLAIMED,
            {"step": f"step{number}", "task": "0" * 32},
            dossier_id=7,
            at=AT,
            actor=SYSTEM,
            seat=None,
            versions=Versions(version_id=1, calendar_version_id=1),
        )
        entries.append(JournalEntry(**row))
    return entries, head


def test_an_untouched_chain_holds() -> None:
    entries, head = chain(5)
    assert verify(entries, head) is None


@pytest.mark.parametrize("head", [EMPTY, Head(seq=3, hash=b"3" * 32)])
def test_an_emptied_chain_is_found(head: Head) -> None:
    assert verify([], head) == Break(seq=1, reason="empty")


def test_an_entry_that_cannot_be_read_is_found() -> None:
    entries, head = chain(3)
    assert verify([entries[0], Unreadable(seq=2), entries[2]], head) == Break(
        seq=2, reason="unreadable"
    )


@pytest.mark.parametrize("column", ["event", "at", "payload_digest"])
def test_an_entry_that_cannot_be_hashed_is_found(column: str) -> None:
    entries, head = chain(2)
    setattr(entries[1], column, None)
    found = verify(entries, head)
    assert found is not None
    assert found.seq == 2


@given(st.integers(0, 4), st.sampled_from(["actor_name", "at", "event", "unit_code", "role"]))
def test_a_changed_column_is_found(place: int, column: str) -> None:
    entries, head = chain(5)
    changed: dict[str, Any] = {
        "actor_name": "somebody else",
        "at": AT.replace(hour=3),
        "event": Event.TASK_RELEASED,
        "unit_code": "H99",
        "role": "director",
    }
    setattr(entries[place], column, changed[column])
    assert verify(entries, head) == Break(seq=place + 1, reason="hash")


def test_a_changed_payload_is_found() -> None:
    entries, head = chain(3)
    entries[1].payload = {"step": "other", "task": "0" * 32}
    assert verify(entries, head) == Break(seq=2, reason="payload")


def test_an_entry_taken_out_is_found() -> None:
    entries, head = chain(4)
    del entries[1]
    assert verify(entries, head) == Break(seq=2, reason="missing")


def test_a_tail_cut_off_is_found() -> None:
    entries, head = chain(4)
    assert verify(entries[:3], head) == Break(seq=4, reason="tail")


@pytest.mark.parametrize("gone", [("payload",), ("salt",), ("payload", "salt")])
def test_a_payload_that_nobody_allowed_to_erase_is_found(gone: tuple[str, ...]) -> None:
    entries, head = chain(3)
    for column in gone:
        setattr(entries[0], column, None)
    assert verify(entries, head) == Break(seq=1, reason="erased")
    assert verify(entries, head, erased=frozenset({2})) == Break(seq=1, reason="erased")


def test_a_payload_erased_by_law_leaves_a_chain_that_holds() -> None:
    entries, head = chain(3)
    entries[0].payload = None
    entries[0].salt = None
    assert verify(entries, head, erased=frozenset({1})) is None


def test_a_permission_to_erase_is_none_to_change() -> None:
    entries, head = chain(3)
    entries[0].payload = {"step": "other", "task": "0" * 32}
    assert verify(entries, head, erased=frozenset({1})) == Break(seq=1, reason="payload")


def test_a_forged_head_is_found() -> None:
    entries, head = chain(2)
    assert verify(entries, replace(head, hash=bytes(32))) == Break(seq=3, reason="tail")


@pytest.mark.parametrize("event", list(Event))
def test_every_event_declares_its_fields_and_refuses_others(event: Event) -> None:
    assert FIELDS[event]
    with pytest.raises(ValueError, match="fields"):
        link(
            EMPTY,
            event,
            {"nonsense": 1},
            dossier_id=1,
            at=AT,
            actor=SYSTEM,
            seat=None,
            versions=Versions(version_id=1, calendar_version_id=1),
        )
