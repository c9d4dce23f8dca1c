"""The ways in: look decision files over, or read them into decisions that run."""

from collections.abc import Mapping

from app.engine.decisions.building import build
from app.engine.decisions.model import Decision
from app.engine.decisions.notes import Notes, Spot
from app.engine.decisions.reading import namespace_of, read_file
from app.engine.decisions.structure import check_structure, in_order, is_too_large
from app.engine.errors import DefinitionInvalid
from app.engine.problems import Problem
from app.engine.xml_file import NotReadable, parse
from app.foundation.text import lazy_gettext

Problems = tuple[Problem, ...]


def check_decisions(xml: bytes) -> Problems:
    """Everything that is wrong with a decision file, errors first. Never raises, never hangs."""
    return _examined(xml)[1]


def read_decisions(xml: bytes) -> Mapping[str, Decision]:
    """The decisions of a file without errors, by their ids. Raises DefinitionInvalid."""
    decisions, problems = _examined(xml)
    if decisions is None:
        raise DefinitionInvalid(problems)
    return decisions


def gather(
    sources: Mapping[str, bytes],
) -> tuple[Mapping[str, Decision] | None, dict[str, Problems]]:
    """The decisions of several files that share their ids, and the problems of each file.

    There are no decisions to be had where one of the files has an error.
    """
    decisions: dict[str, Decision] = {}
    found: dict[str, Problems] = {}
    is_whole = True
    for path, source in sources.items():
        read, problems = _examined(source)
        is_whole = is_whole and read is not None
        taken = decisions.keys() & (read or {}).keys()
        if taken:
            is_whole = False
            problems += _taken(sorted(taken))
        found[path] = problems
        decisions |= read or {}
    return (decisions if is_whole else None), found


def _taken(ids: list[str]) -> Problems:
    notes = Notes()
    for id_ in ids:
        notes.error(
            "decision.elsewhere",
            Spot(id=id_, name=None, line=None),
            lazy_gettext("Another file has a decision “%(id)s” too.", id=id_),
            lazy_gettext("Give each decision of the procedure an id of its own."),
        )
    return notes.sorted()


def _examined(xml: bytes) -> tuple[Mapping[str, Decision] | None, Problems]:
    try:
        root = parse(xml)
    except NotReadable as error:
        return None, (error.as_problem(),)
    notes = Notes()
    namespace = namespace_of(root)
    if namespace is None:
        notes.error(
            "dmn.wrong-root",
            None,
            lazy_gettext("The file is XML, but not a decision file of DMN 1.2 to 1.5."),
            lazy_gettext("Choose a file that was saved by a DMN modeler (.dmn)."),
        )
        return None, notes.sorted()
    file = read_file(root, namespace)
    check_structure(file, notes)
    decisions = {} if is_too_large(file) else build(file, in_order(file, notes), notes)
    return (None if notes.has_errors else decisions), notes.sorted()
