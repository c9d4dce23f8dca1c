"""The render model itself: frozen values that a template draws without working anything out."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from app.forms.model import NOTHING, Kind, Moment
from app.forms.summary import FileLink


@dataclass(frozen=True, kw_only=True)
class OptionView:
    """One choice; `chosen` when it is the answer or part of it."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class RowView:
    """One row of a list; `name` is its path, which the remove button posts."""

    name: str
    id: str
    label: str
    children: tuple["FieldView", ...]
    removable: bool


@dataclass(frozen=True, kw_only=True)
class ErrorLink:
    """A line of the error summary; `href` is empty when no input of the page is at fault."""

    text: str
    href: str


@dataclass(frozen=True, kw_only=True)
class FieldView:
    """One component as a template draws it. `kind` is the form-js type, or `problem`.

    A `problem` draws nothing: it carries errors that belong to no visible input into the summary.
    """

    kind: str
    id: str
    name: str = ""
    label: str = ""
    hint: str = ""
    #: The text in the input; for dates use `parts` (day, month, year, time).
    value: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)
    moment: str = ""
    checked: bool = False
    options: tuple[OptionView, ...] = ()
    errors: tuple[str, ...] = ()
    required: bool = False
    #: Whether to say that the question may be left out.
    optional: bool = False
    fixed: bool = False
    rows: int = 5
    max_length: int | None = None
    width: str = ""
    type: str = "text"
    inputmode: str = ""
    autocomplete: str = ""
    prefix: str = ""
    suffix: str = ""
    accept: str = ""
    multiple: bool = False
    files: tuple[FileLink, ...] = ()
    content: Markup = NOTHING
    children: tuple["FieldView", ...] = ()
    list_rows: tuple[RowView, ...] = ()
    can_add: bool = False
    #: Hidden by the answers so far, but drawn because `show_when` lets the browser reveal it.
    hidden: bool = False
    #: JSON of the comparisons that show the component; see `revealing.show_when`.
    show_when: str = ""
    properties: Mapping[str, str] = field(default_factory=dict)

    @property
    def focus_id(self) -> str:
        """The id of the first thing that can take the focus."""
        if self.kind == Kind.DATETIME and self.moment != Moment.TIME:
            return f"{self.id}-day"
        return self.id

    @property
    def error_links(self) -> tuple[ErrorLink, ...]:
        """The errors here and below, in the order of the page."""
        href = "" if self.kind == "problem" else f"#{self.focus_id}"
        mine = [ErrorLink(text=text, href=href) for text in self.errors]
        for child in (*self.children, *(one for row in self.list_rows for one in row.children)):
            mine += child.error_links
        return tuple(mine)
