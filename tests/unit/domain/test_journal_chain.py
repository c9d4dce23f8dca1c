"""The journal's chain holds, and shows every kind of tampering."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.journal.events import FIELDS, Event
from app.domain.journal.model import JournalEntry
from app.domain.journal.rules import EMPTY, Break, Head, Versions, link, verify
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


def test_an_empty_chain_holds() -> None:
    assert verify([], EMPTY) is None


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


def test_a_payload_erased_by_law_leaves_a_chain_that_holds() -> None:
    entries, head = chain(3)
    entries[0].payload = None
    entries[0].salt = None
    assert verify(entries, head) is None


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
