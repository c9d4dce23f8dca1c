"""Hội nghị, hội thảo quốc tế (province): two cases, several units, one result."""

import pytest
from flask import Flask

from app.domain.dossiers.status import Status
from app.domain.journal.queries import entries_of
from app.foundation.db import db
from app.queries.definitions import loaded_version
from app.queries.journey import still_to_come, way_to_result
from app.queries.lineage import lineage_of
from app.queries.marks import marks_of
from tests.support.lineages import always
from tests.support.story import Story

P1 = "hoi-nghi-quoc-te"
#: Both cases call the same process, in which the provincial committee decides.
COMMITTEE = "ubnd-tinh-xem-xet"

#: Step and officer, as the dossier travels through units.
TAIL = [
    ("director_sign", "son.sngv"),
    ("submission_issue", "thu.sngv"),
    (f"{COMMITTEE}/office_intake", "ha.vpub"),
    (f"{COMMITTEE}/office_appraisal", "dung.vpub"),
    (f"{COMMITTEE}/office_review", "giang.vpub"),
    (f"{COMMITTEE}/chair_sign", "khanh.ubnd"),
    (f"{COMMITTEE}/office_issue", "ha.vpub"),
    ("result_intake", "minh.sngv"),
    ("return_result", "lan.sngv"),
]
WITH_CONSULTATION = [
    ("reception", "lan.sngv"),
    ("assignment", "hoa.sngv"),
    ("appraisal", "minh.sngv"),
    ("consult_police", "cuong.cat"),
    ("consult_department", "an.svhttdl"),
    ("drafting", "minh.sngv"),
    ("division_review", "hoa.sngv"),
    *TAIL,
]


def test_with_consultation_every_unit_does_its_part(any_app: Flask) -> None:
    story = Story(any_app)
    assert story.submit(P1, case="lay-y-kien") == "H27.01-241104-0001"
    for step, officer in WITH_CONSULTATION:
        assert step in story.open_steps()
        story.complete(step, officer)
        story.wait(hours=2)
    with any_app.app_context():
        assert story.dossier().status is Status.RETURNED_RESULT
    assert story.replayed().identical


def test_without_consultation_the_default_case_runs(any_app: Flask) -> None:
    officers = dict(WITH_CONSULTATION)
    story = Story(any_app)
    story.submit(P1)
    seen = []
    while steps := story.open_steps():
        seen.append(steps[0])
        story.complete(steps[0], officers[steps[0]])
    assert "consult_police" not in seen
    with any_app.app_context():
        dossier = story.dossier()
        assert (dossier.case_key, dossier.status) == (
            "khong-lay-y-kien",
            Status.RETURNED_RESULT,
        )
    assert story.replayed().identical


@pytest.mark.parametrize("officer", ["cuong.cat", "an.svhttdl"])
def test_the_draft_waits_for_both_opinions(any_app: Flask, officer: str) -> None:
    story = Story(any_app)
    story.submit(P1, case="lay-y-kien")
    for step, who in WITH_CONSULTATION[:3]:
        story.complete(step, who)
    assert story.open_steps() == ["consult_department", "consult_police"]
    step = "consult_police" if officer == "cuong.cat" else "consult_department"
    story.complete(step, officer)
    assert "drafting" not in story.open_steps()


def test_the_committee_may_send_it_back_and_is_asked_again(any_app: Flask) -> None:
    officers = dict(WITH_CONSULTATION)
    story = Story(any_app)
    story.submit(P1)
    chair = f"{COMMITTEE}/chair_sign"
    while chair not in story.open_steps():
        story.complete(story.open_steps()[0], officers[story.open_steps()[0]])
    story.complete(chair, officers[chair], chair_decision="return")
    assert story.open_steps() == ["appraisal"]
    seen = []
    while steps := story.open_steps():
        seen.append(steps[0])
        story.complete(steps[0], officers[steps[0]])
    assert chair in seen
    with any_app.app_context():
        dossier = story.dossier()
        assert dossier.status is Status.RETURNED_RESULT
        entries = entries_of(db.session(), dossier.id)
        marks = marks_of(entries, lineage_of(db.session(), dossier, entries))
        assert {"committee", chair, f"{COMMITTEE}/end_issued", "end_returned"} <= set(marks.passed)
        assert {"flow_submitted", f"{COMMITTEE}/flow_start"} <= set(marks.flows)
        assert marks.open == ()
    assert story.replayed().identical


def test_the_drawing_of_the_caller_shows_that_the_committee_works(any_app: Flask) -> None:
    officers = dict(WITH_CONSULTATION)
    story = Story(any_app)
    story.submit(P1)
    intake = f"{COMMITTEE}/office_intake"
    while intake not in story.open_steps():
        story.complete(story.open_steps()[0], officers[story.open_steps()[0]])
    with any_app.app_context():
        dossier = story.dossier()
        definition = loaded_version(db.session(), dossier.version_id).diagram("process.bpmn")
        marks = marks_of(entries_of(db.session(), dossier.id), always(definition))
        assert marks.open == (intake, "committee")
        assert "flow_submitted" in marks.flows
        ahead = [step.id for step in still_to_come(definition, marks.open)]
        assert ahead[0] == f"{COMMITTEE}/office_appraisal"
        assert ahead[-2:] == ["result_intake", "return_result"]
        way = [step.id for step in way_to_result(definition)]
        assert way.index("submission_issue") + 1 == way.index(intake)
