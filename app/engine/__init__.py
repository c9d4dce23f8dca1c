"""The engine: runs BPMN diagrams. Takes XML or a snapshot, returns frozen facts.

The only wing that knows SpiffWorkflow and lxml. It has no database, no clock of its own and no
chance: the same definition, inputs, moment and seed give the same bytes.
"""

from app.engine.definition import Definition, clock_at, routing
from app.engine.diagram import Diagram, Flow, Node
from app.engine.ending import end
from app.engine.entrance import check, outline, read
from app.engine.errors import (
    DefinitionInvalid,
    EngineFailure,
    NobodyWaits,
    SnapshotUnreadable,
    TaskNotOpen,
)
from app.engine.facts import (
    EventWait,
    Incident,
    MessageEvent,
    OpenTask,
    Outcome,
    Passed,
    ServiceCall,
    SignalEvent,
    Step,
    TimerWait,
    Variable,
    event_of,
)
from app.engine.family import Family, check_all, look_over, read_all
from app.engine.problems import Problem, Severity
from app.engine.running import complete, deliver, finish_service, look, start, tick, waiting
from app.engine.slips import slip_after

__all__ = [
    "Definition",
    "DefinitionInvalid",
    "Diagram",
    "EngineFailure",
    "EventWait",
    "Family",
    "Flow",
    "Incident",
    "MessageEvent",
    "NobodyWaits",
    "Node",
    "OpenTask",
    "Outcome",
    "Passed",
    "Problem",
    "ServiceCall",
    "Severity",
    "SignalEvent",
    "SnapshotUnreadable",
    "Step",
    "TaskNotOpen",
    "TimerWait",
    "Variable",
    "check",
    "check_all",
    "clock_at",
    "complete",
    "deliver",
    "end",
    "event_of",
    "finish_service",
    "look",
    "look_over",
    "outline",
    "read",
    "read_all",
    "routing",
    "slip_after",
    "start",
    "tick",
    "waiting",
]
