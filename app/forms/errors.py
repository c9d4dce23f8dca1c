"""What can be wrong with a form, and with the answers given to it."""

from app.foundation.errors import Invalid
from app.foundation.text import lazy_gettext

Errors = dict[str, list[str]]


class FormUnreadable(Invalid):
    """The form file cannot be used; `errors` maps a component's key or id to its problems."""

    message = lazy_gettext("The form cannot be used: %(problems)s")

    def __init__(self, *, errors: Errors) -> None:
        lines = (f"{where}: {text}" for where, texts in errors.items() for text in texts)
        super().__init__(errors=errors, problems="; ".join(lines))


class FormInvalid(Invalid):
    """The answers do not fit the form; `errors` maps a path such as `members[0].name` to texts."""
