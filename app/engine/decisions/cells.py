"""Compiling pieces of FEEL, with a note about each that cannot be read."""

from dataclasses import dataclass, replace

from app import feel
from app.engine.decisions.kinds import Kind, kind_of
from app.engine.decisions.notes import Notes, Spot
from app.engine.decisions.written import DecisionText, FileText, Text
from app.foundation.text import lazy_gettext

#: A cell that is a truth value asks for just that one: null is neither true nor false.
_TRUTH = {"true": "? = true", "false": "? = false"}


@dataclass(frozen=True, kw_only=True)
class Column:
    """What is known about a column before its cells are read."""

    label: str
    kind: Kind | None
    #: The list of its values, from the column itself or from its type.
    values: Text | None
    allowed: feel.UnaryTests | None


class Cells:
    """Compiles the pieces of one decision."""

    def __init__(self, decision: DecisionText, file: FileText, notes: Notes) -> None:
        self.decision = decision
        self.file = file
        self.notes = notes

    def spot(
        self,
        id_: str | None = None,
        line: int | None = None,
        rule: int | None = None,
        column: str = "",
    ) -> Spot:
        """A place in this decision; without an id of its own it is the decision's."""
        return Spot(
            id=id_ or self.decision.id,
            name=self.decision.name or None,
            line=line or self.decision.line,
            rule=rule,
            column=column,
        )

    def at(self, text: Text, rule: int | None = None, column: str = "") -> Spot:
        """The place of a piece of FEEL."""
        return self.spot(text.id, text.line, rule, column)

    def tests(self, text: Text, spot: Spot) -> feel.UnaryTests:
        """The tests in an input cell; a cell that cannot be read lets everything pass."""
        self._is_feel(text, spot)
        try:
            return feel.compile_unary(_TRUTH.get(text.text, text.text))
        except feel.FeelError as error:
            self._unreadable(text, spot, error)
            return feel.compile_unary("-")

    def value(self, text: Text, spot: Spot) -> feel.Compiled:
        """An expression; one that cannot be read gives null."""
        self._is_feel(text, spot)
        if not text.text:
            self.notes.error(
                "cell.empty",
                spot,
                lazy_gettext("%(where)s: nothing is written here.", where=spot.where()),
                lazy_gettext("Write a value, or null if there is none."),
            )
            return feel.compile("null")
        try:
            return feel.compile(text.text)
        except feel.FeelError as error:
            self._unreadable(text, spot, error)
            return feel.compile("null")

    def column(self, label: str, type_: str | None, values: Text | None, spot: Spot) -> Column:
        """The type and the values of a column."""
        declared = self.file.types.get((type_ or "").removeprefix("feel:"))
        if declared is not None:
            values = values or declared.values
            type_ = declared.type or "?"
        try:
            kind = kind_of(type_)
        except KeyError:
            kind = None
            self.notes.error(
                "column.type-unknown",
                spot,
                lazy_gettext(
                    "The column “%(column)s” has a type that is not supported here.", column=label
                ),
                lazy_gettext("Choose string, number, boolean, date, time or any."),
            )
        if values is not None and not values.text:
            values = None
        spot = replace(spot, column=label)
        allowed = None if values is None else self.tests(values, spot)
        return Column(label=label, kind=kind, values=values, allowed=allowed)

    def listed(self, column: Column, spot: Spot) -> tuple[object, ...]:
        """The values of a column one by one, in their order; none if they are no plain list."""
        text = column.values.text if column.values else ""
        try:
            listed = feel.compile(f"[{text}]")
            values = listed.evaluate({}) if not listed.names else None
        except feel.FeelError:
            values = None
        if isinstance(values, list) and values and None not in values:
            return tuple(values)
        self.notes.error(
            "output.no-values",
            spot,
            lazy_gettext(
                "The output “%(column)s” does not list its values in their order.",
                column=column.label,
            ),
            lazy_gettext('List them, the most important first, for example: "high", "low"'),
        )
        return ()

    def _is_feel(self, text: Text, spot: Spot) -> None:
        if text.language and "feel" not in text.language.lower():
            self.notes.error(
                "cell.not-feel",
                spot,
                lazy_gettext(
                    "%(where)s: this is written in %(language)s and not in FEEL.",
                    where=spot.where(),
                    language=text.language[:60],
                ),
                lazy_gettext("Choose FEEL as expression language and write it anew."),
            )

    def _unreadable(self, text: Text, spot: Spot, error: feel.FeelError) -> None:
        self.notes.error(
            "cell.invalid",
            spot,
            lazy_gettext(
                "%(where)s: this cannot be read: %(text)s",
                where=spot.where(),
                text=text.text[:200],
            ),
            str(error),
        )
