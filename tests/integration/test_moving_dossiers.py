"""What a dossier takes with it to another version, and what keeps it from going."""

import re

import orjson
import pytest
from flask import Flask

from app.actions.migrate_dossier import Result, migrate_dossier
from app.actions.plan_migration import plan_migration
from app.actions.version_move import VersionMove, Wanted, prepare_move
from app.cli.demo import PROCEDURES
from app.cli.files import files_of_procedure
from app.domain.dossiers.status import Status
from app.domain.journal.queries import entries_of
from app.engine.migrating import CannotMove
from app.foundation.actor import SYSTEM
from app.foundation.db import db, transaction
from app.queries.damage import RecordDamaged
from tests.support.apps import MONDAY
from tests.support.second_version import BIRTH, DIAGRAM, deploy, first_files, second_files
from tests.support.story import Story
from tests.support.tampering import tamper

BUSINESS = "thanh-lap-ho-kinh-doanh"
CONFERENCE = "hoi-nghi-quoc-te"
RECEPTION, REGISTRAR, CHAIR = "quyen.cambinh", "tai.cambinh", "vinh.cambinh"
RETURN = '=approval_decision = "return"'


def moving(story: Story, procedure: str = BIRTH, **mapping: str) -> VersionMove:
    with story.app.app_context():
        return prepare_move(db.session(), Wanted(procedure=procedure, to=2, mapping=mapping))


def moved(story: Story, move: VersionMove) -> Result:
    with story.app.app_context(), transaction() as session:
        number = story.dossier().id
        return migrate_dossier(session, number, move, actor=SYSTEM, at=story.at)


def refused(story: Story, move: VersionMove) -> list[str]:
    """Codes of the reasons, by the plan and by the verb alike."""
    with pytest.raises(CannotMove) as caught:
        moved(story, move)
    codes = [one.code for one in caught.value.obstacles]
    with story.app.app_context():
        plan = plan_migration(db.session(), move)
    told = {one.code: [reason.code for reason in one.obstacles] for one in plan.dossiers}
    assert told[story.code] == codes
    return codes


def at_verification(app: Flask, **choose: object) -> Story:
    story = Story(app)
    story.submit(BIRTH)
    story.complete("reception", RECEPTION, **choose)
    return story


def deciding_by(condition: str) -> dict[str, str]:
    """The signature may be returned by another condition as well."""
    files = first_files()
    assert RETURN in files[DIAGRAM]
    return files | {DIAGRAM: files[DIAGRAM].replace(RETURN, f"{RETURN} or {condition}")}


def asking(files: dict[str, str], form: str, key: str) -> dict[str, str]:
    """A form with one question more."""
    path = f"forms/{form}.form"
    content = orjson.loads(files[path])
    question = {"id": "field_more", "type": "checkbox", "key": key, "label": "Thêm"}
    content["components"].append(question)
    return files | {path: orjson.dumps(content).decode()}


def told_variables(story: Story) -> dict[str, object]:
    with story.app.app_context():
        *_, last = entries_of(db.session(), story.dossier().id)
        found: dict[str, object] = last.payload["variables"]
        return found


def test_answers_that_were_of_no_use_before_are_taken_along(app: Flask) -> None:
    story = at_verification(app)
    deploy(app, deciding_by("copies_wanted > 19"))
    assert moved(story, moving(story)) is Result.MOVED
    assert list(told_variables(story)) == ["copies_wanted"]
    for step in ("verification", "register_entry", "system_entry"):
        story.complete(step, REGISTRAR)
    story.complete("approval", CHAIR)
    assert story.open_steps() == ["stamping"]
    assert story.replayed().identical


def test_facts_of_the_start_are_taken_along(app: Flask) -> None:
    story = at_verification(app)
    deploy(app, deciding_by('handling_unit = "H99"'))
    assert moved(story, moving(story)) is Result.MOVED
    assert told_variables(story) == {"handling_unit": "H27.30.01"}


def test_whoever_has_passed_a_new_question_stays(app: Flask) -> None:
    asked, passed = Story(app), at_verification(app)
    asked.submit(BIRTH)
    deploy(app, asking(deciding_by("urgent = true"), "reception", "urgent"))
    move = moving(asked)
    assert refused(passed, move) == ["never-asked"]
    assert moved(asked, move) is Result.MOVED


def test_a_question_that_was_put_and_not_answered_holds_nobody(app: Flask) -> None:
    story = at_verification(app)
    deploy(app, deciding_by('reception_note = "x"'))
    assert moved(story, moving(story)) is Result.MOVED


def test_a_new_branch_holds_those_who_have_passed_the_split(app: Flask) -> None:
    before, inside, behind = (at_verification(app) for _ in range(3))
    for story in (inside, behind):
        story.complete("verification", REGISTRAR)
    for step in ("register_entry", "system_entry"):
        behind.complete(step, REGISTRAR)
    files = first_files()
    flow = '<bpmn:sequenceFlow id="flow_more{}" sourceRef="{}" targetRef="{}" />'
    more = (
        '<bpmn:userTask id="more" name="Thêm"><bpmn:extensionElements>'
        '<zeebe:formDefinition formId="register_entry" />'
        '<zeebe:assignmentDefinition candidateGroups="civil_status_officer" />'
        "</bpmn:extensionElements></bpmn:userTask>"
        + flow.format(1, "gw_register_split", "more")
        + flow.format(2, "more", "gw_register_join")
    )
    text = files[DIAGRAM].replace("</bpmn:process>", f"{more}</bpmn:process>")
    deploy(app, files | {DIAGRAM: text})
    move = moving(before)
    assert refused(inside, move) == ["would-wait"]
    assert moved(before, move) is moved(behind, move) is Result.MOVED
    before.complete("verification", REGISTRAR)
    assert before.open_steps() == ["more", "register_entry", "system_entry"]


def test_the_legal_clock_is_not_touched_by_a_move(app: Flask) -> None:
    open_, before = at_verification(app), Story(app)
    before.submit(BIRTH)
    files = first_files()
    head, tail = files[DIAGRAM].split('<bpmn:userTask id="verification"')
    tail = tail.replace('name="clock" value="run"', 'name="clock" value="pause"', 1)
    deploy(app, files | {DIAGRAM: f'{head}<bpmn:userTask id="verification"{tail}'})
    move = moving(before)
    assert refused(open_, move) == ["clock-changed"]
    assert moved(before, move) is Result.MOVED


def test_a_case_that_is_gone_holds_its_dossiers(app: Flask) -> None:
    story, other = Story(app), Story(app)
    story.submit(CONFERENCE, case="lay-y-kien")
    other.submit(CONFERENCE)
    files = files_of_procedure(PROCEDURES / CONFERENCE)
    other_key = re.compile(r"(?<!khong-)lay-y-kien")
    deploy(app, {path: other_key.sub("hoi-y-kien", text) for path, text in files.items()})
    move = moving(story, CONFERENCE)
    assert refused(story, move) == ["case-gone"]
    assert moved(other, move) is Result.MOVED


def test_a_service_that_is_under_way_answers_under_its_new_name(app: Flask) -> None:
    story = Story(app)
    story.submit(BUSINESS)
    for step, officer in (("reception", "linh"), ("appraisal", "nam"), ("approval", "oanh")):
        story.complete(step, f"{officer}.camxuyen")
    assert story.open_steps() == []
    files = files_of_procedure(PROCEDURES / BUSINESS)
    files[DIAGRAM] = files[DIAGRAM].replace('"allot_register_number"', '"number"')
    files[DIAGRAM] = files[DIAGRAM].replace(">allot_register_number<", ">number<")
    deploy(app, files)
    assert moved(story, moving(story, BUSINESS, allot_register_number="number")) is Result.MOVED
    assert story.tick() == 1
    assert story.open_steps() == ["stamping"]
    with app.app_context():
        told = entries_of(db.session(), story.dossier().id)[-1].payload
    assert told["step"] == "number"
    assert story.replayed().identical


def test_rows_that_somebody_has_changed_are_not_moved(app: Flask) -> None:
    story = at_verification(app)
    deploy(app, second_files())
    tamper(story, "UPDATE inbox_items SET state = 'cancelled' WHERE dossier_id = :id")
    with pytest.raises(RecordDamaged):
        moved(story, moving(story, verification="appraisal"))
    assert "version_migrated" not in story.events()


@pytest.fixture
def migrated(app: Flask) -> Story:
    """A dossier that has moved and gone on."""
    story = at_verification(app)
    deploy(app, second_files())
    moved(story, moving(story, verification="appraisal"))
    story.complete("appraisal", REGISTRAR)
    return story


def verified(story: Story) -> tuple[int, str]:
    result = story.app.test_cli_runner().invoke(args=["audit", "verify"])
    return result.exit_code, result.output


def test_a_moved_dossier_holds(migrated: Story) -> None:
    assert verified(migrated)[0] == 0
    assert migrated.replayed().identical


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE dossiers SET version_id = 3 WHERE id = :id", "version_id"),
        ("UPDATE processes SET diagram = 'other.bpmn' WHERE dossier_id = :id", "diagram"),
        (
            "UPDATE journal_entries SET version_id = 3 WHERE dossier_id = :id AND seq = 3",
            "chain broken at entry 3 (hash)",
        ),
        ("DELETE FROM journal_entries WHERE dossier_id = :id AND seq = 3", "entry 3 (missing)"),
        (
            "UPDATE inbox_items SET step = 'x' WHERE dossier_id = :id AND step = 'appraisal'",
            "done work differs from the journal: step",
        ),
    ],
)
def test_a_forged_move_is_found(migrated: Story, statement: str, said: str) -> None:
    tamper(migrated, statement)
    code, told = verified(migrated)
    assert (code, said in told) == (1, True), told
    assert not migrated.replayed().identical


def test_a_state_forged_before_the_move_is_found_by_the_replay(app: Flask) -> None:
    story = at_verification(app)
    deploy(app, second_files())
    forged = "SET snapshot = CAST(replace(CAST(snapshot AS TEXT), :old, :new) AS BLOB)"
    statement = f"UPDATE processes {forged} WHERE dossier_id = :id"
    tamper(story, statement, old='"accept"', new='"reject"')
    moved(story, moving(story, verification="appraisal"))
    different = [step.event.value for step in story.replayed().steps if not step.identical]
    assert different == ["version_migrated"]


def test_an_incident_is_over_when_the_diagram_was_put_right(app: Flask) -> None:
    story = at_verification(app)
    story.complete("verification", REGISTRAR, verification_decision="supplement")
    tamper(story, "UPDATE processes SET state = 'incident' WHERE dossier_id = :id")
    deploy(app, second_files())
    moved(story, moving(story, verification="appraisal"))
    story.complete("supplement_in_process", "congdan1")
    with app.app_context():
        assert story.dossier().status is Status.IN_PROGRESS
    assert story.open_steps() == ["appraisal"]
    assert story.at > MONDAY
