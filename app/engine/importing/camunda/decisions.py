"""Which decision a business rule task asks, and where its result goes."""

from typing import Any

from app.engine.importing.camunda.parts import look, take
from app.engine.importing.draft import Draft
from app.engine.importing.expressions import translated
from app.engine.importing.zeebe import extend
from app.engine.xml_parts import local
from app.foundation.text import lazy_gettext

_BINDINGS = (
    "decisionRefBinding",
    "decisionRefVersion",
    "decisionRefVersionTag",
    "decisionRefTenantId",
)


def translate_decisions(draft: Draft) -> None:
    """Translate business rule tasks that ask a decision table."""
    for node in draft.nodes():
        if local(node) == "businessRuleTask" and look(node, "decisionRef"):
            _decision(draft, node)


def _decision(draft: Draft, node: Any) -> None:
    decision = look(node, "decisionRef") or ""
    found = translated(draft, node, decision)
    if found is None:
        return
    take(node, "decisionRef", *_BINDINGS)
    result, shape = take(node, "resultVariable"), take(node, "mapDecisionResult")
    variable = {"resultVariable": result} if result else {}
    extend(node, "calledDecision", decisionId=found, **variable)
    draft.changes.info(
        "decision.called",
        node,
        lazy_gettext(
            "The decision is called as in Camunda 8; its table must lie beside the diagram."
        ),
        before=decision,
        after=found,
    )
    if shape != "singleEntry":
        draft.changes.warning(
            "decision.result",
            node,
            lazy_gettext(
                "The result had another form. Here a table with one output gives its value, and"
                " one with several gives each under its own name."
            ),
            before=shape or "resultList",
        )
