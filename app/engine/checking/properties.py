"""The `zeebe:property` entries: legal facts of a step, each with its own kind of value."""

import re
from collections.abc import Callable, Mapping

from app.engine.checking.findings import Findings, Known, closest
from app.engine.diagram import Diagram, Node
from app.engine.problems import Text
from app.engine.steps import CLOCKS, DEADLINES, PROPERTIES, waits_for_outside
from app.engine.tasks import literal_hours
from app.foundation.text import lazy_gettext

_SLIPS = ("01", "02", "03", "04", "05")
#: A role key with the blanks around it in a list.
_KEY = re.compile(r"\s*[a-z][a-z0-9_]*\s*")
#: The same for a variable.
_NAME = re.compile(r"\s*[^\W\d]\w*\s*")


def check_properties(diagram: Diagram, findings: Findings, known: Known) -> None:
    """Check names and values of all properties."""
    del known
    for node in diagram.nodes:
        for name, raw in node.properties.items():
            if name not in PROPERTIES:
                findings.warning(
                    "property.unknown",
                    node,
                    lazy_gettext("The property “%(name)s” means nothing here.", name=name),
                    closest(name, PROPERTIES),
                )
            elif name == "variables" and not waits_for_outside(node):
                _misplaced(node, findings)
            elif raw.strip() and not _is_valid(name, raw.strip()):
                _invalid(node, name, raw.strip(), findings)


def _invalid(node: Node, name: str, text: str, findings: Findings) -> None:
    findings.error(
        f"property.{name}",
        node,
        lazy_gettext(
            "The property “%(name)s” has an invalid value: “%(text)s”.", name=name, text=text[:60]
        ),
        _HINTS[name],
    )


def _misplaced(node: Node, findings: Findings) -> None:
    findings.error(
        "property.variables",
        node,
        lazy_gettext("Only what waits for a message or a signal can be brought variables."),
        lazy_gettext("Take “variables” away; answers of people come from forms."),
    )


def _is_valid(name: str, text: str) -> bool:
    return name not in _VALID or _VALID[name](text)


def _is_hours(text: str) -> bool:
    if text.startswith("="):
        return True
    try:
        literal_hours(text)
    except ValueError:
        return False
    return True


def _is_status(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 3 and 1 <= int(text) <= 10


_VALID: Mapping[str, Callable[[str], bool]] = {
    "workingHours": _is_hours,
    "workingHoursOnline": _is_hours,
    "deadline": lambda text: text in DEADLINES,
    "escalation": lambda text: all(_KEY.fullmatch(key) for key in text.split(",")),
    "status": _is_status,
    "variables": lambda text: all(_NAME.fullmatch(name) for name in text.split(",")),
    "clock": lambda text: text in CLOCKS,
    "slip": lambda text: text.startswith("=") or text in _SLIPS,
}

_HOURS_HINT = lazy_gettext("Enter hours, for example 8 or 0.5, or a FEEL expression.")
_HINTS: Mapping[str, Text] = {
    "workingHours": _HOURS_HINT,
    "workingHoursOnline": _HOURS_HINT,
    "deadline": lazy_gettext("Enter handover, or leave it empty: then the hours count."),
    "escalation": lazy_gettext(
        "Enter role keys in the order in which they are told, for example "
        "“division_head, director”, or “none”."
    ),
    "status": lazy_gettext("Enter a national dossier status from 1 to 10."),
    "variables": lazy_gettext("Enter names, for example “amount_paid, paid_on”."),
    "clock": lazy_gettext("Enter run, pause or stop."),
    "slip": lazy_gettext("Enter the number of a paper form, 01 to 05, or a FEEL expression."),
}
