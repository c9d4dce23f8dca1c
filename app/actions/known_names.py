"""What a diagram of a procedure may read: the names, and the values some of them can have."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.actions.services import OUTPUTS
from app.domain.dossiers.status import ApplicantKind, Channel
from app.domain.procedures.cases import Case
from app.domain.procedures.catalogue import Catalogue
from app.engine import Definition, Diagram
from app.engine.decisions import Decision
from app.engine.decisions.task import rulings_of
from app.engine.steps import brought
from app.forms import Field, FormDefinition, Kind

#: Values that a variable can have; None where that cannot be told beforehand.
Values = frozenset[str] | None

#: What `first_variables` gives to every process; the keys of the cases are added.
START: Mapping[str, Values] = {
    "channel": frozenset(channel.value for channel in Channel),
    "owner_kind": frozenset(kind.value for kind in ApplicantKind),
    "handling_unit": None,
    "receiving_unit": None,
    "prepaid": None,
}


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """The readable files of a procedure."""

    catalogue: Catalogue
    forms: Mapping[str, FormDefinition]
    definitions: Mapping[str, Definition]
    decisions: Mapping[str, Decision]


def known_names(shelf: Shelf, path: str) -> dict[str, Values]:
    """Every name that something provides for the diagram of that path, with its values.

    Forms may fill a name in several ways; then it can have the values of all of them. A diagram
    that others call sees what all of them have; one that nobody uses yet, whatever there is.
    """
    given: list[tuple[str, Values]] = [*START.items(), ("case", _keys(shelf.catalogue))]
    begun = _begun_with(shelf, path)
    for form in _forms(shelf, begun):
        given += [(item.name, _values(item)) for item in form.inputs if enters_process(item)]
    for diagram in _diagrams(shelf, begun):
        given += [(name, None) for name in _made(diagram, shelf.decisions)]
    known: dict[str, Values] = {}
    for name, values in given:
        before = known.get(name, frozenset())
        known[name] = None if before is None or values is None else before | values
    return known


def _keys(catalogue: Catalogue) -> frozenset[str]:
    return frozenset(case.key for case in catalogue.cases)


def _begun_with(shelf: Shelf, path: str) -> list[Case] | None:
    """The cases whose processes come to the diagram, at once or by calls.

    Nothing where that cannot be told, because none does or some first diagram cannot be read.
    """
    own = [case for case in shelf.catalogue.cases if _path(case) == path]
    if own or any(_path(case) not in shelf.definitions for case in shelf.catalogue.cases):
        return own or None
    process = shelf.definitions[path].process_id
    calling = [
        case for case in shelf.catalogue.cases if process in shelf.definitions[_path(case)].called
    ]
    return calling or None


def _path(case: Case) -> str:
    return f"bpmn/{case.diagram}"


def _forms(shelf: Shelf, cases: Sequence[Case] | None) -> Iterator[FormDefinition]:
    if cases is None:
        return iter(shelf.forms.values())
    names = {case.application_form for case in cases}
    names |= {form for case in cases for form in shelf.definitions[_path(case)].forms}
    return (form for name, form in shelf.forms.items() if name in names)


def _diagrams(shelf: Shelf, cases: Sequence[Case] | None) -> Iterator[Diagram]:
    if cases is None:
        yield from (one.diagram for one in shelf.definitions.values())
    for path in dict.fromkeys(_path(case) for case in cases or ()):
        definition = shelf.definitions[path]
        yield definition.diagram
        yield from (one.diagram for one in definition.called.values())


def enters_process(item: Field) -> bool:
    """Whether the answer may enter the process: nested answers and rows stay in the form."""
    return len(item.path) == 1 and item.kind is not Kind.LIST


def _values(item: Field) -> Values:
    if item.kind not in {Kind.RADIO, Kind.SELECT} or not item.options:
        return None
    return frozenset(option.value for option in item.options)


def _made(diagram: Diagram, decisions: Mapping[str, Decision]) -> Iterator[str]:
    for node in diagram.nodes:
        if node.script:
            yield node.script.variable
        if node.loop and node.loop.output_collection:
            yield node.loop.output_collection
        yield from brought(node)
        yield from OUTPUTS.get(node.service or "", ())
    for ruling in rulings_of(diagram, decisions).values():
        yield from ruling.names
