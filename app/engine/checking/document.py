"""The file as a whole: is it BPMN, and does it hold exactly one process that can run?"""

from typing import Any

from app.engine.checking.findings import Findings
from app.engine.reading import is_executable, processes
from app.engine.xml_parts import BPMN
from app.foundation.text import lazy_gettext


def choose_process(root: Any, findings: Findings) -> Any:
    """The one process to run; nothing if there is none or more than one."""
    if root.tag != f"{BPMN}definitions":
        findings.error(
            "xml.wrong-root",
            None,
            lazy_gettext("The file is XML, but not a BPMN 2.0 diagram."),
            lazy_gettext("Choose a file that was saved by a BPMN modeler (.bpmn)."),
        )
        return None
    found = processes(root)
    executable = [process for process in found if is_executable(process)]
    if len(executable) == 1:
        return executable[0]
    _complain(len(found), len(executable), findings)
    return None


def _complain(found: int, executable: int, findings: Findings) -> None:
    if executable:
        findings.error(
            "process.several",
            None,
            lazy_gettext("The file has %(count)s executable processes.", count=executable),
            lazy_gettext("Keep one process executable; draw the others as collapsed pools."),
        )
    elif found:
        findings.error(
            "process.not-executable",
            None,
            lazy_gettext("The process is not marked as executable."),
            lazy_gettext("Select the pool or the empty canvas and tick “Executable”."),
        )
    else:
        findings.error(
            "process.none",
            None,
            lazy_gettext("The file has no process."),
            lazy_gettext("Draw the steps of the procedure from a start event to an end event."),
        )
