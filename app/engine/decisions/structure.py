"""The file as a whole: ids, sizes, what we do not read, and who requires whom."""

from collections import Counter

from app import feel
from app.engine.decisions.notes import Notes, Spot
from app.engine.decisions.written import DecisionText, Element, FileText, TableText, texts_of
from app.foundation.text import lazy_gettext

MOST_DECISIONS = 50
#: All cells of a file; each costs a few microseconds whenever its table is asked.
MOST_CELLS = 4_000
#: Characters in all of them; a hundred thousand take some seconds to read.
MOST_TEXT = 200_000


def check_structure(file: FileText, notes: Notes) -> None:
    """Note what is wrong apart from the decisions' own logic."""
    _sizes(file, notes)
    _ids(file, notes)
    _names(file, notes)
    for element in file.unread:
        notes.error(
            "file.unsupported",
            _spot(element),
            lazy_gettext("The element “%(tag)s” is not supported.", tag=element.tag),
            lazy_gettext("Use decision tables and literal expressions only."),
        )


def _names(file: FileText, notes: Notes) -> None:
    """Warn where an expression could not mention an input by its drawn name."""
    for element in file.elements:
        if element.tag == "inputData" and not _is_readable(element.name):
            notes.warning(
                "input.name",
                _spot(element),
                lazy_gettext("“%(name)s” cannot be read as a name.", name=element.name),
                lazy_gettext("Use words of letters and digits, none of which FEEL reserves."),
            )


def _is_readable(name: str) -> bool:
    try:
        return feel.compile(name).names == {name}
    except feel.FeelError:
        return False


def _sizes(file: FileText, notes: Notes) -> None:
    if not file.decisions:
        notes.error(
            "file.no-decision",
            None,
            lazy_gettext("The file has no decision."),
            lazy_gettext("Draw a decision, or delete the file."),
        )
    texts = [len(text.text) for one in file.decisions for text in texts_of(one)]
    for size, most in (
        (len(file.decisions), MOST_DECISIONS),
        (len(texts) + sum(map(_columns, file.decisions)), MOST_CELLS),
        (sum(texts), MOST_TEXT),
    ):
        if size > most:
            notes.error(
                "file.too-large",
                None,
                lazy_gettext(
                    "The file holds too much: %(size)s parts or letters of at most %(most)s.",
                    size=size,
                    most=most,
                ),
                lazy_gettext("Split it into several files."),
            )


def _columns(decision: DecisionText) -> int:
    logic = decision.logic
    return len(logic.inputs) + len(logic.outputs) if isinstance(logic, TableText) else 0


def is_too_large(file: FileText) -> bool:
    """Whether a file is not worth compiling."""
    notes = Notes()
    _sizes(file, notes)
    return bool(file.decisions) and notes.has_errors


def _ids(file: FileText, notes: Notes) -> None:
    counts = Counter(element.id for element in file.elements)
    repeated: set[str | None] = set()
    for element in file.elements:
        if counts[element.id] > 1 and element.id not in repeated:
            repeated.add(element.id)
            notes.error(
                "id.duplicate",
                _spot(element),
                lazy_gettext("The id “%(id)s” is used more than once.", id=element.id),
                lazy_gettext("Give each element an id of its own."),
            )
    for decision in file.decisions:
        if not decision.id:
            notes.error(
                "decision.no-id",
                _whole(decision),
                lazy_gettext("The decision “%(name)s” has no id.", name=decision.name),
                lazy_gettext("Give the decision an id; a business rule task calls it by its id."),
            )


def in_order(file: FileText, notes: Notes) -> list[DecisionText]:
    """The decisions, each behind those it requires; notes unknown and circular requirements."""
    by_id = {one.id: one for one in file.decisions if one.id}
    for decision in file.decisions:
        for required in decision.requires:
            if required not in by_id:
                notes.error(
                    "requirement.unknown",
                    _whole(decision),
                    lazy_gettext("There is no decision “%(id)s” in this file.", id=required[:80]),
                    lazy_gettext("Draw the requirement again; both decisions stand in one file."),
                )
    ordered: list[DecisionText] = []
    left = dict(by_id)
    while left:
        ready = [one for one in left.values() if not left.keys() & set(one.requires)]
        if not ready:
            _circle(next(iter(left.values())), notes)
            break
        ordered += ready
        left = {id_: one for id_, one in left.items() if one not in ready}
    return ordered


def _circle(decision: DecisionText, notes: Notes) -> None:
    notes.error(
        "requirement.circle",
        _whole(decision),
        lazy_gettext("The decision “%(name)s” requires itself.", name=decision.name),
        lazy_gettext("Remove one of the requirements that form the circle."),
    )


def _whole(decision: DecisionText) -> Spot:
    return Spot(id=decision.id, name=decision.name or None, line=decision.line)


def _spot(element: Element) -> Spot:
    return Spot(id=element.id, name=element.name or None, line=element.line)
