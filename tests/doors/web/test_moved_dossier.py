"""Pages of a dossier that has moved to another version: each entry as it was in its time."""

from collections.abc import Callable

import pytest
from flask import Flask

from app.actions.migrate_dossier import migrate_dossier
from app.actions.version_move import Wanted, prepare_move
from app.domain.inbox.model import InboxItem
from app.foundation.actor import SYSTEM
from app.foundation.db import db, transaction
from tests.doors.web.page_client import Reader
from tests.support.second_version import BIRTH, DIAGRAM, deploy, second_files
from tests.support.story import Story

REGISTRAR = "tai.cambinh"


@pytest.fixture
def story(app: Flask) -> Story:
    """A step was done under version 1 with a form that version 2 does not have any more."""
    story = Story(app)
    story.submit(BIRTH)
    story.complete("reception", "quyen.cambinh")
    story.complete("verification", REGISTRAR)
    files = second_files()
    files["forms/appraisal.form"] = files.pop("forms/verification.form")
    files[DIAGRAM] = files[DIAGRAM].replace('formId="verification"', 'formId="appraisal"')
    files[DIAGRAM] = files[DIAGRAM].replace("Thẩm tra nội dung", "Xem xét nội dung")
    for path in ("forms/application.form", "procedure.toml"):
        files[path] = files[path].replace("copies_wanted", "copies")
    deploy(app, files)
    with app.app_context(), transaction() as session:
        wanted = Wanted(procedure=BIRTH, to=2, mapping={"verification": "appraisal"})
        move = prepare_move(session, wanted)
        migrate_dossier(session, story.dossier().id, move, actor=SYSTEM, at=story.at)
    story.complete("register_entry", REGISTRAR)
    return story


def item_of(story: Story, step: str) -> int:
    with story.app.app_context():
        session = db.session()
        found = session.query(InboxItem.id).filter_by(dossier_id=story.dossier().id, step=step)
        return int(found.scalar())


def test_auditors_see_each_entry_on_the_diagram_of_its_time(
    story: Story, logged_in: Callable[[str], Reader]
) -> None:
    auditor = logged_in("kiemtra")
    page = auditor.open(f"/kiem-tra/{story.code}?lang=en")
    assert "Thẩm tra nội dung khai sinh: done" in page.text
    assert "Goes on under version 2 of the procedure, after version 1" in page.text
    assert "1 → 2" in page.text
    steps = auditor.client.get(f"{page.path}/dien-lai.json").json["steps"]
    at = story.events().index("version_migrated")
    assert {step["version"] for step in steps[:at]} == {1}
    assert {step["version"] for step in steps[at:]} == {2}
    before, after = steps[at - 1], steps[at]
    assert "verification" in before["passed"]
    assert "appraisal" in after["passed"]
    assert "verification" not in after["passed"]
    assert set(after["open"]) == {"register_entry", "system_entry"}
    assert "flow_to_verification" in steps[-1]["flows"]
    now = auditor.client.get(f"{page.path}/so-do.bpmn").data
    then = auditor.client.get(f"{page.path}/so-do.bpmn?version=1").data
    assert b'id="appraisal"' in now
    assert b'id="verification"' in then
    checked = page.form(action=f"{page.path}/kiem-chung").send()
    assert "does not hold" not in checked.text


def test_officers_and_citizens_read_on_as_before(
    story: Story, logged_in: Callable[[str], Reader]
) -> None:
    officer = logged_in(REGISTRAR)
    done = officer.open(f"/viec/{item_of(story, 'verification')}?lang=en")
    assert "already been completed" in done.text
    assert "Thẩm tra nội dung khai sinh: done" in done.text
    assert "Số bản sao Trích lục khai sinh" in done.text
    assert officer.open(f"/viec/{item_of(story, 'system_entry')}").form("task_key")
    citizen = logged_in("congdan1").open(f"/ho-so/{story.code}?lang=en")
    assert "Thẩm tra nội dung khai sinh" in citizen.text
    assert "Số bản sao Trích lục khai sinh" in citizen.text
    assert "version 2" not in citizen.text


def test_programs_read_on_as_before(story: Story, token_for: Callable[[str], str]) -> None:
    headers = {"Authorization": f"Bearer {token_for(REGISTRAR)}"}
    client = story.app.test_client()
    path = f"/api/v1/inbox/{item_of(story, 'verification')}"
    told = client.get(path, headers=headers)
    assert told.status_code == 200
    assert (told.json["step"], told.json["form_id"]) == ("verification", "verification")
    assert any(
        part["key"] == "verification_decision"
        for part in told.json["form"]["components"]
        if "key" in part
    )
    journal = client.get(f"/api/v1/dossiers/{story.code}/journal", headers=headers)
    moved = next(one for one in journal.json["items"] if one["event"] == "version_migrated")
    assert (moved["payload"]["from_version"], moved["payload"]["to_version"]) == (1, 2)
