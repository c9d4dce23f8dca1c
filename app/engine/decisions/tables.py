"""From a table as written to one that runs, with a note about everything that is wrong with it."""

from collections import Counter
from enum import Enum
from typing import TypeVar

from app import feel
from app.engine.decisions.cells import Cells, Column
from app.engine.decisions.evaluating import fitting
from app.engine.decisions.model import Aggregator, Input, Output, Policy, Rule, Table
from app.engine.decisions.notes import Spot
from app.engine.decisions.written import InputText, OutputText, RuleText, TableText, Text
from app.foundation.text import lazy_gettext

_E = TypeVar("_E", bound=Enum)


def build_table(written: TableText, cells: Cells) -> Table:
    """The table, compiled. What could not be read is noted and replaced by something harmless."""
    return _Builder(written, cells).table()


class _Builder:
    """Builds one table."""

    def __init__(self, written: TableText, cells: Cells) -> None:
        self.written = written
        self.cells = cells
        self.notes = cells.notes
        self.whole = cells.spot(written.id, written.line)

    def table(self) -> Table:
        policy = self._one_of(Policy, self.written.policy, Policy.UNIQUE, "table.policy-unknown")
        aggregator = self._aggregator(policy)
        inputs = tuple(self._input(column) for column in self.written.inputs)
        outputs = tuple(self._output(column, policy) for column in self.written.outputs)
        self._sizes()
        self._names()
        self._ranking(policy, outputs)
        return Table(
            policy=policy,
            aggregator=aggregator,
            inputs=inputs,
            outputs=outputs,
            rules=tuple(
                self._rule(number, rule, inputs, outputs)
                for number, rule in enumerate(self.written.rules, start=1)
                if self._is_complete(number, rule)
            ),
        )

    def _one_of(self, kind: type[_E], text: str, otherwise: _E, code: str) -> _E:
        try:
            return kind(text)
        except ValueError:
            known = ", ".join(member.value for member in kind)
            self.notes.error(
                code,
                self.whole,
                lazy_gettext("There is no hit policy or aggregation “%(text)s”.", text=text[:60]),
                lazy_gettext("Choose one of these: %(known)s.", known=known),
            )
            return otherwise

    def _aggregator(self, policy: Policy) -> Aggregator | None:
        text = self.written.aggregation
        if not text:
            return None
        if policy is not Policy.COLLECT:
            self.notes.error(
                "table.aggregation-misplaced",
                self.whole,
                lazy_gettext("The aggregation “%(text)s” would be ignored.", text=text[:60]),
                lazy_gettext("Only the hit policy COLLECT aggregates."),
            )
        elif len(self.written.outputs) > 1:
            self.notes.error(
                "table.aggregation-several",
                self.whole,
                lazy_gettext("Several outputs cannot be aggregated to one value."),
                lazy_gettext("Use one table for each output."),
            )
        return self._one_of(Aggregator, text, Aggregator.SUM, "table.aggregation-unknown")

    def _input(self, written: InputText) -> Input:
        spot = self.cells.spot(written.id, written.line, column=written.label)
        if written.renamed:
            self.notes.error(
                "input.renamed",
                spot,
                lazy_gettext(
                    "The input variable “%(name)s” would be ignored.", name=written.renamed[:60]
                ),
                lazy_gettext("Remove it; in a cell the value is called “?”."),
            )
        column = self.cells.column(written.label, written.type, written.values, spot)
        expression = written.expression or Text(id=written.id, text="", line=written.line)
        return Input(
            label=written.label,
            expression=self.cells.value(expression, spot),
            kind=column.kind,
            allowed=column.allowed,
        )

    def _output(self, written: OutputText, policy: Policy) -> Output:
        spot = self.cells.spot(written.id, written.line, column=written.label)
        column = self.cells.column(written.label, written.type, written.values, spot)
        ranking = self.cells.listed(column, spot) if policy.ranks and column.values else ()
        default = written.default
        bare = Output(
            name=written.name,
            label=written.label,
            kind=column.kind,
            allowed=column.allowed,
            ranking=_typed(column, ranking),
        )
        if default is None or not default.text:
            return bare
        spot = self.cells.at(default, column=written.label)
        compiled = self.cells.value(default, spot)
        self._constant(bare, compiled, spot)
        return Output(**(vars(bare) | {"default": compiled}))

    def _sizes(self) -> None:
        for code, missing, message in (
            ("table.no-output", not self.written.outputs, lazy_gettext("The table has no output.")),
            ("table.no-rule", not self.written.rules, lazy_gettext("The table has no rule.")),
        ):
            if missing:
                hint = lazy_gettext("Complete the table, or delete it.")
                self.notes.error(code, self.whole, message, hint)

    def _names(self) -> None:
        if len(self.written.outputs) < 2:
            return
        counts = Counter(column.name for column in self.written.outputs)
        for column in self.written.outputs:
            if not column.name or counts[column.name] > 1:
                self.notes.error(
                    "output.name",
                    self.cells.spot(column.id, column.line, column=column.label),
                    lazy_gettext("Each of several outputs needs a name of its own."),
                    lazy_gettext("Name the output as its value will be called in the process."),
                )

    def _ranking(self, policy: Policy, outputs: tuple[Output, ...]) -> None:
        if policy.ranks and outputs and not any(column.allowed for column in outputs):
            self.notes.error(
                "output.no-values",
                self.whole,
                lazy_gettext(
                    "The hit policy %(policy)s needs the output values in their order.",
                    policy=policy.value,
                ),
                lazy_gettext('List them, the most important first, for example: "high", "low"'),
            )

    def _is_complete(self, number: int, rule: RuleText) -> bool:
        wanted = (len(self.written.inputs), len(self.written.outputs))
        if (len(rule.inputs), len(rule.outputs)) == wanted:
            return True
        self.notes.error(
            "rule.cell-count",
            self.cells.spot(rule.id, rule.line, number),
            lazy_gettext("Rule %(rule)s does not have one cell for each column.", rule=number),
            lazy_gettext("Delete the rule and enter it again."),
        )
        return False

    def _rule(
        self, number: int, rule: RuleText, inputs: tuple[Input, ...], outputs: tuple[Output, ...]
    ) -> Rule:
        return Rule(
            number=number,
            id=rule.id,
            line=rule.line,
            tests=tuple(
                self._test(column, cell, self.cells.at(cell, number, column.label))
                for column, cell in zip(inputs, rule.inputs, strict=True)
            ),
            outputs=tuple(
                self._answer(column, cell, self.cells.at(cell, number, column.label))
                for column, cell in zip(outputs, rule.outputs, strict=True)
            ),
        )

    def _test(self, column: Input, cell: Text, spot: Spot) -> feel.UnaryTests:
        test = self.cells.tests(cell, spot)
        if column.kind and column.kind.name == "string" and test.names == {cell.text}:
            self.notes.warning(
                "cell.bare-word",
                spot,
                lazy_gettext(
                    "%(where)s: “%(word)s” is the name of a variable and not a text.",
                    where=spot.where(),
                    word=cell.text,
                ),
                lazy_gettext("Put text between straight double quotes."),
            )
        return test

    def _answer(self, column: Output, cell: Text, spot: Spot) -> feel.Compiled:
        expression = self.cells.value(cell, spot)
        if expression.source == cell.text:
            self._constant(column, expression, spot)
        return expression

    def _constant(self, column: Output, expression: feel.Compiled, spot: Spot) -> None:
        """Note an output that is written out but may not be given."""
        if expression.names or not (column.kind or column.allowed or column.ranking):
            return
        try:
            fitting(column, expression.evaluate({}))
        except feel.FeelError:
            return  # It needs the moment or the calendar, which only a run has.
        except ValueError:
            self.notes.error(
                "cell.not-allowed",
                spot,
                lazy_gettext(
                    "%(where)s: the value %(text)s is not one of this column.",
                    where=spot.where(),
                    text=expression.source[:60],
                ),
                lazy_gettext("Use the type and the values that the column declares."),
            )


def _typed(column: Column, values: tuple[object, ...]) -> tuple[object, ...]:
    """The values of a ranking as the column has them; those of a wrong type match nothing."""
    kind = column.kind
    if kind is None:
        return values
    typed: list[object] = []
    for value in values:
        try:
            typed.append(kind.taken(value))
        except (ValueError, feel.FeelError):
            typed.append(value)
    return tuple(typed)
