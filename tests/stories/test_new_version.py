"""A procedure changes while dossiers are under way: they move, or end as they began."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.actions.draft_dossier import begin_draft
from app.actions.migrate_dossier import Result, migrate_dossier
from app.actions.migrate_procedure import Tried, migrate_drafts, migrate_procedure
from app.actions.plan_migration import Plan, Verdict, plan_migration
from app.actions.version_move import VersionMove, Wanted, prepare_move
from app.domain.deadlines.model import Deadline
from app.domain.dossiers.model import Draft
from app.domain.dossiers.status import Status
from app.domain.inbox.model import InboxItem
from app.domain.journal.queries import entries_of
from app.domain.procedures.queries import procedure_by_key
from app.engine.migrating import CannotMove
from app.foundation.actor import SYSTEM
from app.foundation.db import db, transaction
from tests.support.apps import MONDAY
from tests.support.second_version import BIRTH, deploy, second_files
from tests.support.story import Story

RECEPTION, REGISTRAR, CHAIR, CLERK = "quyen.cambinh", "tai.cambinh", "vinh.cambinh", "xuan.cambinh"
WHO = {
    "reception": RECEPTION,
    "verification": REGISTRAR,
    "appraisal": REGISTRAR,
    "register_entry": REGISTRAR,
    "system_entry": REGISTRAR,
    "second_look": REGISTRAR,
    "approval": CHAIR,
    "stamping": CLERK,
    "return_result": RECEPTION,
}
MAPPING = {"verification": "appraisal"}


class Town:
    """Dossiers of one procedure in several places of its diagram."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.stories: dict[str, Story] = {}

    def dossier(self, name: str, *steps: str) -> Story:
        """A dossier that has passed these steps."""
        story = self.stories[name] = Story(self.app)
        story.submit(BIRTH)
        for step in steps:
            story.complete(step, WHO[step])
        return story

    def wanted(self, to: int = 2, **how: object) -> VersionMove:
        with self.app.app_context():
            return prepare_move(db.session(), Wanted(procedure=BIRTH, to=to, **how))  # type: ignore[arg-type] # as each test says

    def plan(self, move: VersionMove) -> Plan:
        with self.app.app_context():
            return plan_migration(db.session(), move)

    def judged(self, plan: Plan) -> dict[str, tuple[Verdict, list[str]]]:
        """Verdict and codes of the reasons, by the name of the dossier."""
        names = {story.code: name for name, story in self.stories.items()}
        return {
            names[one.code]: (one.verdict, [reason.code for reason in one.obstacles])
            for one in plan.dossiers
        }

    def migrate(self, move: VersionMove, batch: int = 2) -> dict[str, Tried]:
        names = {story.code: name for name, story in self.stories.items()}
        with self.app.app_context():
            tried = migrate_procedure(
                transaction, move, actor=SYSTEM, clock=lambda: MONDAY, batch=batch
            )
            return {names[one.code]: one for one in tried}

    def finish(self, name: str) -> None:
        """Whoever has work does it, until the result is handed out."""
        story = self.stories[name]
        while steps := story.open_steps():
            story.complete(steps[0], WHO[steps[0]])


@pytest.fixture
def town(any_app: Flask) -> Town:
    """Version 1: at the start, in the renamed step, on one of two branches, behind the new step,
    with a citizen who has a month to answer, and at its end."""
    town = Town(any_app)
    town.dossier("received")
    town.dossier("verified", "reception")
    town.dossier("branched", "reception", "verification", "system_entry")
    both = ("reception", "verification", "system_entry", "register_entry")
    town.dossier("signed", *both)
    town.dossier("asked", "reception").complete(
        "verification", REGISTRAR, verification_decision="supplement"
    )
    town.dossier("ended", *both, "approval", "stamping", "return_result")
    assert deploy(any_app, second_files()) == 2
    return town


def rows(story: Story) -> list[tuple[object, ...]]:
    """What must not change about open work."""
    with story.app.app_context():
        items = db.session().scalars(
            select(InboxItem).where(InboxItem.dossier_id == story.dossier().id)
        )
        told = [
            (i.id, i.task_id, i.state, i.role, i.unit_id, i.assignee_id, i.opened_at, i.due_at)
            for i in items
        ]
        timers = db.session().scalars(
            select(Deadline).where(Deadline.dossier_id == story.dossier().id)
        )
        return [*told, *((t.id, t.task_id, t.due_at, t.settled_at) for t in timers)]


def promise(story: Story) -> tuple[object, ...]:
    """What was promised to the citizen, and what he was told."""
    with story.app.app_context():
        one = story.dossier()
        return one.due_at_original, one.due_at_current, one.status, one.received_at, one.code


def test_dossiers_go_on_under_the_new_version_and_end_there(town: Town) -> None:
    move = town.wanted(mapping=MAPPING)
    plan = town.plan(move)
    assert town.judged(plan) == dict.fromkeys(
        ("received", "verified", "branched", "signed", "asked"), (Verdict.MOVABLE, [])
    )
    before = {name: (rows(story), promise(story)) for name, story in town.stories.items()}
    tried = town.migrate(move)
    assert {name: one.result for name, one in tried.items()} == dict.fromkeys(
        ("received", "verified", "branched", "signed", "asked"), Result.MOVED
    )
    for name, story in town.stories.items():
        assert (rows(story), promise(story)) == before[name]
        assert story.replayed().identical
    assert town.stories["verified"].open_steps() == ["appraisal"]
    town.stories["asked"].complete("supplement_in_process", "congdan1")
    assert town.stories["asked"].open_steps() == ["appraisal"]
    for name in ("received", "verified", "branched", "signed", "asked"):
        town.finish(name)
        story = town.stories[name]
        with town.app.app_context():
            assert story.dossier().status is Status.RETURNED_RESULT
        assert story.replayed().identical
        seen = done(story)
        assert ("second_look" in seen) == (name != "signed")
        assert story.events().count("version_migrated") == 1
    with town.app.app_context():
        verdict = town.app.test_cli_runner().invoke(args=["audit", "verify"])
    assert verdict.exit_code == 0, verdict.output
    assert "version_migrated" not in town.stories["ended"].events()


def done(story: Story) -> list[str]:
    """The steps that were completed, in order."""
    with story.app.app_context():
        told = [entry.payload or {} for entry in entries_of(db.session(), story.dossier().id)]
    return [entry["step"] for entry in told if "on_behalf" in entry]


def test_the_journal_tells_the_move_and_nothing_else(town: Town) -> None:
    town.migrate(town.wanted(mapping=MAPPING))
    story = town.stories["verified"]
    with town.app.app_context():
        session = db.session()
        entries = entries_of(session, story.dossier().id)
        runs = [one for one in entries if "state" in (one.payload or {})]
        *_, before, entry = runs
        assert entry is entries[-1]
        told = entry.payload
        assert (told["from_version"], told["to_version"]) == (1, 2)
        assert told["mapping"] == {"verification": "appraisal"}
        assert (told["opened"], told["closed"], told["passed"]) == ([], [], [])
        assert told["state_before"] == before.payload["state"] != told["state"]
        assert told["from_hash"] != told["version_hash"]
        assert entry.version_id == story.dossier().version_id != before.version_id


def test_a_repeat_does_nothing(town: Town) -> None:
    move = town.wanted(mapping=MAPPING)
    assert town.migrate(move)
    events = {name: story.events() for name, story in town.stories.items()}
    assert town.migrate(move) == {}
    story = town.stories["verified"]
    with town.app.app_context(), transaction() as session:
        number = story.dossier().id
        again = migrate_dossier(session, number, move, actor=SYSTEM, at=MONDAY)
        ended = town.stories["ended"].dossier().id
        rest = migrate_dossier(session, ended, move, actor=SYSTEM, at=MONDAY)
    assert (again, rest) == (Result.THERE, Result.NOT_MEANT)
    assert {name: story.events() for name, story in town.stories.items()} == events


def test_what_is_not_mapped_stays_and_says_why(town: Town) -> None:
    move = town.wanted()
    assert {(one.old, one.new) for one in move.proposals} == {("verification", "appraisal")}
    assert town.wanted(accept=True).mapping == MAPPING
    judged = town.judged(town.plan(move))
    assert judged["verified"] == (Verdict.STAYS, ["step-gone"])
    assert judged["received"] == (Verdict.MOVABLE, [])
    tried = town.migrate(move)
    assert tried["verified"].result is None
    assert [reason.element_id for reason in tried["verified"].obstacles] == ["verification"]
    assert town.stories["verified"].open_steps() == ["verification"]
    assert town.judged(town.plan(move))["received"] == (Verdict.THERE, [])
    town.finish("verified")
    assert town.stories["verified"].replayed().identical


def test_a_dossier_that_went_on_meanwhile_is_judged_anew(town: Town) -> None:
    move = town.wanted()
    assert town.judged(town.plan(move))["received"] == (Verdict.MOVABLE, [])
    town.stories["received"].complete("reception", RECEPTION)
    assert town.migrate(move)["received"].result is None
    with town.app.app_context(), transaction() as session:
        number = town.stories["received"].dossier().id
        with pytest.raises(CannotMove):
            migrate_dossier(session, number, move, actor=SYSTEM, at=MONDAY)


def test_the_way_back_is_open_too(town: Town) -> None:
    story = town.stories["branched"]
    before = story.replayed()
    town.migrate(town.wanted(mapping=MAPPING))
    back = town.wanted(to=1, leaving=2, mapping={"appraisal": "verification"})
    assert town.migrate(back)["branched"].result is Result.MOVED
    assert story.events()[-2:] == ["version_migrated", "version_migrated"]
    assert story.replayed().identical
    assert before.identical
    town.finish("branched")
    assert "second_look" not in done(story)
    assert story.replayed().identical


def test_the_citizens_month_ends_when_it_would_have_ended(town: Town) -> None:
    story = town.stories["asked"]
    town.migrate(town.wanted(mapping=MAPPING))
    story.wait(days=30)
    assert story.tick() >= 1
    with town.app.app_context():
        assert story.dossier().status is Status.STOPPED
    assert story.replayed().identical


def test_the_plan_counts_by_step_and_says_what_changes(town: Town) -> None:
    plan = town.plan(town.wanted(mapping=MAPPING))
    assert plan.counts == {Verdict.MOVABLE: 5, Verdict.STAYS: 0, Verdict.THERE: 0}
    assert plan.by_step["verification"] == {Verdict.MOVABLE: 1}
    assert plan.by_step["gw_register_join"] == {Verdict.MOVABLE: 1}
    assert {(one.code, one.step) for one in plan.notices} == {("hours-kept", "verification")}


def begun(town: Town) -> str:
    with town.app.app_context(), transaction() as session:
        actor = Story(town.app).actor("congdan1")
        procedure = procedure_by_key(session, BIRTH)
        return begin_draft(session, procedure, None, actor=actor, at=MONDAY).id


def version_of(town: Town, draft: str) -> int:
    with town.app.app_context():
        return db.session().scalars(select(Draft.version_id).where(Draft.id == draft)).one()


@pytest.mark.parametrize("same_form", [True, False])
def test_a_draft_moves_only_while_its_form_is_the_same(any_app: Flask, *, same_form: bool) -> None:
    town = Town(any_app)
    draft = begun(town)
    before = version_of(town, draft)
    files = second_files()
    if not same_form:
        form = "forms/application.form"
        files[form] = files[form].replace('"label": "', '"label": "! ', 1)
    deploy(any_app, files)
    move = town.wanted(leaving=1, mapping=MAPPING)
    counts = {"movable": int(same_form), "stay": int(not same_form)}
    assert town.plan(move).drafts == counts
    with any_app.app_context():
        assert migrate_drafts(transaction, move) == int(same_form)
        assert migrate_drafts(transaction, move) == 0
    assert (version_of(town, draft) != before) == same_form
