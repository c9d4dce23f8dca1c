"""How somebody wants to be told, as typed into a form."""

from collections.abc import Mapping
from datetime import time

from app.domain.notices.model import Channel
from app.domain.notices.pacing import QuietHours
from app.domain.notices.reaching import LANGUAGES, Wishes
from app.foundation.errors import Invalid
from app.foundation.text import gettext

#: What a checked box sends.
YES = "yes"


def read_wishes(form: Mapping[str, str]) -> Wishes:
    """Check `language`, a box for each channel, `quiet_from`, `quiet_to`; raises Invalid."""
    errors: dict[str, list[str]] = {}
    channels = frozenset(one for one in Channel if form.get(f"by_{one.value}") == YES)
    if not channels:
        errors["by_email"] = [gettext("Choose at least one way to be told.")]
    language = form.get("language", "")
    if language not in LANGUAGES:
        errors["language"] = [gettext("Choose a language.")]
    begin, end = _time(form, "quiet_from", errors), _time(form, "quiet_to", errors)
    if errors:
        raise Invalid(errors=errors)
    return Wishes(language=language, channels=channels, quiet=QuietHours(begin=begin, end=end))


def _time(form: Mapping[str, str], name: str, errors: dict[str, list[str]]) -> time:
    try:
        found = time.fromisoformat(form.get(name, "").strip())
    except ValueError:
        found = None
    if found is None or found.tzinfo is not None:
        errors[name] = [gettext("Enter a time such as 21:00.")]
        return time()
    return found.replace(second=0, microsecond=0)
