"""Multi-instance activities: what they go through, what each instance is called, what comes out."""

import re
from collections.abc import Iterator

from app.engine.checking.findings import Findings, Known
from app.engine.diagram import Diagram, Loop, Node
from app.engine.multi import MOST_ITEMS
from app.engine.names import repeated_around
from app.engine.problems import Text
from app.engine.scope import COUNTER
from app.foundation.text import lazy_gettext

REPEATABLE = (
    "userTask",
    "serviceTask",
    "scriptTask",
    "businessRuleTask",
    "subProcess",
    "callActivity",
)

_VARIABLE = re.compile(r"[^\W\d]\w*")


def check_loops(diagram: Diagram, findings: Findings, known: Known) -> None:
    """Check every multi-instance marker, and that nothing inside overwrites what it gives."""
    del known
    for node in diagram.nodes:
        if node.loop and node.tag in REPEATABLE:
            for code, message, hint in _mistakes(node.loop):
                findings.error(code, node, message, hint)
        _overwritten(diagram, node, findings)


def _mistakes(loop: Loop) -> Iterator[tuple[str, Text, Text]]:
    if not (loop.collection or "").startswith("="):
        yield (
            "loop.no-collection",
            lazy_gettext("The repeated activity does not say which list it goes through."),
            lazy_gettext(
                "Enter an expression as input collection, for example =units (at most %(most)s).",
                most=MOST_ITEMS,
            ),
        )
    if not _is_variable(loop.element):
        yield (
            "loop.no-element",
            lazy_gettext("The repeated activity does not name its item."),
            lazy_gettext("Enter a variable name as input element, for example unit."),
        )
    if bool(loop.output_collection) != bool(loop.output_element) or (
        loop.output_collection and not _is_variable(loop.output_collection)
    ):
        yield (
            "loop.output-incomplete",
            lazy_gettext("The results of the repeated activity would be lost."),
            lazy_gettext("Enter both a variable as output collection and an output element."),
        )
    for text in (loop.output_element, loop.until):
        if text and not text.startswith("="):
            yield (
                "feel.not-feel",
                lazy_gettext("This is not a FEEL expression: %(text)s", text=text[:200]),
                lazy_gettext('Begin with “=”, for example: =decision = "accept"'),
            )


def _is_variable(name: str | None) -> bool:
    return bool(name and name != COUNTER and _VARIABLE.fullmatch(name))


def _overwritten(diagram: Diagram, node: Node, findings: Findings) -> None:
    around = [one.loop for one in repeated_around(diagram, node) if one.loop]
    fixed = {COUNTER, *(loop.element for loop in around)}
    outer = around[1:] if node.loop else around
    fixed |= {loop.output_collection for loop in outer}
    written = {node.script.variable} if node.script else set()
    written |= {node.decision.variable} if node.decision else set()
    clashing = fixed & written
    if node.loop:
        clashing |= fixed & {node.loop.output_collection}
        clashing |= {node.loop.element} & {loop.element for loop in outer}
    for name in sorted(filter(None, clashing)):
        findings.error(
            "loop.name-clash",
            node,
            lazy_gettext("“%(name)s” belongs to a repeated activity.", name=name),
            lazy_gettext("Choose another name for the result or for the inner item."),
        )
