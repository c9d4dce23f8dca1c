"""Call activities: the called process exists, is the only one so named, and never calls back."""

from collections.abc import Mapping

from app.engine.checking.findings import Findings, Known, closest
from app.engine.diagram import Diagram, Node
from app.foundation.text import lazy_gettext

#: More processes than this below each other are a maze.
DEEPEST_CALLS = 5


def check_calls(diagram: Diagram, findings: Findings, known: Known) -> None:
    """Check every call activity."""
    for node in diagram.nodes:
        if node.tag == "callActivity":
            _call(diagram, node, findings, known)


def _call(diagram: Diagram, node: Node, findings: Findings, known: Known) -> None:
    called = node.called or ""
    graph = known.calls or {}
    if not called or called.startswith("="):
        findings.error(
            "call.no-process",
            node,
            lazy_gettext("The call activity does not name the process it calls."),
            lazy_gettext("Enter the id of a process of this procedure under “Called element”."),
        )
    elif called == diagram.process_id or diagram.process_id in _below(called, graph):
        findings.error(
            "call.cycle",
            node,
            lazy_gettext("The process would call itself: “%(called)s”.", called=called),
            lazy_gettext("Draw a repetition as a loop or as a repeated activity."),
        )
    elif known.calls is not None and called not in graph:
        findings.error(
            "call.unknown",
            node,
            lazy_gettext("There is no process “%(called)s”.", called=called),
            closest(called, graph.keys()),
        )
    elif called in known.ambiguous:
        findings.error(
            "call.ambiguous",
            node,
            lazy_gettext("Several files have a process “%(called)s”.", called=called),
            lazy_gettext("Give each process an id of its own."),
        )
    elif _is_too_deep(called, graph):
        findings.error(
            "limit.calls",
            node,
            lazy_gettext("More than %(most)s processes call each other.", most=DEEPEST_CALLS),
            lazy_gettext("Draw some of them as sub-processes."),
        )


def _below(called: str, graph: Mapping[str, frozenset[str]]) -> set[str]:
    """Every process that is called by a process, directly or not."""
    seen: set[str] = set()
    todo = [called]
    while todo:
        for one in graph.get(todo.pop(), frozenset()):
            if one not in seen:
                seen.add(one)
                todo.append(one)
    return seen


def _is_too_deep(called: str, graph: Mapping[str, frozenset[str]]) -> bool:
    """Whether too many processes stand below each other; a circle is told where it is drawn."""
    if any(one in _below(one, graph) for one in _below(called, graph)):
        return False
    level = {called}
    for _ in range(DEEPEST_CALLS):
        level = {below for one in level for below in graph.get(one, frozenset())}
    return bool(level)
