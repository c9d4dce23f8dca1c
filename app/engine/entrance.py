"""The ways in: look a file over, read it into a definition, or take its bare graph."""

from collections.abc import Collection, Mapping

from app.engine.assembly import assemble
from app.engine.checking import Findings, Known, check_diagram, choose_process
from app.engine.decisions import Decision
from app.engine.definition import Definition
from app.engine.diagram import Diagram
from app.engine.errors import DefinitionInvalid
from app.engine.problems import Problem, cannot_be_read
from app.engine.reading import read_diagram
from app.engine.xml_file import NotReadable, parse


def check(
    xml: bytes,
    *,
    forms: Collection[str] | None = None,
    roles: Collection[str] | None = None,
    services: Collection[str] | None = None,
    decisions: Mapping[str, Decision] | None = None,
    calls: Collection[str] | None = None,
) -> tuple[Problem, ...]:
    """Everything that is wrong with a file, errors first, in the order of the file.

    Never raises and never hangs. Form ids, role keys, service types, decision ids and the ids of
    processes to call are compared with the collections that are given; what is not given is not
    checked. Files that call one another are checked by `check_all`.
    """
    known = Known(forms=forms, roles=roles, services=services, decisions=decisions)
    if calls is not None:
        known = known.with_calls(dict.fromkeys(calls, frozenset()))
    return examine(xml, known)[1]


def read(
    xml: bytes,
    *,
    forms: Collection[str] | None = None,
    roles: Collection[str] | None = None,
    services: Collection[str] | None = None,
    decisions: Mapping[str, Decision] | None = None,
    calls: Mapping[str, Definition] | None = None,
) -> Definition:
    """The definition of a file without errors; decisions and processes it calls must be given.

    Files that call one another are read by `read_all`. Raises DefinitionInvalid.
    """
    decisions, calls = decisions or {}, calls or {}
    known = Known(forms=forms, roles=roles, services=services, decisions=decisions)
    known = known.with_calls(
        {
            process: called.diagram.calls
            for name, one in calls.items()
            for process, called in ((name, one), *one.called.items())
        }
    )
    diagram, problems = examine(xml, known)
    if diagram is None or cannot_be_read(problems):
        raise DefinitionInvalid(problems)
    return assemble(diagram, decisions, calls)


def outline(xml: bytes) -> Diagram:
    """The bare graph of a file, with all its mistakes, for those who prove things about graphs.

    Raises DefinitionInvalid where there is no process to look at.
    """
    diagram, problems = examine(xml, Known())
    if diagram is None:
        raise DefinitionInvalid(problems)
    return diagram


def examine(xml: bytes, known: Known) -> tuple[Diagram | None, tuple[Problem, ...]]:
    """The diagram of a file, if it has one, and everything that is wrong with it."""
    diagram, findings = draw(xml)
    if diagram is not None:
        check_diagram(diagram, findings, known)
    return diagram, findings.sorted()


def draw(xml: bytes) -> tuple[Diagram | None, Findings]:
    """The diagram of a file, unjudged; where there is none the findings say why."""
    findings = Findings()
    try:
        root = parse(xml)
    except NotReadable as error:
        findings.add(error.as_problem())
        return None, findings
    process = choose_process(root, findings)
    return (None if process is None else read_diagram(root, process)), findings
