"""A decision file as written: tables and expressions, still unjudged and free of XML."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Text:
    """A piece of FEEL, with the language it claims to be in."""

    id: str | None
    text: str
    line: int | None
    language: str | None = None


@dataclass(frozen=True, kw_only=True)
class InputText:
    """A column that asks: `expression` is what the cells below it judge."""

    id: str | None
    label: str
    line: int | None
    expression: Text | None
    type: str | None
    values: Text | None
    #: A name other engines give to the value a cell judges; here it is `?`.
    renamed: str | None = None


@dataclass(frozen=True, kw_only=True)
class OutputText:
    """A column that answers."""

    id: str | None
    name: str
    label: str
    line: int | None
    type: str | None
    values: Text | None
    default: Text | None


@dataclass(frozen=True, kw_only=True)
class RuleText:
    """One row."""

    id: str | None
    line: int | None
    inputs: tuple[Text, ...]
    outputs: tuple[Text, ...]


@dataclass(frozen=True, kw_only=True)
class TableText:
    """A decision table."""

    id: str | None
    line: int | None
    policy: str
    aggregation: str | None
    inputs: tuple[InputText, ...]
    outputs: tuple[OutputText, ...]
    rules: tuple[RuleText, ...]


@dataclass(frozen=True, kw_only=True)
class DecisionText:
    """One decision; `requires` are the ids of the decisions whose results it reads."""

    id: str | None
    name: str
    line: int | None
    #: Name of its result for the decisions that require it.
    variable: str
    requires: tuple[str, ...]
    logic: TableText | Text | None
    #: Parts that another engine would act on and we would not.
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TypeText:
    """A type of the file: another name for a simple type, perhaps with allowed values.

    `type` is nothing for lists and structures, which no column can have here.
    """

    type: str | None
    values: Text | None


@dataclass(frozen=True, kw_only=True)
class Element:
    """Anything with an id, for messages about it."""

    id: str | None
    tag: str
    name: str
    line: int | None


@dataclass(frozen=True, kw_only=True)
class FileText:
    """All of a file."""

    decisions: tuple[DecisionText, ...]
    types: Mapping[str, TypeText] = field(default_factory=dict)
    #: Everything that bears an id, in the order of the file.
    elements: tuple[Element, ...] = ()
    #: Elements of the file that we would have to ignore.
    unread: tuple[Element, ...] = ()


def texts_of(decision: DecisionText) -> Iterator[Text]:
    """Every piece of FEEL in a decision."""
    logic = decision.logic
    if isinstance(logic, Text):
        yield logic
    elif logic is not None:
        for asked in logic.inputs:
            yield from filter(None, (asked.expression, asked.values))
        for answer in logic.outputs:
            yield from filter(None, (answer.values, answer.default))
        for rule in logic.rules:
            yield from (*rule.inputs, *rule.outputs)
