"""Business rule tasks: the decision exists, and its results find variables to go to."""

import re

from app.engine.checking.findings import Findings, Known, closest
from app.engine.decisions import Decision
from app.engine.diagram import CalledDecision, Node
from app.foundation.text import lazy_gettext

_VARIABLE = re.compile(r"[^\W\d]\w*")


def check_rule_task(node: Node, findings: Findings, known: Known) -> None:
    """Check what a business rule task calls and where its value goes."""
    called = node.decision
    if called is None or not called.decision:
        findings.error(
            "decision.none",
            node,
            lazy_gettext("The business rule task does not name its decision."),
            lazy_gettext("Choose “DMN decision” as implementation and enter the decision ID."),
        )
    elif called.decision.startswith("="):
        findings.error(
            "decision.computed",
            node,
            lazy_gettext("The decision of a task cannot be computed."),
            lazy_gettext("Name one decision; use one task for each decision."),
        )
    elif known.decisions is None:
        _variable(node, called, findings)
    elif called.decision in known.decisions:
        _results(node, called, known.decisions[called.decision], findings)
    else:
        findings.error(
            "decision.unknown",
            node,
            lazy_gettext("There is no decision “%(decision)s”.", decision=called.decision),
            closest(called.decision, known.decisions),
        )


def _results(node: Node, called: CalledDecision, decision: Decision, findings: Findings) -> None:
    if not decision.outputs:
        _variable(node, called, findings)
        return
    for name in decision.outputs:
        if not _VARIABLE.fullmatch(name):
            findings.error(
                "decision.output-name",
                node,
                lazy_gettext("The output “%(name)s” cannot be the name of a variable.", name=name),
                lazy_gettext("Name the outputs with letters, digits and “_” only."),
            )
    if called.variable:
        findings.warning(
            "decision.result-unused",
            node,
            lazy_gettext(
                "The result variable “%(variable)s” is not filled.", variable=called.variable
            ),
            lazy_gettext(
                "Each output is a variable of its own: %(names)s.",
                names=", ".join(decision.outputs),
            ),
        )


def _variable(node: Node, called: CalledDecision, findings: Findings) -> None:
    if called.variable and not _VARIABLE.fullmatch(called.variable):
        findings.error(
            "decision.variable",
            node,
            lazy_gettext("“%(variable)s” is no name of a variable.", variable=called.variable),
            lazy_gettext("Use letters, digits and “_” only."),
        )
    elif not called.variable:
        findings.error(
            "decision.no-variable",
            node,
            lazy_gettext("The business rule task has no result variable."),
            lazy_gettext("Enter the variable that receives the value of the decision."),
        )
