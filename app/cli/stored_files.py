"""`files`: what the virus scanner says of stored files, and having it look again."""

from collections.abc import Sequence

import click
from flask.cli import with_appcontext
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.actions.scan_file import ask_for_scan
from app.cli.codes import dossier_number
from app.domain.documents.model import ScanState, StoredFile
from app.domain.documents.uploads import ErrandKind, FileErrand
from app.foundation.clock import now
from app.foundation.db import db, transaction
from app.foundation.errors import Conflict
from app.foundation.scanner import ScannerAway, scanner_version, scanner_wanted, unscanned_pass
from app.foundation.text import lazy_gettext

#: Files asked for in one transaction, so that nobody waits long for the database.
BATCH = 500

group = click.Group("files", help="Scan stored files for viruses.")


class NoScanner(Conflict):
    """There is nobody to scan them."""

    message = lazy_gettext("No virus scanner is configured: set CLAMD to its address first.")


@group.command("rescan")
@click.option("--all", "every", is_flag=True, help="Every file, whatever was found before.")
@click.option("--dossier", "code", help="Only the files of this dossier, whatever was found.")
@with_appcontext
def rescan(*, every: bool, code: str | None) -> None:
    """Have files scanned again: those that are not scanned yet, unless told otherwise.

    The running scheduler does it, one file after the other. After new signatures have come,
    `--all` finds what was not known before and lets out what was wrongly held.
    """
    if not scanner_wanted():
        raise NoScanner
    dossier = None if code is None else dossier_number(db.session(), code)
    last, asked = "", 0
    while batch := _batch(db.session(), last, dossier, every=every):
        with transaction() as session:
            for file_id in batch:
                ask_for_scan(session, session.get_one(StoredFile, file_id), at=now())
        last, asked = batch[-1], asked + len(batch)
    click.echo(f"{asked} files will be scanned")


@group.command("status")
@with_appcontext
def status() -> None:
    """Count files by what the scanner says, and say whether it answers."""
    session = db.session()
    counted = dict(
        session.execute(select(StoredFile.scan, func.count()).group_by(StoredFile.scan)).all()
    )
    for state in ScanState:
        click.echo(f"{state.value:<10} {counted.get(state, 0)}")
    waiting = select(func.count(), func.max(FileErrand.last_error)).where(
        FileErrand.done_at.is_(None), FileErrand.kind == ErrandKind.SCAN
    )
    count, trouble = session.execute(waiting).one()
    click.echo(f"waiting    {count}" + (f" (last trouble: {trouble})" if trouble else ""))
    click.echo(f"scanner    {_scanner()}")


def _scanner() -> str:
    if unscanned_pass():
        return "none, by choice: files that are not scanned can be fetched"
    if not scanner_wanted():
        return "none: files that are not scanned cannot be fetched"
    try:
        return scanner_version()
    except ScannerAway as error:
        return f"does not answer ({error})"


def _batch(session: Session, after: str, dossier: int | None, *, every: bool) -> Sequence[str]:
    wanted = select(StoredFile.id).where(StoredFile.id > after).order_by(StoredFile.id)
    if dossier is not None:
        wanted = wanted.where(StoredFile.dossier_id == dossier)
    elif not every:
        wanted = wanted.where(StoredFile.scan.in_([ScanState.UNSCANNED, ScanState.PENDING]))
    return session.scalars(wanted.limit(BATCH)).all()
