"""Errands about files: sweeping is done at once, scanning beside the clock.

A scanner may take a minute for one file. No legal deadline waits for it: the tick only claims the
errand and hands it to a thread, which asks the scanner outside of any transaction.
"""

from datetime import datetime, timedelta
from functools import partial
from queue import Queue
from threading import Lock, Thread

import structlog
from flask import Flask, current_app
from sqlalchemy.orm import Session

from app.actions.scan_file import claim_scan, file_to_scan, postpone_scan, settle_scan
from app.actions.sweep_files import sweep
from app.domain.documents.uploads import ErrandKind, FileErrand
from app.foundation.clock import now
from app.foundation.db import db, transaction
from app.foundation.scanner import ScannerAway, scan
from app.foundation.storage import pieces_of

log = structlog.get_logger(__name__)


class Scanning:
    """Lets the scanner look at one file after the other, in a thread that starts when needed."""

    def __init__(self) -> None:
        self._waiting: Queue[tuple[Flask, int]] = Queue()
        self._lock = Lock()
        self._thread: Thread | None = None

    def put(self, app: Flask, errand_id: int) -> None:
        """Have it done soon; whoever dies before leaves a claim that lapses."""
        with self._lock:
            if self._thread is None:
                self._thread = Thread(target=self._run, name="scanning", daemon=True)
                self._thread.start()
        self._waiting.put((app, errand_id))

    def wait(self) -> None:
        """Return once everything handed over so far is done."""
        self._waiting.join()

    def _run(self) -> None:
        while True:
            app, errand_id = self._waiting.get()
            try:
                with app.app_context():
                    scan_errand(errand_id)
            except Exception:
                # The claim lapses, and the errand comes again.
                log.exception("scan_failed", errand=errand_id)
            finally:
                self._waiting.task_done()


SCANNING = Scanning()


def run_errand(session: Session, errand_id: int, *, at: datetime) -> bool:
    """Do the errand, or have it done; False when somebody else is at it."""
    errand = session.get(FileErrand, errand_id)
    if errand is None or errand.done_at is not None:
        return False
    if errand.kind is not ErrandKind.SCAN:
        kept_for = timedelta(days=current_app.config["UPLOADS_KEPT_DAYS"])
        return sweep(session, errand_id, kept_for=kept_for, at=at)
    claimed = claim_scan(session, errand_id, at=at)
    if claimed:
        app: Flask = current_app._get_current_object()  # type: ignore[attr-defined] # noqa: SLF001 - Flask's own way to hand it on
        SCANNING.put(app, errand_id)
    return claimed


def scan_errand(errand_id: int) -> None:
    """Ask the scanner, then write what it says or that it says nothing."""
    file_id = file_to_scan(db.session(), errand_id)
    db.session.remove()
    if file_id is None:
        return
    try:
        settle = partial(settle_scan, verdict=scan(pieces_of(file_id)))
    except (ScannerAway, FileNotFoundError) as error:
        log.warning("not_scanned", file=file_id, reason=str(error))
        with transaction() as session:
            postpone_scan(session, errand_id, f"{type(error).__name__}: {error}", at=now())
        return
    with transaction() as session:
        settle(session, errand_id, at=now())
