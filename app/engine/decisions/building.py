"""From decisions as written to decisions that run, each after those it requires."""

from collections import Counter

from app import feel
from app.engine.decisions.cells import Cells
from app.engine.decisions.model import Decision, Table, variables_of
from app.engine.decisions.notes import Notes
from app.engine.decisions.overlaps import check_overlaps
from app.engine.decisions.tables import build_table
from app.engine.decisions.written import DecisionText, FileText, TableText, Text
from app.foundation.text import lazy_gettext


def build(file: FileText, order: list[DecisionText], notes: Notes) -> dict[str, Decision]:
    """The decisions by their ids; what is wrong with them is noted.

    `order` has the decisions of the file, each behind those it requires.
    """
    built: dict[str, Decision] = {}
    for written in order:
        cells = Cells(written, file, notes)
        requires = tuple(built[one] for one in written.requires if one in built)
        _requirements(requires, cells)
        logic = _logic(written, cells)
        built[written.id or ""] = Decision(
            id=written.id or "",
            name=written.name,
            variable=written.variable,
            logic=logic,
            requires=requires,
            variables=variables_of(logic, requires),
        )
    return built


def _requirements(requires: tuple[Decision, ...], cells: Cells) -> None:
    counts = Counter(name for decision in requires for name in decision.result_names)
    for name in sorted(name for name, count in counts.items() if count > 1):
        cells.notes.error(
            "requirement.name",
            cells.spot(),
            lazy_gettext("Two required decisions are called “%(name)s”.", name=name),
            lazy_gettext("Give each decision a name of its own."),
        )


def _logic(written: DecisionText, cells: Cells) -> Table | feel.Compiled:
    _unread(written, cells)
    match written.logic:
        case TableText():
            table = build_table(written.logic, cells)
            check_overlaps(table, cells)
            return table
        case Text():
            return cells.value(written.logic, cells.at(written.logic, column=written.name))
    if not written.unread:
        cells.notes.error(
            "decision.no-logic",
            cells.spot(),
            lazy_gettext("The decision “%(name)s” is empty.", name=written.name),
            lazy_gettext("Give it a decision table or a literal expression."),
        )
    return feel.compile("null")


def _unread(written: DecisionText, cells: Cells) -> None:
    for tag in written.unread:
        cells.notes.error(
            "decision.unsupported",
            cells.spot(),
            lazy_gettext(
                "The decision “%(name)s” has a part that is not supported: %(tag)s.",
                name=written.name,
                tag=tag,
            ),
            lazy_gettext("Use a decision table or a literal expression."),
        )
