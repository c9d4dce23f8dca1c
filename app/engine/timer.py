"""The timer as the library's event: armed once, due at a stored moment, deaf to the wall clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from SpiffWorkflow.bpmn.specs.event_definitions.base import EventDefinition

from app.engine.clockwork import current
from app.engine.errors import EngineFailure
from app.engine.expressions import Text
from app.engine.scope import step_id
from app.engine.timing import cycle_from, duration_from, moment_from, parse_duration


class Timer(EventDefinition):
    """`timeDate`, `timeDuration` or `timeCycle`, a literal or FEEL.

    A waiting task keeps `due` (ISO, UTC) and, for a cycle, `left` (rings still to come, this one
    included; -1 for ever) and `every` (the period) in its internal data.
    """

    def __init__(self, kind: str, text: Text) -> None:
        super().__init__(name=kind)
        self.kind = kind
        self.text = text

    def has_fired(self, my_task: Any) -> bool:
        """Whether the moment has come; arms the timer when it is asked for the first time."""
        if "due" not in my_task.internal_data:
            my_task.internal_data.update(self._armed(my_task))
        return due_at(my_task) <= current().now

    def reset(self, my_task: Any) -> None:
        """Keep the due moment: it is part of the record."""

    def rearmed(self, my_task: Any) -> dict[str, object] | None:
        """The next ring of a cycle that just rang; rings missed meanwhile are not made up for."""
        data = my_task.internal_data
        left = data.get("left", 1)
        if left == 1:
            return None
        with _failing(my_task):
            due, rings = parse_duration(data["every"]).next_after(due_at(my_task), current().now)
        if 0 < left <= rings:
            return None
        left = left - rings if left > 0 else left
        return {"due": due.isoformat(), "left": left, "every": data["every"]}

    def _armed(self, my_task: Any) -> dict[str, object]:
        with _failing(my_task):
            return _ARM[self.kind](self.text.value(my_task))


@contextmanager
def _failing(task: Any) -> Iterator[None]:
    try:
        yield
    except (ValueError, OverflowError) as error:
        raise EngineFailure("timer", step=step_id(task), detail=str(error)) from error


def due_at(task: Any) -> datetime:
    """When a waiting timer goes off, in UTC."""
    return datetime.fromisoformat(task.internal_data["due"])


def _date(value: object) -> dict[str, object]:
    return {"due": moment_from(value).isoformat()}


def _duration(value: object) -> dict[str, object]:
    return {"due": duration_from(value).after(current().now).isoformat()}


def _cycle(value: object) -> dict[str, object]:
    cycle = cycle_from(value)
    due = cycle.start or cycle.period.after(current().now)
    return {"due": due.isoformat(), "left": cycle.times, "every": cycle.every}


_ARM = {"timeDate": _date, "timeDuration": _duration, "timeCycle": _cycle}
