"""Dossiers from before the clocks get the clocks that their status says, on both databases."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
import sqlalchemy as sa
from flask import Flask
from flask_migrate import downgrade, upgrade

from app.domain.deadlines.model import Deadline
from app.domain.dossiers.clock import ClockState, Pause
from app.domain.dossiers.model import Dossier
from app.domain.dossiers.status import Channel
from app.domain.inbox.due import NEVER, URGENT, rank_of
from app.domain.inbox.model import InboxItem
from app.domain.procedures.cases import SupplementClock
from app.foundation.db import db
from app.worktime import TermUnit
from tests.support.old_rows import MADE, database_at, insert

DUE, RUN = MADE + timedelta(days=9), MADE + timedelta(days=2)
ENTRY = '[[case]]\nkey = "short"\nterm_hours = 24\n[[case]]\nkey = "long"\nterm_hours = 80.5\n'


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def old_app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """A database without clocks, with a unit, a calendar and a procedure of two cases."""
    with database_at("0002", request, tmp_path) as app:
        insert("calendars", id=5, key="ha-tinh", name="Giờ", unit_id=None)
        insert("calendar_versions", id=9, calendar_id=5, number=1)
        insert("units", id=1, code="H27", name="x", level="PROVINCE", parent_id=None)
        insert("procedures", id=1)
        files = orjson.dumps({"procedure.toml": ENTRY})
        insert("procedure_versions", id=1, procedure_id=1, files=files)
        yield app


def dossier(number: int, **told: Any) -> None:
    """A dossier that is due, and whose process moved last, at the moments above."""
    known = {"calendar_version_id": 9, "receiving_unit_id": 1, "handling_unit_id": 1}
    known |= {"owner_kind": "citizen", "channel": "online", "case_key": "short", "status": 1}
    known |= {"due_at_original": DUE, "due_at_current": DUE, "code": f"c{number}"}
    insert("dossiers", id=number, **known | told)
    insert("processes", dossier_id=number, state="running", updated_at=RUN)


def item(number: int, **told: Any) -> None:
    known = {"dossier_id": 1, "unit_id": 1, "calendar_version_id": 9, "state": "open"}
    known |= {"due_at": DUE, "rank": 0, "task_id": f"t{number}"}
    insert("inbox_items", id=number, **known | told)


def upgraded(kind: type[Any]) -> dict[int, Any]:
    upgrade()
    return {one.id: one for one in db.session().scalars(sa.select(kind).order_by(kind.id))}


#: Status, whether it had been received, and what the clock does.
STATUSES = [
    (1, False, ClockState.WAITING, None),
    (2, True, ClockState.RUNNING, None),
    (3, False, ClockState.STOPPED, None),
    (4, True, ClockState.RUNNING, None),
    # Asked before it was received: nothing has begun that could wait.
    (5, False, ClockState.WAITING, None),
    (5, True, ClockState.PAUSED, Pause.SUPPLEMENT),
    (6, False, ClockState.WAITING, None),
    (6, True, ClockState.PAUSED, Pause.PAYMENT),
    (7, True, ClockState.STOPPED, None),
    (8, False, ClockState.STOPPED, None),
    (8, True, ClockState.STOPPED, None),
    (9, True, ClockState.STOPPED, None),
    (10, True, ClockState.STOPPED, None),
]


def test_the_status_says_what_the_clock_does(old_app: Flask) -> None:
    for number, (status, received, _state, _pause) in enumerate(STATUSES):
        dossier(number, status=status, received_at=MADE if received else None)
    found = upgraded(Dossier)
    for number, (_status, received, state, pause) in enumerate(STATUSES):
        one = found[number]
        assert (one.clock, one.paused_for) == (state, pause), STATUSES[number]
        assert one.paused_at == (RUN if pause else None)
        assert one.due_at_original == (DUE if received else None)
        assert one.due_at_current == DUE
        assert one.reception_started_at == one.submitted_at == MADE
        assert (one.reception_due_at, one.reception_met_at) == (None, None)


def test_each_dossier_gets_the_term_of_its_case(old_app: Flask) -> None:
    dossier(1)
    dossier(2, case_key="long")
    found = upgraded(Dossier)
    assert [(one.term_amount, one.term_unit) for one in found.values()] == [
        (24, TermUnit.WORKING_HOURS),
        (80.5, TermUnit.WORKING_HOURS),
    ]
    assert {one.supplement_clock for one in found.values()} == {SupplementClock.RESUME}


def test_open_steps_ring_at_their_end_and_late_ones_stand_first(old_app: Flask) -> None:
    dossier(1)
    item(1)
    item(2, rank=1)
    item(3, rank=1, overdue_at=RUN)
    item(4, state="done")
    item(5, due_at=NEVER)
    found = upgraded(InboxItem)
    assert [(one.alarm_at, one.stage, one.rank) for one in found.values()] == [
        (DUE, 0, rank_of(Channel.ONLINE, 0, DUE)),
        (DUE, 0, rank_of(Channel.COUNTER, 0, DUE)),
        (None, 100, URGENT),
        (None, 0, 1),  # done, so that nobody looks at its place
        (None, 0, rank_of(Channel.ONLINE, 0, NEVER)),
    ]


def test_timers_that_wait_ring_when_they_are_due(old_app: Flask) -> None:
    dossier(1)
    insert("deadlines", id=1, dossier_id=1, kind="timer", due_at=DUE)
    insert("deadlines", id=2, dossier_id=1, kind="timer", due_at=RUN, settled_at=RUN)
    found = upgraded(Deadline)
    assert [(one.alarm_at, one.stage, one.apology_at) for one in found.values()] == [
        (DUE, 0, None),
        (None, 0, None),
    ]


def test_going_back_leaves_one_due_date_for_everything(old_app: Flask) -> None:
    dossier(1)
    dossier(2, status=4, received_at=MADE)
    item(1, rank=1)
    item(2, rank=1, overdue_at=RUN)
    insert("deadlines", id=1, dossier_id=1, kind="timer", due_at=DUE)
    upgrade()
    with db.engine.begin() as connection:
        connection.execute(sa.text("UPDATE dossiers SET due_at_original = NULL WHERE id = 1"))
    downgrade(revision="0002")
    with db.engine.connect() as connection:
        tables = {
            name: sa.Table(name, sa.MetaData(), autoload_with=connection)
            for name in ("dossiers", "inbox_items", "deadlines")
        }
        rows = {
            name: connection.execute(table.select().order_by(table.c.id)).all()
            for name, table in tables.items()
        }
    assert [row.due_at_original == row.due_at_current for row in rows["dossiers"]] == [True, True]
    assert [row.rank for row in rows["inbox_items"]] == [1, 0]
    assert [row.kind for row in rows["deadlines"]] == ["timer"]
    assert not {"clock", "term_amount", "paused_at"} & set(tables["dossiers"].c.keys())
