"""Who may choose how a result goes back, and until when."""

from app.domain.dossiers.model import Dossier
from app.domain.dossiers.status import FINISHED
from app.domain.inbox.rules import is_applicant, stands_in
from app.domain.postal.choice import ReturnChoice, ReturnMethod
from app.foundation.actor import Actor
from app.foundation.errors import Conflict
from app.foundation.text import lazy_gettext


class TooLateToChoose(Conflict):
    """The result is ready, or there will be none."""

    message = lazy_gettext(
        "How the result comes back can be chosen until it is ready. Ask the one-stop unit."
    )


class PostNotOffered(Conflict):
    """The procedure, or the province, sends no results by post."""

    message = lazy_gettext("The result of this procedure is not returned by post.")


def may_choose(dossier: Dossier, actor: Actor) -> bool:
    """Whether the choice is the actor's: the applicant's, or the counter's that stands in."""
    return is_applicant(dossier, actor) or stands_in(dossier, actor)


def ensure_still_open(dossier: Dossier) -> None:
    """Raise TooLateToChoose from status 9 on, and for what has ended."""
    if dossier.status in FINISHED:
        raise TooLateToChoose


def ensure_offered(choice: ReturnChoice, *, offered: bool) -> None:
    """Raise PostNotOffered for the post where it carries nothing; the counter is always open."""
    if choice.method is ReturnMethod.POST and not offered:
        raise PostNotOffered
