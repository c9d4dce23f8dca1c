"""Which process of a file is taken, and what becomes of the others."""

from typing import Any

from app.engine.checking import Findings, choose_process
from app.engine.errors import DefinitionInvalid
from app.engine.importing.report import Changes
from app.engine.importing.tags import is_node
from app.engine.importing.wishes import Wishes
from app.engine.problems import Problem, Severity
from app.engine.reading import processes
from app.engine.xml_parts import BPMN, local
from app.foundation.text import lazy_gettext


def choose(root: Any, wishes: Wishes, changes: Changes) -> Any:
    """The process to import, marked as the one that runs. Raises DefinitionInvalid."""
    found = processes(root) if root.tag == f"{BPMN}definitions" else []
    if not found:
        findings = Findings()
        choose_process(root, findings)
        raise DefinitionInvalid(findings.sorted())
    taken = _wished(found, wishes.process) if wishes.process else _best(found)
    for other in found:
        if other is not taken:
            _leave(other, changes)
    if taken.get("isExecutable") != "true":
        changes.info(
            "process.executable",
            taken,
            lazy_gettext("The process is marked as executable."),
            before=taken.get("isExecutable"),
            after="true",
        )
        taken.set("isExecutable", "true")
    return taken


def _wished(found: list[Any], wished: str) -> Any:
    for process in found:
        if wished in (process.get("id"), process.get("name")):
            return process
    known = ", ".join(process.get("id") or "–" for process in found)
    raise DefinitionInvalid(
        (
            Problem(
                code="process.unknown",
                severity=Severity.ERROR,
                element_id=None,
                element_name=None,
                line=None,
                message=lazy_gettext("The file has no process “%(process)s”.", process=wished),
                hint=lazy_gettext("It has these: %(known)s.", known=known),
            ),
        )
    )


def _best(found: list[Any]) -> Any:
    """The executable process; among several, or none, the one that has most to do."""
    executable = [process for process in found if process.get("isExecutable") == "true"]
    return max(executable or found, key=_worth)


def _worth(process: Any) -> tuple[bool, int]:
    nodes = [element for element in process if is_node(element)]
    begins = any(local(element) == "startEvent" for element in nodes)
    return begins, len(nodes)


def _leave(process: Any, changes: Changes) -> None:
    if process.get("isExecutable") == "true":
        process.set("isExecutable", "false")
        changes.warning(
            "process.left",
            process,
            lazy_gettext(
                "A version runs one process. This one stays in the file and does not run;"
                " import it into a file of its own if it is called."
            ),
            before="isExecutable=true",
            after="isExecutable=false",
        )
