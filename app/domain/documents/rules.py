"""Who may fetch a file: nothing that is not clean reaches anybody but whoever handed it in."""

from app.domain.documents.model import ScanState, StoredFile
from app.foundation.actor import Actor
from app.foundation.errors import Conflict, NotAllowed
from app.foundation.text import lazy_gettext


class FileInQuarantine(NotAllowed):
    """The scanner has found something in it."""

    message = lazy_gettext(
        "The file “%(name)s” contains malicious software (%(threat)s). It is in quarantine and "
        "cannot be opened. Ask for another copy."
    )


class FileAwaitsScan(Conflict):
    """The scanner has not looked yet."""

    message = lazy_gettext(
        "The file “%(name)s” is being checked for viruses. Try again in a moment."
    )


class FileNotScanned(NotAllowed):
    """The scanner could not look, and this installation lets nothing pass unseen."""

    message = lazy_gettext(
        "The file “%(name)s” could not be checked for viruses yet, so that it cannot be opened. "
        "The check is tried again; tell whoever runs the platform if this lasts."
    )


def is_own(file: StoredFile, actor: Actor) -> bool:
    """Whether the actor has handed it in himself; all visitors who may read it are one."""
    return file.uploaded_by_id == actor.person_id


def ensure_fetchable(file: StoredFile, actor: Actor, *, unscanned_pass: bool) -> None:
    """Raise FileInQuarantine, FileAwaitsScan or FileNotScanned.

    `unscanned_pass` is an installation's declared choice to work without a scanner.
    """
    if file.scan is ScanState.INFECTED:
        raise FileInQuarantine(name=file.name, threat=file.threat or "")
    if file.scan is ScanState.CLEAN or is_own(file, actor):
        return
    if file.scan is ScanState.PENDING:
        raise FileAwaitsScan(name=file.name)
    if not unscanned_pass:
        raise FileNotScanned(name=file.name)


def is_fetchable(file: StoredFile, actor: Actor, *, unscanned_pass: bool) -> bool:
    """Whether the actor, who may read the file, can fetch it now."""
    try:
        ensure_fetchable(file, actor, unscanned_pass=unscanned_pass)
    except (NotAllowed, Conflict):
        return False
    return True
