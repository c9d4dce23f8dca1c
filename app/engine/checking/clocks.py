"""What is said about the time of a step has to fit together, and to somebody's work."""

from app.engine.checking.findings import Findings, Known, closest
from app.engine.diagram import Diagram, Node
from app.engine.steps import NOBODY, ONLINE_HOURS, told_when_late
from app.foundation.text import lazy_gettext

#: Properties of the time that a person takes.
_OF_USER_TASKS = ("deadline", "escalation", ONLINE_HOURS)
#: They change when a step is due, hence are nothing without the hours.
_BESIDE_HOURS = ("deadline", ONLINE_HOURS)


def check_clocks(diagram: Diagram, findings: Findings, known: Known) -> None:
    """Check the properties of time against each other."""
    for node in diagram.nodes:
        written = [name for name in _OF_USER_TASKS if node.properties.get(name, "").strip()]
        if node.tag != "userTask":
            for name in written:
                _misplaced(node, name, findings)
        else:
            for name in written:
                _fits(node, name, findings)
            _known_roles(node, findings, known)


def _misplaced(node: Node, name: str, findings: Findings) -> None:
    findings.warning(
        "property.misplaced",
        node,
        lazy_gettext("The property “%(name)s” means nothing here.", name=name),
        lazy_gettext("Only a user task takes a person's time."),
    )


def _fits(node: Node, name: str, findings: Findings) -> None:
    if name in _BESIDE_HOURS and not node.properties.get("workingHours", "").strip():
        findings.error(
            "property.no-hours",
            node,
            lazy_gettext("“%(name)s” stands here without “workingHours”.", name=name),
            lazy_gettext(
                "Enter “workingHours” too: they count for the legal term, and for every dossier "
                "that “%(name)s” does not concern.",
                name=name,
            ),
        )


def _known_roles(node: Node, findings: Findings, known: Known) -> None:
    if known.roles is None:
        return
    for role in told_when_late(node.properties.get("escalation", "")):
        if role not in known.roles:
            findings.error(
                "property.escalation-role",
                node,
                lazy_gettext("There is no role “%(role)s”.", role=role),
                closest(role, [*known.roles, NOBODY]),
            )
