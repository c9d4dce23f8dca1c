"""The business rule task: asks a decision at once and keeps its value as variables."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from SpiffWorkflow.bpmn.specs import defaults

from app import feel
from app.engine.clockwork import current
from app.engine.decisions.errors import DecisionFailed
from app.engine.decisions.evaluating import evaluate
from app.engine.decisions.model import Decision
from app.engine.diagram import Diagram
from app.engine.elements import Activity
from app.engine.facts import Variable
from app.engine.scope import assign, step_id, visible
from app.engine.variables import is_flat
from app.foundation.text import lazy_gettext


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """A decision, and the variable that receives its one value."""

    decision: Decision
    variable: str

    @property
    def names(self) -> tuple[str, ...]:
        """Every variable that a value is written to."""
        return self.decision.outputs or (self.variable,)

    def spread(self, value: object) -> dict[str, object]:
        """What each variable receives.

        A decision with several outputs fills a variable by the name of each: with its value, or
        with the list of its values where several rules may apply.
        """
        if not self.decision.outputs:
            return {self.variable: value}
        if isinstance(value, list):
            return {name: [row[name] for row in value] for name in self.names}
        return {name: value[name] if isinstance(value, dict) else None for name in self.names}


def rulings_of(diagram: Diagram, decisions: Mapping[str, Decision]) -> dict[str, Ruling]:
    """What each business rule task of a checked diagram asks, by the id of the task."""
    return {
        node.id: Ruling(decision=decisions[node.decision.decision], variable=node.decision.variable)
        for node in diagram.nodes
        if node.id and node.decision and node.tag == "businessRuleTask"
    }


class RuleTask(Activity, defaults.ScriptTask):
    """A business rule task. A decision that fails stops the run, so that nothing of it is kept."""

    def _execute(self, my_task: Any) -> bool:
        decision = self.script.decision
        run = current()
        value = evaluate(
            decision, visible(my_task), run.now, calendar=run.calendar, step=step_id(my_task)
        )
        spread = self.script.spread(value)
        flat = {name: self._flat(my_task, name, one) for name, one in spread.items()}
        assign(my_task, flat, made=True)
        return True

    def _flat(self, my_task: Any, name: str, value: object) -> Variable:
        flat = feel.to_json(value)
        if not is_flat(flat):
            raise DecisionFailed(
                self.script.decision.id,
                lazy_gettext("“%(name)s” is neither a single value nor a plain list.", name=name),
                step=step_id(my_task),
            )
        return cast(Variable, flat)
