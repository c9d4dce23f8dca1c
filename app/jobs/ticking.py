"""A tick: look at what is due, then one transaction and one verb for each row."""

import math
import os
import time
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from threading import Event
from typing import Any

import structlog
from flask import Flask
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.actions.incidents import GIVE_UP_AFTER
from app.foundation.appointments import CLOCK
from app.foundation.clock import now
from app.foundation.db import transaction
from app.foundation.errors import HouseError
from app.jobs.agenda import Agenda, Column, Entry
from app.jobs.alarm import AT_ONCE, Alarm
from app.jobs.errands import Errand
from app.jobs.lease import Lease
from app.jobs.worklist import WORKLIST, Work

log = structlog.get_logger(__name__)

#: So many rows at once are a backlog that whoever runs the platform wants to know of.
WORTH_TELLING = 100
#: A verb of the worklist that is told of a failure.
Note = Callable[..., Any]


class Ticker:
    """Works off what is due as long as it leads; a failing row stops neither it nor other rows."""

    def __init__(
        self,
        app: Flask,
        lease: Lease,
        worklist: tuple[Work, ...] = WORKLIST,
        what: str = CLOCK,
    ) -> None:
        self._app = app
        #: What the log calls it to lead, and to follow.
        self._told_as = (
            ("leads", "follows") if what == CLOCK else (f"{what}_leads", f"{what}_follows")
        )
        self._lease = lease
        self._agenda = Agenda(worklist)
        self._alarm = Alarm()
        self._between_looks = timedelta(seconds=app.config["LOOK_SECONDS"])
        #: By the clock that nobody sets.
        self._looked = -math.inf
        self._stopping = Event()
        self._leads = False
        self._in_trouble = False

    def pulse(self) -> int:
        """Do what is due if it is time to look, and read nothing otherwise.

        Returns how many rows were settled. Never raises.
        """
        return self._guarded(self._look_in_time)

    def tick(self) -> int:
        """Look at once and do what is due; returns how many rows were settled. Never raises."""
        return self._guarded(self._drain)

    def hear(self, instant: datetime) -> bool:
        """Something was stored that comes due then; whether that calls for an earlier pulse.

        Followers pass it on with their next pulse, so that a busy hour costs them no more.
        """
        return self._alarm.set_by(instant) and self._leads

    def next_pulse(self, at: datetime, pause: timedelta) -> datetime:
        """When to pulse again: at the next known instant, after the pause at the latest."""
        known = self._alarm.instant if self._leads and not self._in_trouble else None
        return max(at, min(known, at + pause)) if known else at + pause

    def stop(self) -> None:
        """Finish the row at hand, then nothing more."""
        self._stopping.set()

    def _guarded(self, lead: Callable[[Connection], int]) -> int:
        try:
            connection = self._lease.take()
            self._tell_change(leads=connection is not None)
            settled = self._follow() if connection is None else lead(connection)
        except Exception as error:
            self._step_back(error)
            return 0
        self._in_trouble = False
        return settled

    def _follow(self) -> int:
        """Tell the leader of what he would otherwise find too late."""
        if self._alarm.rings(now() + self._between_looks):
            self._alarm.clear()
            self._lease.tell()
        return 0

    def _look_in_time(self, connection: Connection) -> int:
        """Every wait ends by the steady clock too: the other may have been set back."""
        waited = time.monotonic() - self._looked
        if (
            self._lease.heard()
            or self._alarm.rings(now())
            or waited >= self._between_looks.total_seconds()
        ):
            return self._drain(connection)
        return 0

    def _drain(self, connection: Connection) -> int:
        """Look again until nothing moves: a service may follow at once on a timer."""
        settled, began = 0, time.monotonic()
        while not self._stopping.is_set():
            # Whatever is stored from here on rings again.
            self._alarm.clear()
            self._lease.heard()
            at = now()
            with Session(connection) as looking:
                entries = self._agenda.ready(looking, at)
                if not entries:
                    self._sleep_until(self._agenda.next(looking, at))
                    break
            settled += self._work_off(entries)
        if settled >= WORTH_TELLING:
            seconds = round(time.monotonic() - began, 1)
            log.info("backlog_worked_off", rows=settled, seconds=seconds)
        return settled

    def _sleep_until(self, instant: datetime | None) -> None:
        self._looked = time.monotonic()
        if instant is not None:
            self._alarm.set_by(instant)

    def _work_off(self, entries: Iterable[Entry]) -> int:
        """Row by row, until one comes that something stored meanwhile has to precede."""
        settled = 0
        for entry in entries:
            if self._stopping.is_set() or self._alarm.precedes(entry.instant):
                break
            began = time.monotonic()
            settled += self._act(self._agenda[entry], entry.row)
            time.sleep(self._lease.breather(time.monotonic() - began))
        return settled

    def _act(self, column: Column, row: int) -> bool:
        work, at = column.work, now()
        try:
            done = self._do(work, row, at)
        except Exception as error:
            self._failed(column, row, error, at)
            return False
        if done:
            column.patience.settled(row)
        else:
            column.patience.busy(row, at)
        return done

    def _do(self, work: Work, row: int, at: datetime) -> bool:
        if isinstance(work.act, Errand):
            return work.act.run(self._app, row, at)
        with self._app.app_context(), transaction() as session:
            return work.act(session, row, at=at)

    def _failed(self, column: Column, row: int, error: Exception, at: datetime) -> None:
        """Wait longer every time, and in the end call somebody, once."""
        work, failures = column.work, column.patience.failed(row, at)
        # What the house itself tells needs no trace.
        trace = None if isinstance(error, HouseError) else error
        told = {"kind": work.name, "row": row, "failures": failures}
        log.error("row_failed", **told, error=str(error), exc_info=trace)
        if work.postpone is not None:
            # A row that remembers its failures knows better than a new leader.
            reason = f"{type(error).__name__}: {error}"
            failures = self._note(work.postpone, work, row, reason) or failures
        if failures == GIVE_UP_AFTER and work.give_up and not isinstance(error, DBAPIError):
            # A database that does not answer is no fault of the row's.
            self._note(work.give_up, work, row, error)

    def _note(self, verb: Note, work: Work, row: int, told: Any) -> Any:
        """Write what follows from a failure; never raises."""
        try:
            with self._app.app_context(), transaction() as session:
                return verb(session, row, told, at=now())
        except Exception:
            log.exception("failure_not_noted", kind=work.name, row=row)
            return None

    def _tell_change(self, *, leads: bool) -> None:
        if leads != self._leads:
            log.info(self._told_as[0 if leads else 1], pid=os.getpid())
            self._alarm.set_by(AT_ONCE)
        self._leads = leads

    def _step_back(self, error: Exception) -> None:
        """Let another lead; tell of the trouble once, not with every pulse."""
        if not self._in_trouble:
            log.error("tick_failed", exc_info=error)
        self._in_trouble = True
        self._alarm.set_by(AT_ONCE)
        self._lease.give_up()
