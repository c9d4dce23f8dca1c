"""What the virus scanner says of a file, and what follows from it.

The scanner is asked outside of any transaction: a slow one makes nobody wait.
"""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.casework import Casework, open_dossier
from app.actions.record import record
from app.actions.store_file import promise
from app.domain.documents.model import ScanState, StoredFile
from app.domain.documents.uploads import ErrandKind, FileErrand
from app.domain.journal.events import Event
from app.foundation.actor import SYSTEM
from app.foundation.appointments import comes_due
from app.foundation.scanner import Verdict
from app.queries.file_pages import is_for_applicant

#: Whoever has claimed an errand and says nothing for so long has died.
CLAIM = timedelta(minutes=10)
#: So often a scan may fail before the file counts as one that could not be scanned; it is tried on.
PATIENCE = 4
#: After a failure the next attempt waits 2, 4, 8, … seconds, and never longer than this.
MAX_DELAY = timedelta(minutes=15)
#: Somebody is just at the dossier.
SOON = timedelta(seconds=1)


def claim_scan(session: Session, errand_id: int, *, at: datetime) -> bool:
    """Take the errand upon oneself for a while; False when somebody else has it."""
    errand = _errand(session, errand_id)
    if errand is None or errand.available_at > at:
        return False
    _wait(session, errand, at + CLAIM)
    return True


def file_to_scan(session: Session, errand_id: int) -> str | None:
    """The file of an errand that is still to be done; None when it is gone, which settles it."""
    wanted = (
        select(StoredFile.id)
        .join(FileErrand, FileErrand.subject == StoredFile.id)
        .where(FileErrand.id == errand_id, FileErrand.done_at.is_(None))
    )
    return session.scalar(wanted)


def settle_scan(session: Session, errand_id: int, verdict: Verdict, *, at: datetime) -> bool:
    """Write the verdict; False when it was written before, or somebody is at the dossier.

    The journal of a dossier tells of a file that is put into quarantine, and of one let out again.
    """
    errand = _errand(session, errand_id)
    if errand is None:
        return False
    dossier_id = session.scalar(
        select(StoredFile.dossier_id).where(StoredFile.id == errand.subject)
    )
    # The dossier's lock comes first, as in every verb.
    work = open_dossier(session, dossier_id, at, skip_locked=True) if dossier_id else None
    file = _file(session, errand.subject)
    if file is None:
        errand.done_at = at
    elif file.dossier_id is not None and work is None:
        _wait(session, errand, at + SOON)
        return False
    else:
        _write(session, file, verdict, work, at)
        errand.done_at = at
    session.flush()
    return True


def postpone_scan(session: Session, errand_id: int, reason: str, *, at: datetime) -> int:
    """Note that there was no verdict, and try later; returns how often that happened by now.

    Nothing is let pass meanwhile: a file that could not be scanned is not a clean one.
    """
    errand = _errand(session, errand_id)
    if errand is None:
        return 0
    errand.attempts += 1
    errand.last_error = reason[:400]
    _wait(session, errand, at + min(MAX_DELAY, timedelta(seconds=2.0 ** min(errand.attempts, 12))))
    file = _file(session, errand.subject)
    if file and errand.attempts >= PATIENCE and file.scan is ScanState.PENDING:
        file.scan = ScanState.UNSCANNED
        session.flush()
    return errand.attempts


def ask_for_scan(session: Session, file: StoredFile, *, at: datetime) -> None:
    """Have a file looked at again; what was found stays found until the scanner says otherwise."""
    waiting = session.scalars(
        select(FileErrand)
        .where(FileErrand.subject == file.id, FileErrand.kind == ErrandKind.SCAN)
        .where(FileErrand.done_at.is_(None))
        .with_for_update()
    ).first()
    if waiting is None:
        promise(session, ErrandKind.SCAN, file.id, at)
    else:
        waiting.attempts = 0
        _wait(session, waiting, at)
    if file.scan is ScanState.UNSCANNED:
        file.scan = ScanState.PENDING
    session.flush()


def _write(
    session: Session, file: StoredFile, verdict: Verdict, work: Casework | None, at: datetime
) -> None:
    was, found = file.scan, verdict.threat is not None
    file.scan = ScanState.INFECTED if found else ScanState.CLEAN
    file.scanned_at, file.scanner, file.threat = at, verdict.scanner, verdict.threat
    session.flush()
    if work is None or found == (was is ScanState.INFECTED):
        return
    told: dict[str, object] = {"file": file.id, "scanner": verdict.scanner}
    event = Event.FILE_RELEASED
    if found:
        event = Event.FILE_QUARANTINED
        handed_in = is_for_applicant(file, work.dossier) and not file.is_result
        told |= {"threat": verdict.threat or "", "handed_in": handed_in}
    record(session, work, event, told, actor=SYSTEM, seat=None, at=at)


def _errand(session: Session, errand_id: int) -> FileErrand | None:
    """The errand, locked, unless it is done or somebody else is at it."""
    return session.scalar(
        select(FileErrand)
        .where(FileErrand.id == errand_id, FileErrand.done_at.is_(None))
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )


def _file(session: Session, file_id: str) -> StoredFile | None:
    return session.scalar(
        select(StoredFile)
        .where(StoredFile.id == file_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def _wait(session: Session, errand: FileErrand, until: datetime) -> None:
    errand.available_at = until
    comes_due(session, until)
    session.flush()
