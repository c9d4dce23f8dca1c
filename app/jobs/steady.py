"""APScheduler that a clock set back cannot put to sleep."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from threading import Event, Thread
from typing import Any

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.base import STATE_STOPPED, BaseScheduler

from app.foundation.clock import now


class SteadyScheduler(BaseScheduler):
    """Runs jobs one after the other in a thread; waits in slices of a steady clock.

    APScheduler plans by the wall clock. When that is set back by an hour, a job planned for the
    next second would wait an hour and a second. Here the change is seen after one slice, and
    `set_back` is called so that jobs can be planned anew. A clock set forward needs no care.
    """

    def __init__(self, *, slice_seconds: float, set_back: Callable[[], None]) -> None:
        self._pool = ThreadPoolExecutor(1)
        super().__init__(timezone=UTC, executors={"default": self._pool})
        self._slice = slice_seconds
        self._set_back = set_back
        self._rouse = Event()
        self._thread = Thread(target=self._run, name="scheduler", daemon=True)

    def start(self, *args: Any, **kwargs: Any) -> None:
        """Begin; once only."""
        super().start(*args, **kwargs)
        self._thread.start()

    def shutdown(self, wait: bool = True) -> None:  # noqa: FBT001, FBT002 - the library's signature
        """End after the job at hand.

        The library would wait for it with a lock in its hand that the job needs to plan itself.
        """
        super().shutdown(wait=False)
        self._rouse.set()
        self._thread.join()
        self._pool.shutdown(wait=wait)

    def wakeup(self) -> None:
        """Look at the jobs again: one of them has been planned anew."""
        self._rouse.set()

    def plan(self, job: str, at: datetime) -> None:
        """Run the job at that moment instead; nothing once the scheduler has been shut down."""
        with suppress(JobLookupError):
            self.modify_job(job, next_run_time=at)

    def _run(self) -> None:
        before = now()
        while self.state != STATE_STOPPED:
            pause = self._process_jobs()
            self._rouse.wait(self._slice if pause is None else min(pause, self._slice))
            self._rouse.clear()
            before = self._watch(before)

    def _watch(self, before: datetime) -> datetime:
        """Notice that it is earlier than before; returns what time it is."""
        at = now()
        if at < before:
            self._set_back()
        return at
