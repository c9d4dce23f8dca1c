"""What an import changed, in words for the analyst who has to answer for the result."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from app.engine.problems import Text

#: Longest text of a file that is quoted, in characters.
LONGEST_QUOTE = 300


class Level(Enum):
    """How closely an analyst should look at a change."""

    #: Says the same as before, in our words.
    INFO = "info"
    #: Something was decided or left out that the analyst should confirm.
    WARNING = "warning"
    #: Could not be translated; it stays as it was, and the analyst has to decide.
    ERROR = "error"


@dataclass(frozen=True, kw_only=True)
class Change:
    """One change; `code` is stable. `before` and `after` quote the file, nothing means absent."""

    code: str
    level: Level
    #: Whether the file was changed; otherwise this only tells of something that stays.
    made: bool
    element_id: str | None
    element_name: str | None
    before: str | None
    after: str | None
    message: Text

    def as_dict(self) -> dict[str, str | bool | None]:
        """The change as plain JSON, translated now."""
        return {
            "code": self.code,
            "level": self.level.value,
            "made": self.made,
            "element_id": self.element_id,
            "element_name": self.element_name,
            "before": self.before,
            "after": self.after,
            "message": str(self.message),
        }


class Changes:
    """The list that the passes of an import write to."""

    def __init__(self) -> None:
        self._changes: list[Change] = []

    def __iter__(self) -> Iterator[Change]:
        return iter(self._changes)

    def info(
        self,
        code: str,
        element: Any,
        message: Text,
        *,
        before: str | None = None,
        after: str | None = None,
    ) -> None:
        """It says the same as before."""
        self._add(Level.INFO, code, element, message, (before, after))

    def warning(
        self,
        code: str,
        element: Any,
        message: Text,
        *,
        before: str | None = None,
        after: str | None = None,
    ) -> None:
        """The analyst should confirm it."""
        self._add(Level.WARNING, code, element, message, (before, after))

    def remark(self, code: str, element: Any, message: Text, *, before: str) -> None:
        """It stays as it is, and the analyst should know."""
        self._add(Level.WARNING, code, element, message, (before, None), made=False)

    def error(self, code: str, element: Any, message: Text, *, before: str | None) -> None:
        """It was not changed, and cannot stay as it is."""
        self._add(Level.ERROR, code, element, message, (before, None), made=False)

    @property
    def made(self) -> bool:
        """Whether anything was changed at all."""
        return any(change.made for change in self._changes)

    def _add(
        self,
        level: Level,
        code: str,
        element: Any,
        message: Text,
        quotes: tuple[str | None, str | None],
        *,
        made: bool = True,
    ) -> None:
        before, after = quotes
        self._changes.append(
            Change(
                code=code,
                level=level,
                made=made,
                element_id=None if element is None else element.get("id"),
                element_name=_name(element),
                before=_quoted(before),
                after=_quoted(after),
                message=message,
            )
        )


def _name(element: Any) -> str | None:
    return None if element is None else " ".join(element.get("name", "").split()) or None


def _quoted(text: str | None) -> str | None:
    if text is None or len(text) <= LONGEST_QUOTE:
        return text
    return text[: LONGEST_QUOTE - 1] + "…"
