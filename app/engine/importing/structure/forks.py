"""Several flows that leave a step are drawn as the gateway that BPMN takes them for."""

from typing import Any

from lxml import etree

from app.engine.importing import juel
from app.engine.importing.structure.graph import Graph
from app.engine.importing.tags import GATEWAYS
from app.engine.xml_parts import BPMN, children, local
from app.foundation.text import lazy_gettext


def draw_forks(graph: Graph) -> None:
    """Draw the gateway behind every step that several flows leave."""
    for node in list(graph.nodes.values()):
        if local(node) in GATEWAYS or local(node) == "endEvent":
            continue
        if len(graph.outgoing(node)) > 1:
            _fork(graph, node)


def _fork(graph: Graph, node: Any) -> None:
    flows = graph.outgoing(node)
    default = next((flow for flow in flows if flow.get("id") == node.get("default")), None)
    asked = [flow for flow in flows if flow is not default and graph.condition(flow)]
    plain = [flow for flow in flows if flow is not default and not graph.condition(flow)]
    if default is not None and plain:
        return  # Such a default is never taken; only the analyst knows what was meant.
    if not asked:
        if default is None:
            _parallel(graph, node, plain)
        return
    if plain:
        node = _parallel(graph, node, flows)
        _choice(graph, node, asked, None, ends=True)
    else:
        _choice(graph, node, asked, default, ends=False)


def _parallel(graph: Graph, node: Any, flows: list[Any]) -> Any:
    gate = graph.add_behind(node, "parallelGateway", f"fork_{node.get('id')}", flows)
    graph.draft.changes.info(
        "fork.parallel",
        node,
        lazy_gettext("Several flows leave the step together: a parallel gateway shows it."),
        before=_ids(flows),
        after=gate.get("id"),
    )
    return gate


def _choice(graph: Graph, node: Any, asked: list[Any], default: Any, *, ends: bool) -> None:
    """A gateway that chooses; where no condition needs to hold, it `ends` the way."""
    alone = _exclude_each_other(graph, asked)
    tag = "exclusiveGateway" if alone else "inclusiveGateway"
    flows = asked if default is None else [*asked, default]
    gate = graph.add_behind(node, tag, f"choice_{node.get('id')}", flows)
    node.attrib.pop("default", None)
    if default is not None:
        gate.set("default", default.get("id"))
    elif ends:
        end = graph.add_below(gate, "endEvent", f"end_{gate.get('id')}")
        gate.set("default", graph.incoming(end)[0].get("id"))
    message = lazy_gettext("Conditions decide which flows leave the step, maybe several of them.")
    if alone:
        message = lazy_gettext("Conditions decide which one of the flows leaves the step.")
    tell = graph.draft.changes.info if alone else graph.draft.changes.warning
    tell("fork.choice", node, message, before=_ids(flows), after=f"{tag} {gate.get('id')}")


def _exclude_each_other(graph: Graph, flows: list[Any]) -> bool:
    conditions = [graph.condition(flow) or "" for flow in flows]
    return all(
        juel.exclude(one, other)
        for at, one in enumerate(conditions)
        for other in conditions[at + 1 :]
    )


def _ids(flows: list[Any]) -> str:
    return ", ".join(flow.get("id") for flow in flows)


def drop_condition(flow: Any) -> None:
    """Take the condition of a flow away."""
    for holder in children(flow, "conditionExpression"):
        flow.remove(holder)


def set_condition(flow: Any, text: str) -> None:
    """Give a flow a condition."""
    drop_condition(flow)
    etree.SubElement(flow, f"{BPMN}conditionExpression").text = text
