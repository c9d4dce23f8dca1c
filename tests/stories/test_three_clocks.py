"""A household business registered around Tết 2024: reception, term, and the time that waits."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from app.domain.dossiers.clock import ClockState
from app.foundation.clock import LOCAL_ZONE
from app.queries.clocks import clocks_of
from tests.support.calendars import content_of, decide
from tests.support.procedures import publish_changed
from tests.support.story import Story

P6 = "thanh-lap-ho-kinh-doanh"
FEBRUARY = datetime(2024, 1, 2, tzinfo=UTC)
#: The citizen pays before anybody looks at the dossier.
PAY_FIRST = {
    "procedure.toml": {"default = true": "default = true\nprepaid = true"},
    "bpmn/process.bpmn": {
        '<bpmn:exclusiveGateway id="gw_reception_entry">': """
          <bpmn:userTask id="pay" name="Nộp lệ phí">
            <bpmn:extensionElements>
              <zeebe:formDefinition formId="supplement" />
              <zeebe:assignmentDefinition candidateGroups="applicant" />
              <zeebe:properties><zeebe:property name="status" value="6" /></zeebe:properties>
            </bpmn:extensionElements>
          </bpmn:userTask>
          <bpmn:sequenceFlow id="flow_paid" sourceRef="pay" targetRef="gw_reception_entry" />
          <bpmn:exclusiveGateway id="gw_reception_entry">""",
        'sourceRef="start" targetRef="gw_reception_entry"': 'sourceRef="start" targetRef="pay"',
    },
}
IN_DAYS = {"term_hours = 24": 'term_unit = "working_days"\nterm_days = 3'}


def moment(text: str) -> datetime:
    """`06/02 09:00` of 2024 in legal time."""
    local = datetime.strptime(f"2024 {text}", "%Y %d/%m %H:%M").replace(tzinfo=LOCAL_ZONE)
    return local.astimezone(UTC)


def told(at: datetime | None) -> str | None:
    return None if at is None else f"{at.astimezone(LOCAL_ZONE):%d/%m %H:%M}"


class Tet(Story):
    """The story with the holidays of 2024: 8 to 14 February are off."""

    def __init__(self, app: Flask, **rules: object) -> None:
        super().__init__(app)
        decide(app, content_of(**rules), FEBRUARY)

    def on(self, text: str) -> "Tet":
        self.at = moment(text)
        return self

    def dates(self) -> dict[str, str | None]:
        """Where the clocks stand."""
        with self.app.app_context():
            clocks = clocks_of(self.dossier())
        return {
            "clock": clocks.state.value,
            "reception": told(clocks.reception_due_at),
            "due": told(clocks.due_at_current),
            "promised": told(clocks.due_at_original),
        }


@pytest.mark.parametrize(
    ("words", "due"),
    [
        # 18 of 24 working hours are left on the 16th at 09:00: 6.5 + 8 + 3.5.
        ({}, "20/02 11:00"),
        (IN_DAYS, "20/02 11:00"),
        # A full new term from then.
        ({"default = true": 'default = true\nsupplement_clock = "RESTART"'}, "21/02 09:00"),
        (IN_DAYS | {"default = true": 'default = true\nsupplement_clock = "RESTART"'},
         "21/02 09:00"),
    ],
    ids=["resume-hours", "resume-days", "restart-hours", "restart-days"],
)  # fmt: skip
def test_a_supplement_over_tet(any_app: Flask, words: dict[str, str], due: str) -> None:
    story = Tet(any_app)
    publish_changed(any_app, {"procedure.toml": words})
    story.on("06/02 09:00").submit(P6)
    assert story.dates() == {
        "clock": "waiting", "reception": "07/02 09:00", "due": "19/02 09:00", "promised": None,
    }  # fmt: skip
    story.on("06/02 14:00").complete("reception", "linh.camxuyen")
    assert story.dates() == {
        "clock": "running", "reception": "07/02 09:00", "due": "16/02 14:00",
        "promised": "16/02 14:00",
    }  # fmt: skip
    story.on("07/02 10:00").complete("appraisal", "nam.camxuyen", appraisal_decision="supplement")
    assert story.dates()["clock"] == "paused"
    story.on("16/02 09:00").complete("supplement_in_process", "congdan1")
    assert story.dates() == {
        "clock": "running", "reception": "07/02 09:00", "due": due, "promised": "16/02 14:00",
    }  # fmt: skip
    story.on("19/02 08:00").complete("appraisal", "nam.camxuyen")
    story.complete("approval", "oanh.camxuyen")
    story.tick()
    story.complete("stamping", "phuc.camxuyen")
    assert story.dates()["clock"] == "stopped"
    story.on("05/04 08:00").complete("return_result", "linh.camxuyen")
    assert [event for event in story.events() if "clock" in event or "due" in event] == [
        "due_date_set",
        "clock_paused",
        "clock_resumed",
        "clock_stopped",
    ]
    verdict = story.replayed()
    assert verdict.disagreements == ()
    assert verdict.identical


def test_a_supplement_before_reception_begins_a_new_time_for_it(any_app: Flask) -> None:
    story = Tet(any_app)
    story.on("06/02 09:00").submit(P6)
    story.on("06/02 15:00").complete("reception", "linh.camxuyen", reception_decision="supplement")
    assert story.dates()["clock"] == "waiting"
    story.on("16/02 20:00").complete("supplement", "congdan1")
    assert story.dates() == {
        "clock": "waiting", "reception": "19/02 17:30", "due": "22/02 17:30", "promised": None,
    }  # fmt: skip
    story.on("20/02 08:00").complete("reception", "linh.camxuyen")
    assert story.dates()["promised"] == "23/02 08:00"
    answers = [
        entry.payload["in_time"]
        for entry in story.entries()
        if entry.event.value == "reception_met"
    ]
    assert answers == [True, False], "the first answer was in time, the second half an hour late"
    assert story.replayed().identical


def test_at_the_counter_the_promise_counts_from_handing_in(any_app: Flask) -> None:
    story = Tet(any_app)
    story.on("06/02 09:00").submit(P6, by="linh.camxuyen")
    assert story.dates() == {
        "clock": "waiting", "reception": None, "due": "16/02 09:00", "promised": None,
    }  # fmt: skip
    story.on("06/02 10:30").complete("reception", "linh.camxuyen")
    assert story.dates()["promised"] == "16/02 09:00"
    assert story.replayed().identical


def test_a_dossier_nobody_received_promised_nothing(any_app: Flask) -> None:
    story = Tet(any_app)
    story.on("06/02 09:00").submit(P6)
    story.on("06/02 10:00").complete("reception", "linh.camxuyen", reception_decision="refuse")
    with any_app.app_context():
        clocks = clocks_of(story.dossier())
    assert (clocks.state, clocks.due_at_original) == (ClockState.STOPPED, None)
    assert story.events()[-2:] == ["reception_met", "clock_stopped"]
    assert story.replayed().identical


def test_the_province_may_count_leniently(any_app: Flask) -> None:
    story = Tet(any_app, out_of_hours="lenient")
    story.on("07/02 18:00").submit(P6)
    assert story.dates()["reception"] == "16/02 08:30", "an hour after the first opening after Tết"


def test_a_prepaid_dossier_counts_from_its_payment(any_app: Flask) -> None:
    story = Tet(any_app)
    publish_changed(any_app, PAY_FIRST)
    story.on("05/02 09:00").submit(P6)
    assert story.dates() == {
        "clock": "waiting", "reception": None, "due": "16/02 09:00", "promised": None,
    }  # fmt: skip
    story.on("06/02 20:00").complete("pay", "congdan1")
    assert story.dates() == {
        "clock": "waiting", "reception": "07/02 17:30", "due": "19/02 17:30", "promised": None,
    }  # fmt: skip
    story.on("07/02 09:00").complete("reception", "linh.camxuyen")
    assert story.dates()["promised"] == "19/02 09:00"
    assert story.events()[:3] == ["dossier_submitted", "task_completed", "reception_started"]
    assert story.replayed().identical
