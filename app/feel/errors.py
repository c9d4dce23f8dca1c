"""What is said about an expression that cannot be read or worked out."""

from app.foundation.errors import Invalid
from app.foundation.text import LazyString, lazy_gettext


class FeelError(Invalid):
    """An expression that cannot be read.

    Facts: `expression`, `line` and `column` (from 1; None where no place can be named), `hint`.
    """

    message = lazy_gettext(
        "The expression cannot be read (line %(line)s, column %(column)s). %(hint)s"
    )

    def __init__(
        self,
        *,
        expression: str,
        hint: LazyString | str,
        line: int | None = None,
        column: int | None = None,
    ) -> None:
        super().__init__(expression=expression, line=line, column=column, hint=hint)


class FeelStopped(FeelError):
    """An expression that was read but whose evaluation had to be stopped."""

    message = lazy_gettext("The expression cannot be worked out. %(hint)s")
