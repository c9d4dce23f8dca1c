"""A tick: look at what is due, then one transaction and one verb for each row."""

import os
from threading import Event

import structlog
from flask import Flask
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.foundation.clock import now
from app.foundation.db import transaction
from app.jobs.lease import Lease
from app.jobs.patience import Patience
from app.jobs.worklist import WORKLIST, Work

#: Rows taken up between two looks.
BATCH = 100

log = structlog.get_logger(__name__)


class Ticker:
    """Works off what is due as long as it leads; a failing row stops neither it nor other rows."""

    def __init__(self, app: Flask, lease: Lease, worklist: tuple[Work, ...] = WORKLIST) -> None:
        self._app = app
        self._lease = lease
        self._waiting = {work: Patience() for work in worklist}
        self._stopping = Event()
        self._leads = False
        self._in_trouble = False

    def tick(self) -> int:
        """Do everything that is due now; returns how many rows were settled. Never raises."""
        try:
            connection = self._lease.take()
            self._tell_change(leads=connection is not None)
            settled = 0 if connection is None else self._drain(connection)
        except Exception as error:
            self._step_back(error)
            return 0
        self._in_trouble = False
        return settled

    def stop(self) -> None:
        """Finish the row at hand, then nothing more."""
        self._stopping.set()

    def _drain(self, connection: Connection) -> int:
        """Look again until nothing moves: a service may follow at once on a timer."""
        settled = 0
        while not self._stopping.is_set():
            moved = sum(self._work_off(work, connection) for work in self._waiting)
            if moved == 0:
                break
            settled += moved
        return settled

    def _work_off(self, work: Work, connection: Connection) -> int:
        """One look and its rows; rows that wait are read too, lest they hide those behind them."""
        patience, at = self._waiting[work], now()
        limit = BATCH + len(patience)
        with Session(connection) as looking:
            found = work.due(looking, at, limit)
        if len(found) < limit:
            patience.keep_only(found)
        return sum(
            self._act(work, row) for row in patience.ready(found, at) if not self._stopping.is_set()
        )

    def _act(self, work: Work, row: int) -> bool:
        patience, at = self._waiting[work], now()
        try:
            with self._app.app_context(), transaction() as session:
                done = work.act(session, row, at=at)
        except Exception as error:
            failures = patience.failed(row, at)
            log.exception("row_failed", kind=work.name, row=row, failures=failures)
            self._postpone(work, row, error)
            return False
        if done:
            patience.settled(row)
        else:
            patience.busy(row, at)
        return done

    def _postpone(self, work: Work, row: int, error: Exception) -> None:
        if work.postpone is None:
            return
        try:
            with self._app.app_context(), transaction() as session:
                work.postpone(session, row, f"{type(error).__name__}: {error}", at=now())
        except Exception:
            log.exception("row_not_postponed", kind=work.name, row=row)

    def _tell_change(self, *, leads: bool) -> None:
        if leads != self._leads:
            log.info("leads" if leads else "follows", pid=os.getpid())
        self._leads = leads

    def _step_back(self, error: Exception) -> None:
        """Let another lead; tell of the trouble once, not every second."""
        if not self._in_trouble:
            log.error("tick_failed", exc_info=error)
        self._in_trouble = True
        self._lease.give_up()
