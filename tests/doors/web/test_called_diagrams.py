"""Pages of a dossier that runs in a called process: which diagram is shown, and what it wears."""

from collections.abc import Callable

import orjson
import pytest
from flask import Flask

from tests.doors.web.page_client import Reader
from tests.stories.test_international_conference import COMMITTEE, P1, WITH_CONSULTATION
from tests.support.story import Story

INTAKE = f"{COMMITTEE}/office_intake"


@pytest.fixture
def story(app: Flask) -> Story:
    """A dossier that has come to the provincial committee."""
    officers = dict(WITH_CONSULTATION)
    story = Story(app)
    story.submit(P1)
    while INTAKE not in (steps := story.open_steps()):
        story.complete(steps[0], officers[steps[0]])
    return story


def drawings(text: str) -> list[tuple[str, str, bool]]:
    listed = text.split('id="diagram-drawings">')[1].split("</script>", maxsplit=1)[0]
    return [(one["prefix"], one["url"], one["first"]) for one in orjson.loads(listed)]


def test_the_audit_begins_with_the_diagram_in_which_work_is_open(
    story: Story, logged_in: Callable[[str], Reader]
) -> None:
    auditor = logged_in("kiemtra")
    page = auditor.open(f"/kiem-tra/{story.code}")
    address = f"/kiem-tra/{story.code}/so-do"
    assert drawings(page.html) == [
        ("", f"{address}.bpmn", False),
        (f"{COMMITTEE}/", f"{address}/{COMMITTEE}.bpmn", True),
    ]
    xml = auditor.client.get(f"{address}/{COMMITTEE}.bpmn")
    assert f'<bpmn:process id="{COMMITTEE}"'.encode() in xml.data
    auditor.open(f"{address}/hoi-nghi-quoc-te.bpmn", status=404)
    last = auditor.client.get(f"/kiem-tra/{story.code}/dien-lai.json").json["steps"][-1]
    assert last["open"] == [INTAKE, "committee"]
    assert "Tiếp nhận, vào sổ tờ trình" not in last["label"]


def test_the_officer_sees_the_diagram_of_his_step(
    app: Flask, story: Story, logged_in: Callable[[str], Reader]
) -> None:
    with app.app_context():
        task = story.item(INTAKE).id
    clerk = logged_in("ha.vpub")
    page = clerk.open(f"/viec/{task}")
    assert drawings(page.html)[1][2]
    assert clerk.client.get(f"/viec/{task}/so-do/{COMMITTEE}.bpmn").status_code == 200
    assert (
        logged_in("linh.camxuyen").client.get(f"/viec/{task}/so-do/{COMMITTEE}.bpmn").status_code
        == 403
    )


def test_the_citizen_sees_the_steps_of_the_committee_among_his_own(
    story: Story, logged_in: Callable[[str], Reader]
) -> None:
    text = logged_in("congdan1").open(f"/ho-so/{story.code}").text
    assert text.index("Tiếp nhận, vào sổ tờ trình") < text.index("Vào sổ, phát hành văn bản")
    assert COMMITTEE not in text
