"""The strict checker: finds everything at once, in words for analysts, one rule group a file."""

from app.engine.checking.calls import check_calls
from app.engine.checking.clocks import check_clocks
from app.engine.checking.document import choose_process
from app.engine.checking.events import check_events
from app.engine.checking.expressions import check_expressions
from app.engine.checking.findings import Findings, Known
from app.engine.checking.flows import check_flows
from app.engine.checking.gateways import check_gateways
from app.engine.checking.identity import check_identity
from app.engine.checking.inclusive import check_inclusive
from app.engine.checking.loops import check_loops
from app.engine.checking.picture import check_picture
from app.engine.checking.properties import check_properties
from app.engine.checking.reach import check_reach
from app.engine.checking.structure import check_structure
from app.engine.checking.support import check_support
from app.engine.checking.tasks import check_tasks
from app.engine.diagram import Diagram

__all__ = ["Findings", "Known", "check_diagram", "choose_process"]

_RULES = (
    check_identity,
    check_structure,
    check_support,
    check_flows,
    check_gateways,
    check_inclusive,
    check_events,
    check_tasks,
    check_calls,
    check_loops,
    check_properties,
    check_clocks,
    check_expressions,
    check_reach,
    check_picture,
)


def check_diagram(diagram: Diagram, findings: Findings, known: Known) -> None:
    """Apply every rule to a diagram."""
    for rule in _RULES:
        rule(diagram, findings, known)
