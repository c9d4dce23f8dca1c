"""Cases of one procedure, moved on step by step so that only the request itself is measured."""

import time
from collections.abc import Mapping
from typing import Any

import orjson

from app.domain.procedures.queries import procedure_by_key
from app.foundation.db import db
from app.queries.definitions import LoadedVersion, current_version
from tests.support.filler import fill
from tools.bench.clients import Call, Crew, Run
from tools.bench.house import House

#: Five tasks of four officers and one service task.
PROCEDURE = "thanh-lap-ho-kinh-doanh"
CITIZEN = "congdan1"
#: Step by step: who does it.
STEPS = {
    "reception": "linh.camxuyen",
    "appraisal": "nam.camxuyen",
    "approval": "oanh.camxuyen",
    "stamping": "phuc.camxuyen",
    "return_result": "linh.camxuyen",
}
#: After this step a service allots a number before the next can be done.
BEFORE_SERVICE = "approval"
SERVICE_SECONDS = 60


class Cases:
    """Makes dossiers and does their steps, all at the same step at a time."""

    def __init__(self, house: House, crew: Crew) -> None:
        self._house, self._crew = house, crew
        self._tokens = house.tokens({CITIZEN, *STEPS.values()})
        self._answers = self._fill_in()

    def submit(self, count: int, *, clients: int = 1) -> Run:
        """Hand in so many dossiers, once nothing else is going on."""
        self.await_services()
        return self._crew.run([self.submission()] * count, clients=clients)

    def submission(self) -> Call:
        """A citizen hands in a dossier."""
        body = {"procedure": PROCEDURE, "data": self._answers["application"]}
        return Call(token=self._tokens[CITIZEN], path="/dossiers", body=body, expected=201)

    def complete(self, step: str, count: int | None = None, *, clients: int = 1) -> Run:
        """Do the step in so many dossiers, or in all that wait for it."""
        token, body = self._tokens[STEPS[step]], {"data": self._answers[step]}
        calls = [
            Call(token=token, path=f"/inbox/{item}/complete", body=body)
            for item in self.waiting(step)[:count]
        ]
        return self._crew.run(calls, clients=clients)

    def finish(self, *, clients: int) -> None:
        """Bring every dossier to its end."""
        for step in STEPS:
            if self.waiting(step):
                self.complete(step, clients=clients)
            if step == BEFORE_SERVICE:
                self.await_services()

    def waiting(self, step: str) -> list[int]:
        """Numbers of the open items of that step."""
        wanted = "SELECT id FROM inbox_items WHERE step = %s AND state = 'open' ORDER BY id"
        return [row[0] for row in self._house.ask(wanted, step)]

    def await_services(self) -> None:
        """Until the scheduler has done what was promised."""
        give_up = time.monotonic() + SERVICE_SECONDS
        while self._house.ask("SELECT 1 FROM outbox WHERE done_at IS NULL LIMIT 1"):
            if time.monotonic() > give_up:
                raise RuntimeError("the services are not performed")
            time.sleep(0.1)

    def _fill_in(self) -> Mapping[str, Any]:
        with self._house.app.app_context():
            version = loaded()
            return {
                name: fill(orjson.loads(version.form_source(name)))
                for name in ("application", *STEPS)
            }


def loaded() -> LoadedVersion:
    """The procedure's version; needs an application context."""
    session = db.session()
    return current_version(session, procedure_by_key(session, PROCEDURE))
