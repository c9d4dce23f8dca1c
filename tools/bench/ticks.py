"""The scheduler: how late things happen on an idle server, and how fast a backlog is worked off.

`make bench ARGS=ticks` prints both; `--rows=100000` measures a backlog of that size.
"""

import random
import time
from collections.abc import Sequence
from datetime import datetime, timedelta

import psutil

from app.foundation.clock import now
from app.foundation.db import db
from app.jobs.lease import CHANNEL
from app.jobs.worklist import WORKLIST
from tests.support.story import Story
from tools.bench.cases import BEFORE_SERVICE, PROCEDURE, STEPS, Cases
from tools.bench.clients import Call, Crew
from tools.bench.copies import copy_dossier
from tools.bench.figures import spread
from tools.bench.house import House, house
from tools.bench.inboxes import COLLEAGUE, PAGE
from tools.bench.pages import Browser

ROWS = 5_000
TIMERS = 60
SERVICES = 20
#: Timers go off within this span; it begins when they have been stored, unless that takes long.
SPAN = timedelta(seconds=20)
QUIET = timedelta(seconds=15)
#: A supplement that does not come in time ends the dossier.
PERIOD = timedelta(days=30)
LONG_AGO = timedelta(days=40)
_WAITING = "SELECT 1 FROM deadlines WHERE kind = 'timer' AND settled_at IS NULL LIMIT 1"
_PERFORMED = "SELECT done_at - created_at FROM outbox WHERE created_at > %s"
_LATE = "SELECT settled_at - due_at FROM deadlines WHERE kind = 'timer' AND due_at > %s"


def figures(words: Sequence[str]) -> dict[str, object]:
    """Everything in a house of its own."""
    asked = [word.removeprefix("--rows=") for word in words if word.startswith("--rows=")]
    with house() as built, Crew(built.server.port, 3) as crew:
        return measured(built, crew, int(asked[0]) if asked else ROWS)


def measured(house: House, crew: Crew, rows: int) -> dict[str, object]:
    """Lateness, and a backlog of so many rows."""
    # The province is new; dossiers of last month need its calendar.
    house.do("UPDATE calendar_versions SET created_at = created_at - interval '1 year'")
    return {
        "load_before": round(psutil.getloadavg()[0], 2),
        "lateness": {"timers": timers(house), "services": services(house, crew)},
        "drain": drain(house, crew, rows),
    }


def timers(house: House) -> dict[str, float]:
    """Due at random instants while nothing else happens; how long after that they were settled."""
    first, chance = now() + QUIET, random.Random(1)  # noqa: S311 - the same instants every time
    for _ in range(TIMERS):
        _supplement_until(house, first + chance.random() * SPAN)
    quiet = now()
    house.do(f"NOTIFY {CHANNEL}")
    while house.ask(_WAITING):
        time.sleep(0.5)
    return spread(_seconds(house, _LATE, quiet))


def services(house: House, crew: Crew) -> dict[str, float]:
    """Promised by officers who come to either process; how long until they were performed."""
    cases, since = Cases(house, crew), now()
    cases.submit(SERVICES)
    for step in ("reception", "appraisal"):
        cases.complete(step)
    for _ in range(SERVICES):
        cases.complete(BEFORE_SERVICE, 1)
    cases.await_services()
    return spread(_seconds(house, _PERFORMED, since))


def drain(house: House, crew: Crew, rows: int) -> dict[str, object]:
    """A backlog found at the start, one half late steps and one half timers.

    People go on meanwhile: `page` is an officer's inbox, `submit` a dossier handed in.
    """
    house.server.stop()
    _backlog(house, rows)
    submission = Cases(house, crew).submission()
    house.server.start()
    began, left = time.perf_counter(), _due(house, rows)
    page = Call(cookie=Browser(house.server.port).log_in(COLLEAGUE), path=PAGE)
    seconds: dict[str, list[float]] = {"page": [], "submit": []}
    while _due(house, 1):
        seconds["page"] += crew.run([page] * 8, clients=2).calls
        seconds["submit"] += crew.run([submission]).calls
    took = time.perf_counter() - began
    return {
        "rows": left,
        "seconds": round(took, 1),
        "rows_per_second": round(left / took, 1),
        "meanwhile": {name: spread(found) for name, found in seconds.items()},
    }


def _backlog(house: House, rows: int) -> None:
    """Nobody has received the one dossier, nobody has handed in the supplement of the other."""
    late = Story(house.app)
    late.at = now() - LONG_AGO
    late.submit(PROCEDURE)
    copy_dossier(house, late.code, rows // 2 - 1)
    overdue = _supplement_until(house, now() - LONG_AGO + PERIOD)
    copy_dossier(house, overdue.code, rows // 2 - 1)
    house.do("VACUUM ANALYZE")


def _supplement_until(house: House, moment: datetime) -> Story:
    """A dossier whose timer goes off at that moment."""
    story = Story(house.app)
    story.at = moment - PERIOD
    story.submit(PROCEDURE)
    story.complete("reception", STEPS["reception"], reception_decision="supplement")
    return story


def _due(house: House, limit: int) -> int:
    """How many rows are due, at most so many of each kind."""
    with house.app.app_context():
        session, at = db.session(), now()
        return sum(len(work.rows.due(session, at, limit)) for work in WORKLIST)


def _seconds(house: House, intervals: str, *values: object) -> list[float]:
    return [row[0].total_seconds() for row in house.ask(intervals, *values)]
