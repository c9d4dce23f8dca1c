"""Inclusive gateways in pairs: what one splits, one joins, and nothing jumps in or out between.

In such a block the join of BPMN 13.4.3 is certain to wait for the right tokens, and people see
which ones.
"""

from app.engine.checking.findings import Findings, Known
from app.engine.diagram import Diagram, Node
from app.engine.problems import Text
from app.foundation.text import lazy_gettext

_TAG = "inclusiveGateway"


def check_inclusive(diagram: Diagram, findings: Findings, known: Known) -> None:
    """Check that inclusive gateways form blocks."""
    del known
    joined: set[str | None] = set()
    for node in diagram.nodes:
        if node.tag == _TAG and len(diagram.outgoing(node)) > 1:
            joined.add(_block(diagram, node, findings))
    for node in diagram.nodes:
        joins = node.tag == _TAG and len(diagram.incoming(node)) > 1
        if joins and node.id not in joined and len(diagram.outgoing(node)) <= 1:
            _complain(
                node,
                lazy_gettext("No inclusive gateway splits what this one joins."),
                findings,
            )


def _block(diagram: Diagram, split: Node, findings: Findings) -> str | None:
    """Check the block that a gateway opens; gives the id of the join at its end."""
    if len(diagram.incoming(split)) > 1:
        _complain(split, lazy_gettext("The gateway joins and splits at once."), findings)
        return None
    join = _join_of(diagram, split)
    if join is None:
        _complain(split, lazy_gettext("No inclusive gateway joins what this one splits."), findings)
        return None
    inside = _until(diagram, split, join)
    if split.id in inside or _entered(diagram, inside | {join.id or ""}, {split.id, *inside}):
        _complain(
            split, lazy_gettext("A flow leads into or out of the middle of this block."), findings
        )
    return join.id


def _join_of(diagram: Diagram, split: Node) -> Node | None:
    """The nearest join that two or more ways from the split lead to."""
    ways = [_reached(diagram, way, {split.id or ""}) for way in _next(diagram, split.id or "")]
    for at in _reached(diagram, split.id or "", set()):
        node = diagram.by_id[at]
        joins = node.tag == _TAG and len(diagram.incoming(node)) > 1
        if joins and node is not split and sum(at in way for way in ways) > 1:
            return node
    return None


def _until(diagram: Diagram, split: Node, join: Node) -> set[str]:
    """Elements that can be reached from the split without passing the join."""
    ways = [_reached(diagram, way, {join.id or ""}) for way in _next(diagram, split.id or "")]
    return {at for way in ways for at in way}


def _reached(diagram: Diagram, start: str, barrier: set[str]) -> list[str]:
    """Elements that can be reached, the nearest first, without passing a barrier."""
    order = [] if start in barrier else [start]
    seen = {*order, *barrier}
    for at in order:
        for one in _next(diagram, at):
            if one not in seen:
                seen.add(one)
                order.append(one)
    return order


def _next(diagram: Diagram, at: str) -> list[str]:
    node = diagram.by_id[at]
    bells = [bell.id or "" for bell in diagram.boundary(node)]
    ways = [flow.target or "" for flow in diagram.outgoing(node)]
    return [one for one in (*ways, *bells) if one in diagram.by_id]


def _entered(diagram: Diagram, targets: set[str], allowed: set[str | None]) -> bool:
    """Whether a flow leads into one of the targets from elsewhere."""
    return any(
        flow.source not in allowed
        for target in targets
        for flow in diagram.incoming(diagram.by_id[target])
    )


def _complain(node: Node, message: Text, findings: Findings) -> None:
    findings.error(
        "inclusive.unstructured",
        node,
        message,
        lazy_gettext("Draw inclusive gateways in pairs: one splits, one joins all its ways."),
    )
