"""Working a decision out: first those it requires, then its own table or expression."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeVar

from app import feel
from app.engine.decisions.errors import DecisionConflict, DecisionFailed
from app.engine.decisions.model import Decision, Input, Output, Rule, Table
from app.engine.decisions.policies import Contradiction, Hit, alike, settled, shaped
from app.engine.problems import Text
from app.foundation.text import lazy_gettext

_T = TypeVar("_T")


def evaluate(
    decision: Decision,
    context: Mapping[str, object],
    now: datetime | None = None,
    calendar: feel.Calendar | None = None,
    *,
    step: str | None = None,
) -> object:
    """The value of a decision over JSON-like variables, as a value of FEEL.

    A table with one output gives its value, one with several a context; policies that let several
    rules apply give a list. Where no rule applies, the default outputs are given, or null. Raises
    DecisionConflict where UNIQUE or ANY is broken and DecisionFailed for anything else that has no
    truthful answer; `step` is the element to name then.
    """
    return _Consultation(dict(context), now, calendar, step).result(decision)


class _Consultation:
    """One question: every decision is worked out once, however many require it."""

    def __init__(
        self,
        context: Mapping[str, object],
        now: datetime | None,
        calendar: feel.Calendar | None,
        step: str | None,
    ) -> None:
        self.context = context
        self.now = now
        self.calendar = calendar
        self.step = step
        self.known: dict[str, object] = {}

    def result(self, decision: Decision) -> object:
        if decision.id not in self.known:
            scope = dict(self.context)
            for required in decision.requires:
                value = self.result(required)
                scope |= dict.fromkeys(required.result_names, value)
            self.known[decision.id] = _Evaluation(self, decision, scope).value()
        return self.known[decision.id]


class _Evaluation:
    """One decision over the variables it may see."""

    def __init__(
        self, asked: _Consultation, decision: Decision, scope: Mapping[str, object]
    ) -> None:
        self.asked = asked
        self.decision = decision
        self.scope = scope

    def value(self) -> object:
        logic = self.decision.logic
        return self._table(logic) if isinstance(logic, Table) else self._work_out(logic, "")

    def _table(self, table: Table) -> object:
        values = [self._input(column) for column in table.inputs]
        hits = [
            Hit(rule=rule.number, outputs=self._outputs(table, rule))
            for rule in table.rules
            if self._applies(table, rule, values)
        ]
        if not hits:
            return self._without_rule(table)
        try:
            return settled(table, hits)
        except Contradiction as error:
            raise DecisionConflict(
                self.decision.id, self.decision.name, error.rules, step=self.asked.step
            ) from error
        except feel.FeelError as error:
            raise self._failed(str(error)) from error
        except ValueError as error:
            raise self._failed(
                lazy_gettext("The outputs cannot be aggregated by %(how)s.", how=str(error))
            ) from error

    def _without_rule(self, table: Table) -> object:
        if not any(column.default for column in table.outputs):
            return None
        default = shaped(
            table,
            [
                self._output(column, column.default, column.label) if column.default else None
                for column in table.outputs
            ],
        )
        return [default] if table.policy.lists and table.aggregator is None else default

    def _input(self, column: Input) -> object:
        value = self._work_out(column.expression, column.label)
        if column.kind is not None:
            try:
                value = column.kind.taken(value)
            except (ValueError, feel.FeelError) as error:
                raise self._misfit(column.label, value) from error
        allowed = column.allowed
        if value is not None and allowed is not None and not self._passes(allowed, value, ""):
            raise self._misfit(column.label, value)
        return value

    def _applies(self, table: Table, rule: Rule, values: list[object]) -> bool:
        return all(
            self._passes(test, value, _place(rule, column.label))
            for column, test, value in zip(table.inputs, rule.tests, values, strict=True)
        )

    def _outputs(self, table: Table, rule: Rule) -> tuple[object, ...]:
        return tuple(
            self._output(column, expression, _place(rule, column.label))
            for column, expression in zip(table.outputs, rule.outputs, strict=True)
        )

    def _output(self, column: Output, expression: feel.Compiled, place: Text) -> object:
        value = self._work_out(expression, place)
        try:
            return fitting(column, value)
        except (ValueError, feel.FeelError) as error:
            raise self._misfit(place, value) from error

    def _passes(self, test: feel.UnaryTests, value: object, place: Text) -> bool:
        return self._guarded(
            lambda: test(value, self.scope, self.asked.now, self.asked.calendar), place
        )

    def _work_out(self, expression: feel.Compiled, place: Text) -> object:
        return self._guarded(
            lambda: expression.evaluate(self.scope, self.asked.now, self.asked.calendar), place
        )

    def _guarded(self, ask: Callable[[], _T], place: Text) -> _T:
        try:
            return ask()
        except feel.FeelError as error:
            raise self._failed(f"{place}: {error}" if place else str(error)) from error

    def _misfit(self, place: Text, value: object) -> DecisionFailed:
        return self._failed(
            lazy_gettext(
                "%(place)s: the value %(value)s is not allowed here.",
                place=str(place),
                value=str(feel.to_json(value))[:60],
            )
        )

    def _failed(self, detail: Text) -> DecisionFailed:
        name = self.decision.name
        return DecisionFailed(self.decision.id, f"{name}: {detail}", step=self.asked.step)


def fitting(column: Output, value: object) -> object:
    """A value as the column may have it. Raises ValueError or FeelError for one it may not have."""
    if column.kind is not None:
        value = column.kind.taken(value)
    if column.ranking and not any(alike(known, value) for known in column.ranking):
        raise ValueError(column.name)
    if value is not None and column.allowed is not None and not column.allowed(value, {}):
        raise ValueError(column.name)
    return value


def _place(rule: Rule, column: str) -> Text:
    return lazy_gettext("rule %(rule)s, “%(column)s”", rule=rule.number, column=column)
