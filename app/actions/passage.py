"""Whether a dossier can go on under another version, and what it takes with it. Reads only."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from sqlalchemy.orm import Session

from app.actions.earlier_answers import answers_for, asked_before, given_by
from app.actions.foresight import foresee
from app.domain.dossiers.model import Dossier
from app.domain.journal.model import JournalEntry
from app.domain.journal.queries import entries_of
from app.engine import Definition, Variable, look
from app.engine.migrating import (
    Ahead,
    CannotMove,
    Level,
    Moved,
    Obstacle,
    Route,
    ahead_of,
    mappable,
    move,
    newly_read,
)
from app.foundation.text import LazyString, lazy_gettext
from app.queries.clocks import holds_of
from app.queries.definitions import LoadedVersion
from app.queries.lineage import Lineage, lineage_of

#: Looking at a state asks for no time.
_NO_MOMENT = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Traveller:
    """A dossier, and how to read what has happened to it; it is read only where it must be."""

    dossier: Dossier
    snapshot: bytes
    entries: Callable[[], Sequence[JournalEntry]]
    lineage: Callable[[], Lineage]


def traveller_of(session: Session, dossier: Dossier, snapshot: bytes) -> Traveller:
    """The dossier with its journal within reach."""
    return Traveller(
        dossier=dossier,
        snapshot=snapshot,
        entries=lambda: entries_of(session, dossier.id),
        lineage=lambda: lineage_of(session, dossier, entries_of(session, dossier.id)),
    )


@dataclass(frozen=True, kw_only=True)
class Crossing:
    """A dossier that can move: where it would be, and what it is told of earlier answers."""

    moved: Moved
    variables: Mapping[str, Variable]


class Passage:
    """From one version to another, for the dossiers of one case.

    Of the mapping that part counts which the diagram of the case knows. Raises CannotMove where
    the case is gone, and MappingInvalid.
    """

    def __init__(
        self, old: LoadedVersion, new: LoadedVersion, case_key: str, mapping: Mapping[str, str]
    ) -> None:
        case = new.catalogue.case(case_key)
        if case is None:
            message = lazy_gettext("The other version has no case “%(case)s”.", case=case_key)
            raise CannotMove((stays("case-gone", message),))
        self.old, self.new, self.case = old, new, case
        before: Definition = old.diagram(old.case(case_key).diagram)
        after: Definition = new.diagram(case.diagram)
        self.route = Route(before, after, _concerning(before, after, mapping))
        self._foreseen: dict[Level, Obstacle | None] = {}

    def cross(self, traveller: Traveller) -> Crossing:
        """Where the dossier would be; raises CannotMove with every reason."""
        variables = self._answers(traveller)
        moved = move(self.route, traveller.snapshot, variables)
        found = [self._foresee(level) for level in moved.levels]
        found.append(self._unanswered(moved, traveller))
        found.append(self._held_otherwise(moved, traveller.snapshot))
        if reasons := {(one.code, one.element_id): one for one in found if one}:
            raise CannotMove(reasons.values())
        return Crossing(moved=moved, variables=variables)

    def _answers(self, traveller: Traveller) -> Mapping[str, Variable]:
        if not self.route.new.variables - self.route.old.variables:
            return {}
        return answers_for(self.route, traveller.dossier, traveller.entries())

    def _foresee(self, level: Level) -> Obstacle | None:
        if level not in self._foreseen:
            self._foreseen[level] = foresee(self.route, level)
        return self._foreseen[level]

    @cached_property
    def _new_names(self) -> frozenset[str]:
        return newly_read(self.route)

    def _unanswered(self, moved: Moved, traveller: Traveller) -> Obstacle | None:
        """A name without a value would let a gateway take its default flow in silence."""
        if not self._new_names:
            return None
        ahead = ahead_of(self.route, moved.levels)
        missing = ahead.names - moved.outcome.variables.keys() - self._given_ahead(ahead)
        if missing:
            case = traveller.dossier.case_key
            missing -= asked_before(traveller.lineage(), case, traveller.entries())
        if not missing:
            return None
        message = lazy_gettext(
            "The other version decides by “%(names)s”, and the dossier has passed the step that"
            " asks for it.",
            names=", ".join(sorted(missing)),
        )
        return stays("never-asked", message)

    @cached_property
    def _clock_may_differ(self) -> bool:
        names, after = self.route.mapping, self.route.new.steps
        return any(
            (now := after.get(names.get(id_, id_)))
            and (now.clock, now.status) != (step.clock, step.status)
            for id_, step in self.route.old.steps.items()
        )

    def _held_otherwise(self, moved: Moved, snapshot: bytes) -> Obstacle | None:
        """The legal clock does the same after the move as before: nothing else has happened."""
        if not self._clock_may_differ:
            return None
        before = look(self.route.old, snapshot, now=_NO_MOMENT)
        held = {hold.pause for hold in holds_of(self.route.old, before)}
        holds = {hold.pause for hold in holds_of(self.route.new, moved.outcome)}
        if held == holds:
            return None
        message = lazy_gettext(
            "The legal clock would stand still or run on at once, without anything having happened."
        )
        return stays("clock-changed", message)

    def _given_ahead(self, ahead: Ahead) -> frozenset[str]:
        steps = self.route.new.steps
        return frozenset().union(*(given_by(self.new, steps.get(one)) for one in ahead.steps))


def _concerning(
    before: Definition, after: Definition, mapping: Mapping[str, str]
) -> dict[str, str]:
    """The part of a mapping that is about these diagrams; cases often share names of steps."""
    old, new = mappable(before), mappable(after)
    return {
        key: value
        for key, value in mapping.items()
        if key in old and (value in new or key not in new)
    }


def stays(code: str, message: LazyString) -> Obstacle:
    """A reason that is about the dossier as a whole."""
    return Obstacle(
        code=code,
        element_id="",
        element_name="",
        message=message,
        hint=lazy_gettext("Let the dossier end on its own version."),
    )
