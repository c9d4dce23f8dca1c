"""What a user task asks of people; settled once, at the moment the task opens."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any, TypedDict, cast

from app.engine.errors import EngineFailure
from app.engine.expressions import Text
from app.engine.facts import OpenTask, Step
from app.engine.scope import items_of, step_id, visible

#: What the modelling tools assume where nothing is written.
DEFAULT_PRIORITY = 50

#: The variable that says how a dossier came in, and its value for those sent online (spec C-10).
CHANNEL = "channel"
ONLINE = "online"


class Frozen(TypedDict):
    """The settled values as the snapshot keeps them."""

    roles: list[str]
    assignee: str | None
    unit: str | None
    hours: str | None
    priority: int


@dataclass(frozen=True, kw_only=True)
class UserWork:
    """The expressions of one user task."""

    step: Step
    roles: Text
    assignee: Text | None
    unit: Text | None
    hours: Text | None
    #: Instead of `hours` for dossiers sent online, where the analyst gives other ones.
    hours_online: Text | None
    priority: Text | None

    def settle(self, task: Any) -> Frozen:
        """Evaluate everything. Raises EngineFailure where a value makes no sense."""
        try:
            return Frozen(
                roles=_roles(self.roles.value(task)),
                assignee=_name(_value(self.assignee, task)),
                unit=_name(_value(self.unit, task)),
                hours=_hours(_value(self._hours(task), task)),
                priority=_priority(_value(self.priority, task)),
            )
        except ValueError as error:
            raise EngineFailure("assignment", step=step_id(task), detail=str(error)) from error

    def _hours(self, task: Any) -> Text | None:
        online = self.hours_online is not None and visible(task).get(CHANNEL) == ONLINE
        return self.hours_online if online else self.hours


def open_task(task: Any) -> OpenTask:
    """The public face of a ready user task."""
    step: Step = task.task_spec.work.step
    frozen = cast(Frozen, task.internal_data)
    return OpenTask(
        task_id=task.id.hex,
        step=step_id(task),
        name=step.name,
        lane=step.lane,
        roles=tuple(frozen["roles"]),
        assignee=frozen["assignee"],
        unit=frozen["unit"],
        priority=frozen["priority"],
        form=step.form,
        working_hours=Decimal(frozen["hours"]) if frozen["hours"] else None,
        status=step.status,
        clock=step.clock,
        slip=step.slip,
        notice=step.notice,
        legal_basis=step.legal_basis,
        items=MappingProxyType(items_of(task)),
    )


def literal_roles(text: str) -> list[str]:
    """The keys of a comma-separated list."""
    return [key for part in text.split(",") if (key := part.strip())]


def literal_hours(text: str) -> Decimal:
    """Positive hours. Raises ValueError."""
    try:
        hours = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"not a number of hours: {text!r:.60}") from None
    if not hours.is_finite() or hours <= 0:
        raise ValueError(f"working hours must be more than zero: {text!r:.60}")
    return hours


def literal_priority(text: str) -> int:
    """A whole number from 0 to 100. Raises ValueError."""
    number = int(text) if text.isascii() else -1
    if not 0 <= number <= 100:
        raise ValueError(f"a priority lies between 0 and 100: {text!r:.60}")
    return number


def _value(text: Text | None, task: Any) -> object:
    return None if text is None else text.value(task)


def _roles(value: object) -> list[str]:
    keys = (
        value if isinstance(value, list) else literal_roles(value) if isinstance(value, str) else []
    )
    if not keys or not all(isinstance(key, str) and key for key in keys):
        raise ValueError(f"nobody may do this task: {value!r:.60}")
    return keys


def _name(value: object) -> str | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise ValueError(f"not a key: {value!r:.60}")  # noqa: TRY004 - one error for any bad value
    return value


def _hours(value: object) -> str | None:
    return None if value is None else str(literal_hours(str(value)))


def _priority(value: object) -> int:
    return DEFAULT_PRIORITY if value is None else literal_priority(str(value))
