"""What the engine says: frozen facts, without a word of the library that runs the diagram."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import ClassVar, Literal

Scalar = str | int | float | bool | None
#: The only values that may route a process: a scalar or a flat list of scalars.
Variable = Scalar | list[Scalar]

#: What the statutory clock does while a step is open.
Clock = Literal["run", "pause", "stop"]

#: How the end of a step is found, where it is not by its hours: a hand-over (spec L-03).
StepDeadline = Literal["handover"]


@dataclass(frozen=True, kw_only=True)
class Step:
    """One element of the diagram as the analyst wrote it; expressions are not evaluated here."""

    id: str
    name: str
    #: start, end, user, service, script, decision, exclusive, parallel, inclusive, event-gateway,
    #: timer, message, signal, error, escalation, subprocess, call.
    kind: str
    lane: str | None = None
    form: str | None = None
    #: `candidateGroups` as written: a comma-separated list or `=FEEL`.
    roles: str | None = None
    #: Hours of working time as written: a number or `=FEEL`.
    working_hours: str | None = None
    #: The same for dossiers sent online, where they differ (spec Q-04).
    working_hours_online: str | None = None
    deadline: StepDeadline | None = None
    #: Roles told one after the other when the step is late; None for those of the province.
    escalation: tuple[str, ...] | None = None
    #: National dossier status (1..10) that this step stands for.
    status: int | None = None
    clock: Clock = "run"
    #: Paper form (01..05) issued when the step is completed.
    slip: str | None = None
    #: Key of the notice sent when the step opens.
    notice: str | None = None
    legal_basis: str | None = None
    #: `=FEEL` or a literal; nothing means the handling unit.
    unit: str | None = None
    #: Registered handler of a service task.
    service: str | None = None
    #: What the message or signal that the step waits for brings.
    variables: tuple[str, ...] = ()
    documentation: str = ""


@dataclass(frozen=True, kw_only=True)
class OpenTask:
    """A user task that waits for a person; every expression is evaluated, once, when it opens."""

    #: 32 hexadecimal digits.
    task_id: str
    step: str
    name: str
    lane: str | None
    roles: tuple[str, ...]
    assignee: str | None
    unit: str | None
    #: 0..100, higher is more urgent.
    priority: int
    form: str | None
    #: Working time allowed, in hours.
    working_hours: Decimal | None
    status: int | None
    clock: Clock
    slip: str | None
    notice: str | None
    legal_basis: str | None
    #: What a multi-instance activity gave this task: its item, and `loopCounter` from 1.
    items: Mapping[str, Variable] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class TimerWait:
    """A timer that has not gone off; `due_at` is in UTC."""

    task_id: str
    step: str
    name: str
    due_at: datetime
    #: The step a boundary timer watches; nothing for an intermediate timer.
    attached_to: str | None
    interrupting: bool


@dataclass(frozen=True, kw_only=True)
class EventWait:
    """A step that waits for a message or a signal from outside."""

    task_id: str
    step: str
    name: str
    kind: Literal["message", "signal"]
    #: Name of the message or signal.
    event: str
    #: Names of the variables that it brings; nothing else may come with it.
    variables: tuple[str, ...]
    #: The step a boundary event watches; nothing for an intermediate event or a receive task.
    attached_to: str | None
    interrupting: bool


@dataclass(frozen=True, kw_only=True)
class MessageEvent:
    """A message from outside; one step that waits for it takes it."""

    name: str
    kind: ClassVar = "message"


@dataclass(frozen=True, kw_only=True)
class SignalEvent:
    """A signal from outside; every step that waits for it hears it."""

    name: str
    kind: ClassVar = "signal"


def event_of(kind: str, name: str) -> MessageEvent | SignalEvent:
    """The event of that kind, `message` or `signal`. Raises ValueError for any other."""
    if kind not in ("message", "signal"):
        raise ValueError(f"no event comes from outside as {kind!r:.40}")
    return MessageEvent(name=name) if kind == "message" else SignalEvent(name=name)


@dataclass(frozen=True, kw_only=True)
class ServiceCall:
    """A service task that waits for its handler to be finished."""

    task_id: str
    step: str
    name: str
    type: str


@dataclass(frozen=True, kw_only=True)
class Passed:
    """An element that a run went through, in order, for the auditor's diagram."""

    step: str
    task_id: str
    state: Literal["completed", "cancelled"]


@dataclass(frozen=True, kw_only=True)
class Incident:
    """The process stands still and no person, service or timer can move it."""

    code: str
    step: str | None
    detail: str


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """Everything a caller has to know after a run; nothing here refers to live objects."""

    #: The new state, to be stored as bytes exactly as given.
    snapshot: bytes
    #: SHA-256 of `snapshot`.
    digest: bytes
    #: Every user task that is open after the run.
    open: tuple[OpenTask, ...]
    #: Ids of user tasks, timers, events and service calls that began to wait in this run.
    opened: tuple[str, ...]
    #: The same for those that no longer wait: done, fired or cancelled.
    closed: tuple[str, ...]
    #: Every timer that waits after the run.
    timers: tuple[TimerWait, ...]
    #: Every message and signal that is waited for after the run.
    waiting: tuple[EventWait, ...]
    #: Every service call that waits after the run.
    services: tuple[ServiceCall, ...]
    trail: tuple[Passed, ...]
    variables: Mapping[str, Variable]
    #: Ids of the end events reached in this run.
    ended: tuple[str, ...]
    #: National status written on the last end event reached so far, if any.
    final_status: int | None
    finished: bool
    incident: Incident | None
