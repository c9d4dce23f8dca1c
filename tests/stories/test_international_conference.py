"""Hội nghị, hội thảo quốc tế (province): two cases, several units, one result."""

import pytest
from flask import Flask

from app.domain.dossiers.status import Status
from tests.support.story import Story

P1 = "hoi-nghi-quoc-te"

#: Step and officer, as the dossier travels through units.
TAIL = [
    ("director_sign", "son.sngv"),
    ("submission_issue", "thu.sngv"),
    ("office_intake", "ha.vpub"),
    ("office_appraisal", "dung.vpub"),
    ("office_review", "giang.vpub"),
    ("chair_sign", "khanh.ubnd"),
    ("office_issue", "ha.vpub"),
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
