"""The ticks beside the pages of one server process."""

from datetime import datetime, timedelta

from flask import Flask

from app.foundation.appointments import CLOCK, POST, listen, stop_listening
from app.foundation.clock import now
from app.foundation.db import db
from app.jobs.lease import lease_for
from app.jobs.post import post_of
from app.jobs.steady import SteadyScheduler
from app.jobs.ticking import Ticker
from app.jobs.worklist import WORKLIST, Work

#: The one job; it is planned anew after each run.
JOB = "pulse"


class Scheduler:
    """Sleeps until the next known instant, if this process leads; wakes when told of another."""

    def __init__(
        self, app: Flask, worklist: tuple[Work, ...] = WORKLIST, what: str = CLOCK
    ) -> None:
        with app.app_context():
            self._engine = db.engine
        self._what = what
        self._lease = lease_for(self._engine, what)
        self._ticker = Ticker(app, self._lease, worklist, what)
        self._pause = timedelta(seconds=app.config["TICK_SECONDS"])
        self._busy = False
        self._scheduler = SteadyScheduler(
            slice_seconds=app.config["TICK_SECONDS"], set_back=self._plan
        )

    def start(self) -> None:
        """Pulse now, and from then on when it is time."""
        self._scheduler.add_job(
            self._pulse,
            "interval",
            hours=1,  # never seen: every run plans the next
            id=JOB,
            coalesce=True,
            max_instances=2,  # one may be planned while another is about to end
            misfire_grace_time=None,
            next_run_time=now(),
        )
        listen(self._engine, self._hear, self._what)
        self._scheduler.start()

    def stop(self) -> None:
        """End after the row at hand and let another process lead."""
        stop_listening(self._engine, self._hear)
        self._ticker.stop()
        self._scheduler.shutdown()
        self._lease.give_up()

    def _pulse(self) -> None:
        self._busy = True
        try:
            self._ticker.pulse()
        finally:
            self._busy = False
            self._plan()

    def _hear(self, instant: datetime) -> None:
        """In the thread of whoever has committed; a pulse at hand sees it by itself."""
        if self._ticker.hear(instant) and not self._busy:
            self._plan()

    def _plan(self) -> None:
        self._scheduler.plan(JOB, self._ticker.next_pulse(now(), self._pause))


def schedulers(app: Flask) -> tuple[Scheduler, ...]:
    """Those of one server process: the legal clock, and the post, which may have to wait."""
    return Scheduler(app), Scheduler(app, post_of(app), POST)
