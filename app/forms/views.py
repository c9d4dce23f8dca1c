"""The render model itself: frozen values that a template draws without working anything out."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from markupsafe import Markup

from app.forms.model import NOTHING, Kind, Moment
from app.forms.paths import element_id
from app.forms.summary import FileLink


@dataclass(frozen=True, kw_only=True)
class OptionView:
    """One choice; `chosen` when it is the answer or part of it."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class ErrorLink:
    """A line of the error summary; `href` is empty when no input of the page is at fault."""

    text: str
    href: str


@dataclass(frozen=True, kw_only=True)
class RowView:
    """One row of a list; `name` is its path, which the remove button posts."""

    name: str
    id: str
    label: str
    children: tuple["FieldView", ...]
    removable: bool
    errors: tuple[str, ...] = ()

    @property
    def error_links(self) -> tuple[ErrorLink, ...]:
        """The errors of this row; rows ask the same questions, so that each line names its row."""
        mine = [ErrorLink(text=text, href=f"#{self.id}") for text in self.errors]
        below = (link for child in self.children for link in child.error_links)
        return (*mine, *(replace(link, text=f"{self.label}: {link.text}") for link in below))


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
    #: An answer that cannot be changed is drawn as text, from `lines`.
    fixed: bool = False
    lines: tuple[str, ...] = ()
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
    def has_list(self) -> bool:
        """Whether there is a list here or below, and with it buttons of its own."""
        return self.kind == Kind.LIST or any(child.has_list for child in self.children)

    @property
    def described_by(self) -> str:
        """The ids of the hint and of the error of a list."""
        hint = [f"{self.id}-hint"] if self.hint else []
        return " ".join(hint + ([f"{self.id}-error"] if self.errors else []))

    @property
    def error_links(self) -> tuple[ErrorLink, ...]:
        """The errors here and below, in the order of the page."""
        href = "" if self.kind == "problem" else f"#{self.focus_id}"
        mine = [ErrorLink(text=text, href=href) for text in self.errors]
        inside = [link for child in self.children for link in child.error_links]
        return (*mine, *inside, *(link for row in self.list_rows for link in row.error_links))

    @property
    def next_id(self) -> str:
        """The id that the next row of a list will have."""
        return element_id(f"{self.name}[{len(self.list_rows)}]")
