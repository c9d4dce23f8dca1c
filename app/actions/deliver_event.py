"""Tell a dossier that something has happened outside: a message or signal its diagram waits for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.advance import advance
from app.actions.casework import Casework
from app.actions.dossier_at_work import dossier_at_work
from app.actions.incidents import diagram_runs
from app.actions.repeats import KeyUsedForSomethingElse, fingerprint
from app.domain.journal.events import Event
from app.domain.journal.model import JournalEntry
from app.engine import EventWait, NobodyWaits, deliver, event_of, routing, waiting
from app.engine.variables import is_flat
from app.foundation.actor import Actor
from app.foundation.db import canonical_json
from app.foundation.errors import Invalid
from app.foundation.text import gettext

#: The officer's reason in the record, beside what the event brings.
REASON = "event_reason"
#: Characters of a reason, and bytes of a value: what is longer is a paper, which comes with a form.
LONGEST = 2000


@dataclass(frozen=True, kw_only=True)
class Told:
    """What has happened outside."""

    #: message or signal.
    kind: str
    #: The name in the diagram.
    name: str
    #: What it brings, by the names that the diagram lists where it waits.
    variables: Mapping[str, Any] = field(default_factory=dict)
    #: In the words of whoever tells it.
    reason: str = ""


def deliver_event(
    session: Session,
    code: str,
    told: Told,
    *,
    actor: Actor,
    at: datetime,
    key: str | None = None,
) -> dict[str, Any]:
    """Deliver it, and say what it led to.

    A message is taken by one step, a signal by all that wait for it. A repeat with the same
    idempotency `key` by the same person gets the first answer again. Raises UnknownDossier,
    NotAtWorkHere, NobodyWaits, KeyUsedForSomethingElse, DiagramFails, and Invalid for
    variables that the diagram does not list.
    """
    _ensure_plain(told)
    found = dossier_at_work(session, code, actor=actor, at=at)
    work = found.work
    digest = fingerprint(told.kind, told.name, dict(told.variables), told.reason).hex()
    if key and (first := _told_before(session, work.dossier.id, actor, key, digest)):
        return _answer(work, first)
    waits = _waits(work, told)
    _ensure_listed(told, waits)
    variables = dict(routing(work.definition, told.variables))
    payload = {
        "kind": told.kind,
        "name": told.name,
        "step": waits[0].step,
        "variables": variables,
        "data": dict(told.variables) | ({REASON: told.reason} if told.reason else {}),
        "key": key,
        "request": digest,
    }
    with diagram_runs(work.definition, dossier_id=work.dossier.id, at=at):
        outcome = deliver(
            work.definition,
            work.process.snapshot,
            event_of(told.kind, told.name),
            variables,
            now=at,
            calendar=work.counting,
        )
        advance(
            session,
            work,
            outcome,
            event=Event.MESSAGE_DELIVERED,
            told=payload,
            actor=actor,
            seat=found.seat,
            at=at,
        )
    session.flush()
    return _answer(work, payload | {"status": int(work.dossier.status)})


def _told_before(
    session: Session, dossier_id: int, actor: Actor, key: str, digest: str
) -> Mapping[str, Any] | None:
    """What this key delivered before; raises KeyUsedForSomethingElse."""
    earlier = session.scalars(
        select(JournalEntry.payload).where(
            JournalEntry.dossier_id == dossier_id,
            JournalEntry.event == Event.MESSAGE_DELIVERED,
            JournalEntry.actor_id == actor.person_id,
        )
    )
    first = next((one for one in earlier if one and one["key"] == key), None)
    if first and first["request"] != digest:
        raise KeyUsedForSomethingElse
    return first


def _waits(work: Casework, told: Told) -> Sequence[EventWait]:
    """Who takes it; raises NobodyWaits."""
    found = [
        one
        for one in waiting(work.definition, work.process.snapshot)
        if (one.kind, one.event) == (told.kind, told.name)
    ]
    if not found:
        raise NobodyWaits(event=told.name)
    return found[:1] if told.kind == "message" else found


def _ensure_plain(told: Told) -> None:
    """Raise Invalid for what no process and no record can hold."""
    errors = {
        f"variables.{name}": [gettext("Send a text, a number, true or false, or a list of these.")]
        for name, value in told.variables.items()
        if not is_flat(value) or len(canonical_json(value)) > LONGEST
    }
    if len(told.reason) > LONGEST:
        errors["reason"] = [gettext("At most %(most)s characters.", most=LONGEST)]
    if errors:
        raise Invalid(errors=errors)


def _ensure_listed(told: Told, waits: Sequence[EventWait]) -> None:
    """Only what the diagram lists may come from outside: the rest belongs to people's forms."""
    listed = {name for wait in waits for name in wait.variables}
    if odd := told.variables.keys() - listed:
        text = gettext("The diagram does not expect this here.")
        raise Invalid(errors={f"variables.{name}": [text] for name in sorted(odd)})


def _answer(work: Casework, told: Mapping[str, Any]) -> dict[str, Any]:
    """What it led to; a repeat is told the same."""
    return {
        "code": work.dossier.code,
        "kind": told["kind"],
        "name": told["name"],
        "step": told["step"],
        "status": told["status"],
    }
