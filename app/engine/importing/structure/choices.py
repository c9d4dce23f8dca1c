"""Gateways that choose: one way is left when no condition holds, and no condition is ignored."""

from typing import Any

from app.engine.importing import juel
from app.engine.importing.structure.forks import drop_condition
from app.engine.importing.structure.graph import Graph
from app.engine.importing.tags import CHOOSING
from app.engine.xml_parts import local
from app.foundation.text import lazy_gettext

#: Gateways whose conditions the standard forbids, and which every engine ignores.
_DEAF = ("parallelGateway", "eventBasedGateway")


def settle_choices(graph: Graph) -> None:
    """Find the default flow where the conditions tell, and drop what would be ignored."""
    for node in list(graph.nodes.values()):
        if local(node) in _DEAF:
            _drop_ignored(graph, node)
        elif local(node) in CHOOSING:
            _known_default(graph, node)
            if len(graph.outgoing(node)) > 1 and not node.get("default"):
                _find_default(graph, node)
        elif len(graph.outgoing(node)) == 1 and node.get("default"):
            _drop_default(graph, node)


def _drop_ignored(graph: Graph, node: Any) -> None:
    if node.get("default"):
        _drop_default(graph, node)
    for flow in graph.outgoing(node):
        condition = graph.condition(flow)
        if condition:
            drop_condition(flow)
            graph.draft.changes.warning(
                "condition.ignored",
                flow,
                lazy_gettext("The gateway asks no conditions: this one was ignored, and is gone."),
                before=condition,
            )


def _drop_default(graph: Graph, node: Any) -> None:
    graph.draft.changes.warning(
        "default.ignored",
        node,
        lazy_gettext("There is nothing to choose here: the default flow is a flow like any other."),
        before=node.get("default"),
    )
    del node.attrib["default"]


def _known_default(graph: Graph, node: Any) -> None:
    """A default flow leaves the gateway and has no condition."""
    name = node.get("default")
    if not name:
        return
    default = next((flow for flow in graph.outgoing(node) if flow.get("id") == name), None)
    if default is None:
        graph.draft.changes.warning(
            "default.unknown",
            node,
            lazy_gettext("The default flow did not leave the gateway."),
            before=name,
        )
        del node.attrib["default"]
    elif condition := graph.condition(default):
        drop_condition(default)
        graph.draft.changes.warning(
            "condition.of-default",
            default,
            lazy_gettext("A default flow is taken without being asked: its condition is gone."),
            before=condition,
        )


def _find_default(graph: Graph, node: Any) -> None:
    flows = graph.outgoing(node)
    plain = [flow for flow in flows if not graph.condition(flow)]
    if len(plain) == 1 and local(node) == "exclusiveGateway":
        _set_default(
            graph,
            node,
            plain[0],
            lazy_gettext("The only flow without a condition is taken when no condition holds."),
        )
    elif not plain and (default := _rest(graph, node, flows)) is not None:
        _set_default(
            graph,
            node,
            default,
            lazy_gettext("Its condition says “otherwise”: the flow is the default one."),
        )


def _rest(graph: Graph, node: Any, flows: list[Any]) -> Any:
    """The flow that is left when the others are not taken, as far as conditions tell."""
    texts = [graph.condition(flow) or "" for flow in flows]
    if len(flows) == 2 and juel.opposite(texts[0], texts[1]):
        return flows[0] if juel.denies(texts[0]) and not juel.denies(texts[1]) else flows[1]
    last_of_all = texts[-1].replace(" ", "") == "=true"
    return flows[-1] if last_of_all and local(node) == "exclusiveGateway" else None


def _set_default(graph: Graph, node: Any, flow: Any, message: Any) -> None:
    condition = graph.condition(flow)
    drop_condition(flow)
    node.set("default", flow.get("id"))
    graph.draft.changes.warning(
        "default.found", node, message, before=condition, after=flow.get("id")
    )
