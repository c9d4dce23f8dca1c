"""Which state of a page a window shows, so that two windows never overwrite each other."""

from hashlib import sha256
from typing import Any

from app.domain.dossiers.model import Draft
from app.forms import answers_in
from app.foundation.db import canonical_json
from app.foundation.errors import Conflict
from app.foundation.text import lazy_gettext
from app.web.portal.places import Place


class CheckedSomethingElse(Conflict):
    """What would be sent is not what its writer has checked."""

    message = lazy_gettext(
        "The draft was changed in another window meanwhile, and nothing was sent. This is what it "
        "says now: check it again, then send it."
    )


def revision_of(draft: Draft, place: Place) -> str:
    """The name of the state in which the answers of that page are.

    Pages of a long form do not disturb each other, and going back to one that was saved before is
    no second window.
    """
    return _named(draft.applicant if place.applicant else None, answers_in(place.part, draft.data))


def revision_of_all(draft: Draft) -> str:
    """The name of the state of everything that would be sent."""
    return _named(draft.applicant, draft.data, draft.result_return)


def is_outdated(draft: Draft, place: Place, seen: str | None) -> bool:
    """Whether the page was changed since it was made; one that names no state is believed."""
    return bool(seen) and seen != revision_of(draft, place)


def ensure_checked(draft: Draft, seen: str | None) -> None:
    """Raise CheckedSomethingElse unless the writer was shown what is in the draft now."""
    if draft.dossier_id is None and seen and seen != revision_of_all(draft):
        raise CheckedSomethingElse


def _named(*told: Any) -> str:
    return sha256(canonical_json(told)).hexdigest()[:32]
