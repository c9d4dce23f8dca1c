"""Steps that someone or something works on: form, role, handler, script."""

import re
from collections.abc import Callable

from app.engine.checking.decisions import check_rule_task
from app.engine.checking.findings import Findings, Known, closest
from app.engine.diagram import Diagram, Node
from app.engine.tasks import literal_priority, literal_roles
from app.foundation.text import lazy_gettext

_VARIABLE = re.compile(r"[^\W\d]\w*")


def check_tasks(diagram: Diagram, findings: Findings, known: Known) -> None:
    """Check what is written on each step."""
    for node in diagram.nodes:
        rule = _RULES.get(node.tag)
        if rule:
            rule(node, findings, known)


def _user(node: Node, findings: Findings, known: Known) -> None:
    _form(node, findings, known)
    _roles(node, findings, known)
    _priority(node, findings)
    if not node.name:
        findings.warning(
            "element.no-name",
            node,
            lazy_gettext("The task has no name."),
            lazy_gettext("Name it by what is done, for example “Check the dossier”."),
        )


def _form(node: Node, findings: Findings, known: Known) -> None:
    if not node.form:
        findings.error(
            "task.no-form",
            node,
            lazy_gettext("The user task has no form."),
            lazy_gettext("Link a form in the properties panel."),
        )
    elif node.form.startswith("="):
        findings.error(
            "task.form-computed",
            node,
            lazy_gettext("The form of a task cannot be computed."),
            lazy_gettext("Name one form; use one task for each form."),
        )
    elif known.forms is not None and node.form not in known.forms:
        findings.error(
            "task.form-unknown",
            node,
            lazy_gettext("There is no form “%(form)s”.", form=node.form),
            closest(node.form, known.forms),
        )


def _roles(node: Node, findings: Findings, known: Known) -> None:
    if not node.roles or not literal_roles(node.roles):
        findings.error(
            "task.no-role",
            node,
            lazy_gettext("Nobody may do this task: it has no candidate groups."),
            lazy_gettext("Enter a role key under “Candidate groups”."),
        )
    elif not node.roles.startswith("=") and len(literal_roles(node.roles)) > 1:
        findings.error(
            "task.many-roles",
            node,
            lazy_gettext("The task names several roles: %(roles)s.", roles=node.roles),
            lazy_gettext("Name the one role that may do it (docs/adr/0003)."),
        )
    elif known.roles is not None and not node.roles.startswith("="):
        for role in literal_roles(node.roles):
            if role not in known.roles:
                findings.error(
                    "task.role-unknown",
                    node,
                    lazy_gettext("There is no role “%(role)s”.", role=role),
                    closest(role, known.roles),
                )


def _priority(node: Node, findings: Findings) -> None:
    if node.priority and not node.priority.startswith("="):
        try:
            literal_priority(node.priority)
        except ValueError:
            findings.error(
                "task.priority",
                node,
                lazy_gettext("The priority “%(text)s” is not valid.", text=node.priority),
                lazy_gettext("Enter a whole number from 0 to 100, or a FEEL expression."),
            )


def _service(node: Node, findings: Findings, known: Known) -> None:
    if not node.service or node.service.startswith("="):
        findings.error(
            "service.no-type",
            node,
            lazy_gettext("The service task does not name its handler."),
            lazy_gettext("Enter the handler under “Task definition”, “Type”."),
        )
    elif known.services is not None and node.service not in known.services:
        findings.error(
            "service.unknown",
            node,
            lazy_gettext("There is no handler “%(service)s”.", service=node.service),
            closest(node.service, known.services),
        )


def _script(node: Node, findings: Findings, known: Known) -> None:
    del known
    script = node.script
    if not script or not script.expression or not _VARIABLE.fullmatch(script.variable):
        findings.error(
            "script.incomplete",
            node,
            lazy_gettext("The script task needs an expression and a result variable."),
            lazy_gettext("Choose “FEEL expression” as implementation and fill in both fields."),
        )


_RULES: dict[str, Callable[[Node, Findings, Known], None]] = {
    "userTask": _user,
    "serviceTask": _service,
    "sendTask": _service,
    "scriptTask": _script,
    "businessRuleTask": check_rule_task,
}
