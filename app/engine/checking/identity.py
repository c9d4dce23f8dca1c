"""Ids: each element needs one of its own, because the record of what happened refers to it."""

import re
from collections import Counter

from app.engine.checking.findings import Findings, Known
from app.engine.diagram import Diagram, Flow, Node
from app.foundation.text import lazy_gettext

#: An XML name without a colon.
_NAME = re.compile(r"[^\W\d][\w.\-]*")
LONGEST_ID = 200

#: Larger diagrams are not read: people could not either, and each token costs time.
MOST_NODES = 400
MOST_FLOWS = 1200
DEEPEST = 5


def check_identity(diagram: Diagram, findings: Findings, known: Known) -> None:
    """Ids are present, well-formed and unique; the diagram has a reasonable size."""
    del known
    _sizes(diagram, findings)
    _process_id(diagram, findings)
    counts = Counter([diagram.process_id])
    for subject in diagram.subjects:
        if not subject.id:
            _missing(subject, findings)
            continue
        counts[subject.id] += 1
        if counts[subject.id] > 1:
            findings.error(
                "id.duplicate",
                subject,
                lazy_gettext("The id “%(id)s” is used more than once.", id=subject.id),
                lazy_gettext("Give each element an id of its own."),
            )
        elif not _is_name(subject.id):
            _not_a_name(subject, findings)


def _is_name(text: str) -> bool:
    return len(text) <= LONGEST_ID and bool(_NAME.fullmatch(text))


def _process_id(diagram: Diagram, findings: Findings) -> None:
    if not _is_name(diagram.process_id):
        _not_a_name(diagram, findings)


def _not_a_name(subject: Node | Flow | Diagram, findings: Findings) -> None:
    findings.error(
        "id.not-a-name",
        subject,
        lazy_gettext("The id is missing or is not a valid XML name."),
        lazy_gettext("Begin with a letter and use letters, digits, “_”, “-” and “.” only."),
    )


def _missing(subject: Node | Flow, findings: Findings) -> None:
    if isinstance(subject, Flow):
        findings.error(
            "flow.no-id",
            subject,
            lazy_gettext(
                "The flow from “%(source)s” to “%(target)s” has no id.",
                source=subject.source,
                target=subject.target,
            ),
            lazy_gettext("Delete the flow and draw it again, or give it an id."),
        )
    else:
        findings.error(
            "element.no-id",
            subject,
            lazy_gettext("An element (%(tag)s) has no id.", tag=subject.tag),
            lazy_gettext("Give the element an id in the properties panel."),
        )


def _sizes(diagram: Diagram, findings: Findings) -> None:
    for code, size, most in (
        ("limit.nodes", len(diagram.nodes), MOST_NODES),
        ("limit.flows", len(diagram.flows), MOST_FLOWS),
        ("limit.depth", _depth(diagram), DEEPEST),
    ):
        if size > most:
            findings.error(
                code,
                diagram,
                lazy_gettext(
                    "The diagram is too large: %(size)s where %(most)s are allowed.",
                    size=size,
                    most=most,
                ),
                lazy_gettext("Split the procedure into several smaller processes."),
            )


def _depth(diagram: Diagram) -> int:
    """How many sub-processes stand inside each other."""
    depth, level = 0, {node.id for node in diagram.nodes if node.tag == "subProcess"}
    inside = {node.id: node.container for node in diagram.nodes if node.id in level}
    for start in level:
        seen: set[str | None] = set()
        at: str | None = start
        while at is not None and at not in seen:
            seen.add(at)
            at = inside.get(at)
        depth = max(depth, len(seen))
    return depth
