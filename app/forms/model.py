"""A form as the house knows it: frozen, checked once, shared by every request."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from re import Pattern
from typing import Any

from markupsafe import Markup

from app.feel import Compiled

Tree = dict[str, "Tree | Field"]


NOTHING = Markup()


class Kind(StrEnum):
    """The form-js component types that are understood; `button` is read and left out."""

    TEXT = "text"  # words between the questions
    SEPARATOR = "separator"
    SPACER = "spacer"
    GROUP = "group"
    LIST = "dynamiclist"
    TEXTFIELD = "textfield"
    TEXTAREA = "textarea"
    NUMBER = "number"
    DATETIME = "datetime"
    CHECKBOX = "checkbox"
    CHECKLIST = "checklist"
    TAGLIST = "taglist"
    RADIO = "radio"
    SELECT = "select"
    FILES = "filepicker"


INPUTS = frozenset(Kind) - {Kind.TEXT, Kind.SEPARATOR, Kind.SPACER, Kind.GROUP}
MANY = frozenset({Kind.CHECKLIST, Kind.TAGLIST, Kind.FILES, Kind.LIST})
CHOICES = frozenset({Kind.CHECKLIST, Kind.TAGLIST, Kind.RADIO, Kind.SELECT})


class Moment(StrEnum):
    """The `subtype` of a datetime component: what part of a moment is asked for."""

    DATE = "date"
    TIME = "time"
    DATETIME = "datetime"


@dataclass(frozen=True, kw_only=True)
class Option:
    """One static choice."""

    value: str
    label: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Condition:
    """A FEEL expression that hides its component when it is exactly true."""

    source: str
    compiled: Compiled


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What an answer must fulfil; None means no such rule."""

    required: bool = False
    min_length: int | None = None
    max_length: int = 2000
    pattern: Pattern[str] | None = None
    #: What a person is told when the pattern does not match.
    pattern_hint: str = ""
    #: `email`, `phone` or empty.
    format: str = ""
    minimum: float | None = None
    maximum: float | None = None
    decimals: int | None = None
    increment: float | None = None
    min_items: int = 0
    max_items: int | None = None
    #: ISO date or `today`, for dates only.
    earliest: str = ""
    latest: str = ""


class Scope:
    """Something that holds components: the form itself, a group, or one row of a list."""

    components: tuple["Field", ...]

    @cached_property
    def inputs(self) -> tuple["Field", ...]:
        """Every component here that takes an answer; those of groups too, those of lists not."""
        return tuple(_inputs(self.components))

    @cached_property
    def tree(self) -> Tree:
        """The inputs by the segments of their path."""
        tree: Tree = {}
        for item in self.inputs:
            *folders, last = item.path
            place = tree
            for folder in folders:
                inner = place.setdefault(folder, {})
                place = inner if isinstance(inner, dict) else {}
            place.setdefault(last, item)
        return tree


@dataclass(frozen=True, kw_only=True, eq=False)
class Field(Scope):
    """One component. `path` is absolute inside its scope and empty when it takes no answer."""

    kind: Kind
    id: str
    label: str = ""
    hint: str = ""
    path: tuple[str, ...] = ()
    components: tuple["Field", ...] = ()
    hide: Condition | None = None
    rules: Rules = field(default_factory=Rules)
    options: tuple[Option, ...] = ()
    default: Any = None
    disabled: bool = False
    readonly: bool = False
    #: The custom properties of the component, carried along as texts.
    properties: Mapping[str, str] = field(default_factory=dict)
    #: Safe HTML of a text component.
    content: Markup = NOTHING
    moment: Moment = Moment.DATE
    #: Whether a time carries its offset (`+07:00`).
    offset: bool = False
    accept: str = ""
    multiple: bool = False
    #: Whether people may add and remove rows.
    growable: bool = True
    #: Rows shown before anything was entered.
    repetitions: int = 1
    prefix: str = ""
    suffix: str = ""

    @property
    def name(self) -> str:
        """The dotted path inside the scope, for example `owner.name`."""
        return ".".join(self.path)

    @property
    def fixed(self) -> bool:
        """Whether people cannot change the answer."""
        return self.disabled or self.readonly


@dataclass(frozen=True, kw_only=True, eq=False)
class FormDefinition(Scope):
    """A form that was read and checked; `digest` is the SHA-256 of the file it came from."""

    id: str
    title: str | None
    components: tuple[Field, ...]
    digest: str

    @cached_property
    def keys(self) -> frozenset[str]:
        """Every path that may be answered; rows of a list are written `members[].name`."""
        return frozenset(path for path, _ in _paths(self, ""))

    @cached_property
    def file_fields(self) -> Mapping[str, Field]:
        """The questions whose answers are files, by path; rows of a list are `members[].photo`."""
        return {path: item for path, item in _paths(self, "") if item.kind is Kind.FILES}

    @cached_property
    def file_keys(self) -> frozenset[str]:
        """The paths whose answers are files."""
        return frozenset(self.file_fields)


def _inputs(components: tuple[Field, ...]) -> Iterator[Field]:
    for item in components:
        if item.kind is Kind.GROUP:
            yield from _inputs(item.components)
        elif item.kind in INPUTS:
            yield item


def _paths(scope: Scope, prefix: str) -> Iterator[tuple[str, Field]]:
    for item in scope.inputs:
        yield prefix + item.name, item
        if item.kind is Kind.LIST:
            yield from _paths(item, f"{prefix}{item.name}[].")
