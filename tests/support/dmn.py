"""A builder of small DMN files, right by default and wrong on purpose."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from tests.support.bpmn import attributes

MODEL = "https://www.omg.org/spec/DMN/20191111/MODEL/"

#: A rule: its input cells and its output cells.
Row = tuple[Sequence[str], Sequence[str]]


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column; `text` is the expression of an input or the name of an output."""

    text: str | None
    type: str | None = None
    values: str | None = None
    default: str | None = None
    label: str | None = None


def _column(given: "Column | str") -> Column:
    return given if isinstance(given, Column) else Column(text=given)


def _text(tag: str, text: str | None, **attrs: str | None) -> str:
    if text is None:
        return ""
    return f"<{tag}{attributes(**attrs)}><text>{escape(text)}</text></{tag}>\n"


class Dmn:
    """One file; every method adds something and gives the builder back."""

    def __init__(self, model: str = MODEL) -> None:
        self.model = model
        self.parts: list[str] = []

    def raw(self, xml: str) -> "Dmn":
        """Anything at all."""
        self.parts.append(xml)
        return self

    def decision(
        self,
        id_: str | None,
        logic: str,
        *,
        name: str | None = None,
        requires: Sequence[str] = (),
        variable: str | None = None,
    ) -> "Dmn":
        """A decision around raw logic."""
        drawn = "".join(
            f'<informationRequirement><requiredDecision href="#{one}"/></informationRequirement>\n'
            for one in requires
        )
        variable = f"<variable{attributes(name=variable)}/>" if variable else ""
        given = attributes(id=id_, name=name or id_)
        return self.raw(f"<decision{given}>\n{variable}{drawn}{logic}</decision>\n")

    def literal(self, id_: str, text: str, *, requires: Sequence[str] = ()) -> "Dmn":
        return self.decision(id_, _text("literalExpression", text), requires=requires)

    def table(
        self,
        id_: str = "fee",
        *,
        inputs: Sequence[Column | str] = ("amount",),
        outputs: Sequence[Column | str] = ("fee",),
        rules: Sequence[Row] = ((("-",), ("1",)),),
        policy: str | None = None,
        aggregation: str | None = None,
        requires: Sequence[str] = (),
        name: str | None = None,
        variable: str | None = None,
    ) -> "Dmn":
        columns = [_column(one) for one in inputs]
        answers = [_column(one) for one in outputs]
        logic = (
            f"<decisionTable{attributes(hitPolicy=policy, aggregation=aggregation)}>\n"
            + "".join(_input(at, column) for at, column in enumerate(columns))
            + "".join(_output(at, column) for at, column in enumerate(answers))
            + "".join(_rule(id_, number, row) for number, row in enumerate(rules, 1))
            + "</decisionTable>"
        )
        return self.decision(id_, logic, name=name, requires=requires, variable=variable)

    def xml(self, **attrs: str | None) -> bytes:
        """The file as bytes; `attrs` go to the root."""
        given = attributes(id="definitions", name="d", namespace="urn:test", **attrs)
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<definitions xmlns="{self.model}"{given}'
            ' xmlns:camunda="http://camunda.org/schema/1.0/dmn">\n'
            f"{''.join(self.parts)}</definitions>"
        ).encode()


def _input(at: int, column: Column) -> str:
    asked = _text("inputExpression", column.text, typeRef=column.type)
    label = attributes(label=column.label)
    return f"<input{label}>\n{asked}{_text('inputValues', column.values)}</input>\n"


def _output(at: int, column: Column) -> str:
    given = attributes(name=column.text, label=column.label, typeRef=column.type)
    values = _text("outputValues", column.values)
    return f"<output{given}>\n{values}{_text('defaultOutputEntry', column.default)}</output>\n"


def _rule(table: str, number: int, row: Row) -> str:
    cells = [_text("inputEntry", cell) for cell in row[0]]
    cells += [_text("outputEntry", cell) for cell in row[1]]
    return f'<rule id="{table}_rule{number}">\n{"".join(cells)}</rule>\n'
