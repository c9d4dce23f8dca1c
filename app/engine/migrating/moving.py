"""Take an instance over into another diagram, token by token, or say why it cannot go.

Nothing runs: each token stays where it stands, under the id it has, with its due moment and what
was settled when it opened. Only the names of elements are written anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from app.engine.clockwork import Run
from app.engine.definition import routing
from app.engine.facts import Outcome
from app.engine.migrating.obstacles import CannotMove, obstacle
from app.engine.migrating.rewriting import rewritten
from app.engine.migrating.route import Route
from app.engine.migrating.standing import Level, levels_of
from app.engine.migrating.survey import Survey
from app.engine.report import outcome
from app.engine.settling import restless
from app.engine.snapshot import dump, load, revive
from app.engine.waits import waits_of

#: Nothing asks for the time while nothing runs.
_NO_MOMENT = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Moved:
    """An instance in its new diagram."""

    #: As after a run in which nothing opened, closed or passed.
    outcome: Outcome
    #: Where its tokens stand now.
    levels: tuple[Level, ...]


def move(route: Route, snapshot: bytes, variables: Mapping[str, object]) -> Moved:
    """The same instance in the new diagram; `variables` are told to it where it has none yet.

    Raises CannotMove with every reason, or SnapshotUnreadable.
    """
    before, body = load(route.old, snapshot)
    survey = Survey(route=route)
    for tree in before.trees():
        survey.look_at(tree)
    if survey.obstacles:
        raise CannotMove(survey.obstacles)
    run = Run(now=_NO_MOMENT, seed=body["seed"], ids=body["ids"])
    after = revive(route.new, rewritten(body, before, survey.landings, run))
    for name, value in routing(route.new, variables).items():
        after.variables.setdefault(name, value)
    if task := restless(after):
        raise CannotMove((survey.pairs[task.id].refused("join-ready"),))
    found = outcome(route.new, after, dump(after, run), before=waits_of(after).ids)
    if found.incident:
        raise CannotMove((obstacle("stands-still", "", ""),))
    return Moved(outcome=found, levels=levels_of(after))
