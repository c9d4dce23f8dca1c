"""Withdrawals for stories."""

from app.actions.withdraw_dossier import Withdrawal, withdraw_dossier
from app.domain.dossiers.status import Status
from app.foundation.actor import Actor
from app.foundation.db import transaction
from tests.support.story import Story


def withdraw(
    story: Story, *, by: str | Actor = "congdan1", reason: str = "", seen: str | None = None
) -> Status:
    """Somebody withdraws the story's dossier; gives the status it has then."""
    with story.app.app_context():
        actor = by if isinstance(by, Actor) else story.actor(by)
        with transaction() as session:
            wish = Withdrawal(reason=reason, seen=seen)
            return withdraw_dossier(session, story.code, wish, actor=actor, at=story.at).status
