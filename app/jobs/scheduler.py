"""APScheduler around the ticks; the only file that knows it."""

from datetime import UTC

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask

from app.foundation.clock import now
from app.foundation.db import db
from app.jobs.lease import lease_for
from app.jobs.ticking import Ticker


class Scheduler:
    """Ticks beside the pages of one server process, if that process leads."""

    def __init__(self, app: Flask) -> None:
        with app.app_context():
            self._lease = lease_for(db.engine)
        self._ticker = Ticker(app, self._lease)
        self._seconds = app.config["TICK_SECONDS"]
        self._scheduler = BackgroundScheduler(
            timezone=UTC, daemon=True, executors={"default": ThreadPoolExecutor(1)}
        )

    def start(self) -> None:
        """Tick now and then every `TICK_SECONDS`; a tick that takes longer skips the next."""
        self._scheduler.add_job(
            self._ticker.tick,
            "interval",
            seconds=self._seconds,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
            next_run_time=now(),
        )
        self._scheduler.start()

    def stop(self) -> None:
        """End after the row at hand and let another process lead."""
        self._ticker.stop()
        self._scheduler.shutdown(wait=True)
        self._lease.give_up()
