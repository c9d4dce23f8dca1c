"""Look before moving: which dossiers can go on under another version, which cannot, and why.

Nothing is written. What is told is true at the moment of looking; each dossier is looked at again
when it moves.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.migrate_draft import draft_counts
from app.actions.notices import Notice, notices_of
from app.actions.passage import stays, traveller_of
from app.actions.version_move import VersionMove
from app.domain.dossiers.model import Dossier
from app.domain.processes.model import Process, ProcessState
from app.engine import EngineFailure
from app.engine.migrating import CannotMove, Obstacle, standing_in
from app.foundation.text import lazy_gettext
from app.queries.definitions import LoadedVersion

#: Dossiers read at a time.
PAGE = 200


class Verdict(Enum):
    """What a move would mean for one dossier."""

    MOVABLE = "movable"  # it can go on under the other version
    STAYS = "stays"  # it cannot, for the reasons told
    THERE = "there"  # it runs on the other version already


@dataclass(frozen=True, kw_only=True)
class Judged:
    """One running dossier."""

    code: str
    #: Number of the version it runs on.
    version: int
    verdict: Verdict
    #: Ids of the steps in which it stands.
    steps: tuple[str, ...]
    obstacles: tuple[Obstacle, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The dossier as plain JSON, translated now."""
        return {
            "code": self.code,
            "version": self.version,
            "verdict": self.verdict.value,
            "steps": list(self.steps),
            "reasons": [one.as_dict() for one in self.obstacles],
        }


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What would become of every running dossier of a procedure."""

    move: VersionMove
    dossiers: tuple[Judged, ...]
    #: What officers of open steps will find changed, and what stays as it was.
    notices: tuple[Notice, ...]
    #: Unsent applications that can be moved, and those that keep the form they were begun with.
    drafts: Mapping[str, int]

    @property
    def counts(self) -> Mapping[Verdict, int]:
        """How many dossiers of each verdict."""
        found = Counter(one.verdict for one in self.dossiers)
        return {verdict: found[verdict] for verdict in Verdict}

    @property
    def by_step(self) -> Mapping[str, Mapping[Verdict, int]]:
        """How many dossiers that are not there yet stand in each step, by verdict."""
        found: dict[str, Counter[Verdict]] = {}
        for one in self.dossiers:
            if one.verdict is not Verdict.THERE:
                for step in one.steps:
                    found.setdefault(step, Counter())[one.verdict] += 1
        return {step: dict(counted) for step, counted in sorted(found.items())}

    def as_dict(self) -> dict[str, Any]:
        """The plan as plain JSON, translated now."""
        move = self.move
        return {
            "procedure": move.target.key,
            "to": _version(move.target),
            "from": [_version(version) for version in move.sources],
            "mapping": dict(move.mapping),
            "proposals": [{"old": p.old, "new": p.new, "name": p.name} for p in move.proposals],
            "counts": {verdict.value: count for verdict, count in self.counts.items()},
            "by_step": {
                step: {verdict.value: count for verdict, count in counted.items()}
                for step, counted in self.by_step.items()
            },
            "notices": [one.as_dict() for one in self.notices],
            "drafts": dict(self.drafts),
            "dossiers": [one.as_dict() for one in self.dossiers],
        }


def _version(version: LoadedVersion) -> dict[str, Any]:
    return {"number": version.number, "hash": version.content_hash.hex()}


def plan_migration(session: Session, move: VersionMove) -> Plan:
    """Judge every running dossier that is meant, and those that are there already."""
    judged: list[Judged] = []
    notices: dict[tuple[str, str], Notice] = {}
    versions = {version.id: version for version in (*move.sources, move.target)}
    for dossier, process in _running(session, move, versions):
        old = versions[dossier.version_id]
        one = _judge(session, move, old, dossier, process)
        judged.append(one)
        if one.verdict is Verdict.MOVABLE:
            passage = move.passage(old, dossier.case_key)
            for notice in notices_of(passage, one.steps):
                notices[notice.code, notice.step] = notice
    return Plan(
        move=move,
        dossiers=tuple(judged),
        notices=tuple(notices.values()),
        drafts=draft_counts(session, move),
    )


def _running(
    session: Session, move: VersionMove, versions: Mapping[int, LoadedVersion]
) -> Iterator[tuple[Dossier, Process]]:
    """Everything that has not come to its end, oldest first, a page at a time."""
    last = 0
    while True:
        page = session.execute(
            select(Dossier, Process)
            .join(Process, Process.dossier_id == Dossier.id)
            .where(
                Dossier.procedure_id == move.procedure_id,
                Dossier.version_id.in_(versions),
                Dossier.id > last,
                Process.state != ProcessState.COMPLETED,
            )
            .order_by(Dossier.id)
            .limit(PAGE)
        ).all()
        if not page:
            return
        yield from ((dossier, process) for dossier, process in page)
        last = page[-1][0].id


def _judge(
    session: Session, move: VersionMove, old: LoadedVersion, dossier: Dossier, process: Process
) -> Judged:
    steps: tuple[str, ...] = ()
    verdict = Verdict.MOVABLE
    obstacles: tuple[Obstacle, ...] = ()
    try:
        definition = old.diagram(old.case(dossier.case_key).diagram)
        steps = standing_in(definition, process.snapshot)
        if old.id == move.target.id:
            verdict = Verdict.THERE
        else:
            traveller = traveller_of(session, dossier, process.snapshot)
            move.passage(old, dossier.case_key).cross(traveller)
    except CannotMove as refusal:
        verdict, obstacles = Verdict.STAYS, refusal.obstacles
    except EngineFailure:
        message = lazy_gettext("The stored state of the dossier cannot be read.")
        verdict, obstacles = Verdict.STAYS, (stays("damaged", message),)
    return Judged(
        code=dossier.code, version=old.number, verdict=verdict, steps=steps, obstacles=obstacles
    )
