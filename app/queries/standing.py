"""Where a dossier stands while nobody works on it: at events and timers in its own way."""

from datetime import UTC, datetime

from app.engine import Definition, SnapshotUnreadable, Step, look

#: Looking runs nothing, so that no moment makes a difference.
_ANY = datetime(2000, 1, 1, tzinfo=UTC)


def waiting_steps(definition: Definition, snapshot: bytes) -> tuple[Step, ...]:
    """Events, receive tasks and timers that hold a token; those that watch a step do not.

    Nothing where the stored state cannot be read: the audit tells of that.
    """
    try:
        outcome = look(definition, snapshot, now=_ANY)
    except SnapshotUnreadable:
        return ()
    found = [wait.step for wait in outcome.waiting if wait.attached_to is None]
    found += [timer.step for timer in outcome.timers if timer.attached_to is None]
    return tuple(definition.steps[step] for step in dict.fromkeys(found))
