"""`/letters`: letters of apology with a new date, and deciding about one."""

from typing import Any

from app.actions.decide_apology import approve_apology, reject_apology
from app.api.auth import authenticated
from app.api.documentation import Room
from app.api.reads.letters import letter_told, letters_waiting
from app.api.v1.schemas.letters import (
    DecisionSchema,
    LetterListSchema,
    LetterSchema,
    RejectionSchema,
)
from app.domain.apologies.rules import Decision
from app.foundation.actor import Actor
from app.foundation.clock import now
from app.foundation.db import db, transaction

room = Room("letters", "Letters of apology with a new date.")


@room.route("")
@authenticated
@room.problems()
@room.response(200, LetterListSchema)
def list_letters(actor: Actor) -> dict[str, Any]:
    """Drafts that wait for the caller's decision, the nearest date first."""
    return {"items": letters_waiting(db.session(), actor)}


@room.route("/<code:code>")
@authenticated
@room.problems()
@room.response(200, LetterSchema)
def read_letter(actor: Actor, code: str) -> dict[str, Any]:
    """The newest letter of a dossier; applicants read it once it is sent."""
    return letter_told(db.session(), code, actor)


@room.route("/<code:code>/approve", methods=["POST"])
@authenticated
@room.problems(400, 403, 409, 413, 415, 422)
@room.arguments(DecisionSchema)
@room.response(200, LetterSchema)
def approve(actor: Actor, body: dict[str, Any], code: str) -> dict[str, Any]:
    """Send the letter: the new date is in force. Somebody else must have written it."""
    with transaction() as session:
        approve_apology(session, code, Decision(**body), actor=actor, at=now())
    return letter_told(db.session(), code, actor)


@room.route("/<code:code>/reject", methods=["POST"])
@authenticated
@room.problems(400, 403, 409, 413, 415, 422)
@room.arguments(RejectionSchema)
@room.response(200, LetterSchema)
def reject(actor: Actor, body: dict[str, Any], code: str) -> dict[str, Any]:
    """Keep the old date, and say why."""
    with transaction() as session:
        reject_apology(session, code, body["reason"], actor=actor, at=now())
    return letter_told(db.session(), code, actor)
