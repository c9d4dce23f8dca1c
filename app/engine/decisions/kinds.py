"""Types of columns: what a value must be, and how text becomes a date.

Variables of a process are plain JSON, which has no dates: a column of type `date` reads the text
`2026-01-05` as that day. Any other value of a wrong type is refused and never passed over.
"""

from dataclasses import dataclass
from functools import cache

from app import feel

#: How the modelers write types, and what FEEL calls them.
_FEEL_NAMES = {
    "string": "string",
    "boolean": "boolean",
    "number": "number",
    "integer": "number",
    "long": "number",
    "double": "number",
    "date": "date",
    "time": "time",
    "dateTime": "date and time",
    "date and time": "date and time",
    "dayTimeDuration": "days and time duration",
    "days and time duration": "days and time duration",
    "yearMonthDuration": "years and months duration",
    "years and months duration": "years and months duration",
}
#: Types that say nothing.
_ANYTHING = ("", "any", "Any")
_WHOLE = ("integer", "long")
_FROM_TEXT = {
    "date": "date(value)",
    "time": "time(value)",
    "date and time": "date and time(value)",
    "days and time duration": "duration(value)",
    "years and months duration": "duration(value)",
}


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A type by the name FEEL gives it; `whole` numbers have no fraction."""

    name: str
    whole: bool = False

    def taken(self, value: object) -> object:
        """The value as one of this type; null stays null.

        Raises ValueError for any other, and FeelError for one too large to look at.
        """
        if value is None:
            return None
        if isinstance(value, str) and self.name in _FROM_TEXT:
            value = feel.compile(_FROM_TEXT[self.name]).evaluate({"value": value})
        if not feel.compile_unary(self._test)(value, {}):
            raise ValueError(self.name)
        return value

    @property
    def _test(self) -> str:
        whole = " and floor(?) = ?" if self.whole else ""
        return f"? instance of {self.name}{whole}"


@cache
def kind_of(written: str | None) -> Kind | None:
    """The type of that name; nothing if it says nothing. Raises KeyError for an unknown one."""
    name = (written or "").removeprefix("feel:")
    if name in _ANYTHING:
        return None
    return Kind(name=_FEEL_NAMES[name], whole=name in _WHOLE)
