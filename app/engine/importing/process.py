"""Which process of a file is taken, and what becomes of the others."""

from typing import Any

from app.engine.checking import Findings, choose_process
from app.engine.checking.identity import MOST_FLOWS, MOST_NODES
from app.engine.errors import DefinitionInvalid
from app.engine.importing.draft import Draft
from app.engine.importing.report import Changes
from app.engine.importing.tags import is_node
from app.engine.importing.wishes import Wishes
from app.engine.problems import Problem, Severity, Text
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
    if not wishes.process:
        _tell_choice(found, taken, changes)
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


def ensure_size(draft: Draft) -> None:
    """Refuse a process that is far too large for any version. Raises DefinitionInvalid."""
    size = len(draft.nodes()) + len(draft.flows())
    most = 2 * (MOST_NODES + MOST_FLOWS)
    if size > most:
        raise _refusal(
            "limit.nodes",
            lazy_gettext(
                "The diagram is too large: %(size)s where %(most)s are allowed.",
                size=size,
                most=most,
            ),
            lazy_gettext("Split the procedure into several smaller processes."),
        )


def _refusal(code: str, message: Text, hint: Text) -> DefinitionInvalid:
    problem = Problem(
        code=code,
        severity=Severity.ERROR,
        element_id=None,
        element_name=None,
        line=None,
        message=message,
        hint=hint,
    )
    return DefinitionInvalid((problem,))


def _wished(found: list[Any], wished: str) -> Any:
    for process in found:
        if wished in (process.get("id"), process.get("name")):
            return process
    known = ", ".join(process.get("id") or "–" for process in found)
    raise _refusal(
        "process.unknown",
        lazy_gettext("The file has no process “%(process)s”.", process=wished),
        lazy_gettext("It has these: %(known)s.", known=known),
    )


def _tell_choice(found: list[Any], taken: Any, changes: Changes) -> None:
    """Say which of several processes was taken, where the file itself does not."""
    others = [process for process in found if process is not taken and _worth(process)[1]]
    if others and not any(process.get("isExecutable") == "true" for process in found):
        changes.remark(
            "process.chosen",
            taken,
            lazy_gettext(
                "Of several processes this one has most to do; say which to take instead."
            ),
            before=", ".join(process.get("id") or "–" for process in others),
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
