"""A timer that can never get what it waits for is found before anything is published."""

import pytest

from app import engine
from tests.support.bpmn import Bpmn

MOMENT = 'date and time("2026-12-31T08:00:00")'


def waiting(kind: str, text: str) -> bytes:
    bpmn = Bpmn().start().timer("pause", text, kind).user("after", form="f", roles="officer").end()
    return bpmn.path("start", "pause", "after", "end").xml()


def reminding(text: str) -> bytes:
    bpmn = Bpmn().start().user("work", form="f", roles="officer").end()
    bpmn.path("start", "work", "end")
    bpmn.boundary("pause", "work", text, "timeCycle", interrupting=False).end("over")
    return bpmn.flow("pause", "over").xml()


def codes(xml: bytes) -> set[tuple[str, str | None]]:
    return {(one.code, one.element_id) for one in engine.check(xml) if one.element_id == "pause"}


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("timeDuration", '="2026-12-31T08:00:00"'),
        ("timeDuration", f"={MOMENT}"),
        ("timeDuration", '=@"2026-12-31"'),
        ("timeDuration", "=now()"),
        ("timeDuration", "=working hours from(now(), 8)"),
        ("timeDuration", "=8"),
        ("timeDuration", '=1 + "a"'),
        ("timeDuration", "=[1]"),
        ("timeDate", '=duration("PT8H")'),
        ("timeDate", '="PT8H"'),
        ("timeDate", "=true"),
        ("timeCycle", '=duration("PT8H")'),
        ("timeCycle", f"={MOMENT}"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused(kind: str, text: str) -> None:
    xml = reminding(text) if kind == "timeCycle" else waiting(kind, text)
    assert codes(xml) == {("timer.wrong-kind", "pause")}


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("timeDuration", '=duration("PT8H")'),
        ("timeDuration", '="PT8H"'),
        ("timeDuration", "=now() - today()"),
        ("timeDuration", "=if urgent then now() else 8"),
        ("timeDuration", "=answer"),
        ("timeDate", "=working hours from(now(), 8)"),
        ("timeDate", "=working days from(now(), 3)"),
        ("timeDate", f"={MOMENT}"),
        ("timeDate", '="2026-12-31"'),
        ("timeDate", "=today()"),
        ("timeCycle", '="R3/PT1H"'),
    ],
)
def test_what_fits_or_is_not_known_before_it_runs_is_let_through(kind: str, text: str) -> None:
    assert codes(reminding(text) if kind == "timeCycle" else waiting(kind, text)) == set()


def test_a_version_that_was_published_before_the_rule_can_still_be_read() -> None:
    xml = waiting("timeDuration", f"={MOMENT}")
    assert engine.read(xml).steps["pause"].kind == "timer"
    assert engine.read_all({"a.bpmn": xml})["a.bpmn"].steps["pause"].kind == "timer"
