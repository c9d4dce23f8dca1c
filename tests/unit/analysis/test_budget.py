"""The hours of the steps against the legal term."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from app.analysis import Budget, Counting, Fit, budget_problems, hours_budget
from app.analysis.courses import TooManyWays, longest_courses, loops
from app.engine import Severity, read, read_all
from tests.support.bpmn import Bpmn, procedure
from tests.unit.analysis.sketch import sketch

BPMN = Path(__file__).parents[3] / "bpmn"
#: File, case and term.
SHIPPED = [
    ("dang-ky-khai-sinh/process.bpmn", "", 8),
    ("hoi-nghi-quoc-te/process.bpmn", "khong-lay-y-kien", 160),
    ("hoi-nghi-quoc-te/with-consultation.bpmn", "lay-y-kien", 160),
    ("thanh-lap-ho-kinh-doanh/process.bpmn", "", 24),
]


def budget(bpmn: Bpmn, term: int = 10, **variables: object) -> Budget:
    return hours_budget(read(bpmn.xml()), term_hours=Decimal(term), variables=variables)


def steps(**hours: str | None) -> Bpmn:
    """start -> user tasks with hours -> end."""
    bpmn = Bpmn().start().end()
    for step, text in hours.items():
        bpmn.user(step, **({"workingHours": text} if text else {}))
    return bpmn.path("start", *hours, "end")


def codes(bpmn: Bpmn, found: Budget) -> dict[str, Severity]:
    problems = budget_problems(read(bpmn.xml()).diagram, found)
    return {problem.code: problem.severity for problem in problems}


@pytest.mark.parametrize(("file", "case", "term"), SHIPPED)
def test_the_shipped_procedures_use_their_term_exactly(file: str, case: str, term: int) -> None:
    beside = (BPMN / file).parent.glob("*.bpmn")
    definition = read_all({one.name: one.read_bytes() for one in beside})[Path(file).name]
    found = hours_budget(definition, term_hours=Decimal(term), variables={"case": case})
    assert (found.fit, found.total_hours) == (Fit.EQUAL, term)
    assert budget_problems(definition.diagram, found) == ()


@pytest.mark.parametrize(
    ("term", "fit", "said"),
    [
        (10, Fit.EQUAL, {}),
        (11, Fit.UNDER, {"budget.under": Severity.WARNING}),
        (9, Fit.OVER, {"budget.over": Severity.ERROR}),
    ],
)
def test_the_total_is_compared_with_the_term(
    term: int, fit: Fit, said: dict[str, Severity]
) -> None:
    bpmn = steps(a="4", b="6")
    found = budget(bpmn, term)
    assert found.fit is fit
    assert codes(bpmn, found) == said


def test_the_table_adds_up_step_by_step() -> None:
    rows = budget(steps(a="4", b="5.5")).rows
    assert [(row.step, row.role, row.hours, row.cumulative, row.critical) for row in rows] == [
        ("a", "officer", Decimal(4), Decimal(4), True),
        ("b", "officer", Decimal("5.5"), Decimal("9.5"), True),
    ]


def test_of_parallel_branches_the_longest_counts() -> None:
    bpmn = Bpmn().start().end().parallel("fork").parallel("join")
    bpmn.user("b", workingHours="3").user("c", workingHours="5").user("d", workingHours="1")
    bpmn.path("start", "fork", "b", "join", "d", "end").path("fork", "c", "join")
    found = budget(bpmn)
    assert found.total_hours == 6
    assert [(row.step, row.cumulative) for row in found.rows] == [
        ("c", Decimal(5)),
        ("d", Decimal(6)),
        ("b", None),
    ]


def test_loops_are_reported_and_counted_once() -> None:
    bpmn = Bpmn().start().end().xor("again", default="on").user("a", workingHours="4")
    bpmn.path("start", "a", "again").flow("again", "a", "=redo").flow("again", "end", id_="on")
    found = budget(bpmn)
    assert (found.total_hours, found.loops) == (4, ("a",))


def test_waiting_for_the_citizen_does_not_count() -> None:
    bpmn = Bpmn().start().end().user("a", workingHours="4")
    bpmn.user("add", roles="applicant", workingHours="99").user("pay", clock="pause")
    found = budget(bpmn.path("start", "a", "add", "pay", "end"))
    assert found.total_hours == 4
    assert [row.counting for row in found.rows] == [
        *(Counting.COUNTED, Counting.PAUSED, Counting.PAUSED),
    ]


def test_each_end_has_its_longest_way() -> None:
    found = hours_budget(read(procedure().xml()), term_hours=Decimal(8))
    assert {outcome.end: outcome.hours for outcome in found.outcomes} == {"refused": 8, "done": 8}
    assert found.outcomes[0].as_dict()["steps"] == ["reception", "check"]


def test_hours_may_depend_on_the_channel() -> None:
    bpmn = steps(a='=if channel = "ONLINE" then 2 else 4')
    unknown = budget(bpmn)
    assert (unknown.fit, unknown.depends_on) == (Fit.DEPENDS, ("channel",))
    assert codes(bpmn, unknown) == {"budget.depends": Severity.WARNING}
    assert budget(bpmn, 2, channel="ONLINE").fit is Fit.EQUAL
    assert budget(bpmn, 2, channel="DIRECT").fit is Fit.OVER


def test_what_is_too_long_already_is_too_long_whatever_the_rest() -> None:
    assert budget(steps(a="11", b="=extra")).fit is Fit.OVER


@pytest.mark.parametrize("text", [None, '="many"', "=0 - 1", "=null", "=now()"])
def test_steps_without_hours_are_missed(text: str | None) -> None:
    bpmn = steps(a=text, b="10")
    found = budget(bpmn)
    assert found.rows[0].counting is Counting.MISSING
    assert codes(bpmn, found) == {"budget.no-hours": Severity.WARNING}


def test_hours_for_online_dossiers_depend_on_the_channel() -> None:
    bpmn = Bpmn().start().end().user("a", workingHours="8", workingHoursOnline="=x")
    bpmn.path("start", "a", "end")
    assert budget(bpmn).depends_on == ("channel",)
    assert budget(bpmn, channel="counter", x=4).total_hours == 8
    found = budget(bpmn, channel="online", x=4)
    assert (found.total_hours, found.rows[0].written) == (4, "8 / online: =x")


def test_what_the_platform_does_takes_no_time_unless_it_is_written() -> None:
    bpmn = Bpmn().start().end().service("mail").service("slow", workingHours="2")
    found = budget(bpmn.path("start", "mail", "slow", "end"))
    assert [row.step for row in found.rows] == ["slow"]
    assert found.total_hours == 2


def test_sub_processes_are_looked_into() -> None:
    bpmn = Bpmn().start().end().open("sub")
    bpmn.start("in").end("out").user("a", workingHours="3").path("in", "a", "out").close()
    found = budget(bpmn.user("b", workingHours="1").path("start", "sub", "b", "end"))
    assert [(row.step, row.cumulative) for row in found.rows] == [("a", 3), ("b", 4)]
    assert found.outcomes[0].steps == ("a", "b")


def test_reminders_run_beside() -> None:
    bpmn = Bpmn().start().end().user("a", workingHours="4").user("chase", workingHours="9")
    bpmn.boundary("late", "a", interrupting=False).end("chased")
    found = budget(bpmn.path("start", "a", "end").path("late", "chase", "chased"))
    assert found.total_hours == 4
    assert [row.critical for row in found.rows] == [True, False]


def test_a_deadline_leads_on() -> None:
    bpmn = Bpmn().start().end().user("a", workingHours="4").user("rescue", workingHours="9")
    bpmn.boundary("late", "a").end("rescued")
    found = budget(bpmn.path("start", "a", "end").path("late", "rescue", "rescued"), 13)
    assert found.fit is Fit.EQUAL


def test_too_many_ways_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def give_up(*_: Any) -> None:
        raise TooManyWays

    monkeypatch.setattr("app.analysis.budget.longest_courses", give_up)
    bpmn = steps(a="4")
    found = budget(bpmn)
    assert (found.fit, found.total_hours, found.outcomes) == (Fit.GAVE_UP, 0, ())
    assert codes(bpmn, found) == {"budget.gave-up": Severity.WARNING}


def test_a_loop_with_too_many_ways_raises() -> None:
    diagram = sketch("s x1 a x2 e", "x1 b x2", "x2 x1")
    start = diagram.by_id["s"]
    with pytest.raises(TooManyWays):
        longest_courses(diagram, start, {}, most=3)


def test_loops_with_two_ways_in_have_one_longest_course() -> None:
    diagram = sketch("s x0 a b x1 e", "x0 b", "x1 a")
    start = diagram.by_id["s"]
    (course,) = longest_courses(diagram, start, {"a": Decimal(1), "b": Decimal(2)})
    assert course.hours == 3
    assert course.elements == ("s", "x0", "a", "b", "x1", "e")
    assert loops(diagram, start) in {("a",), ("b",)}


def test_a_budget_is_plain_json() -> None:
    told = budget(steps(a="4.50", b=None)).as_dict()
    assert (told["verdict"], told["term_hours"], told["total_hours"]) == ("under", "10", "4.5")
    assert told["rows"][0] == {
        "step": "a",
        "name": "a",
        "role": "officer",
        "lane": None,
        "hours": "4.5",
        "written": "4.50",
        "counting": "counted",
        "critical": True,
        "cumulative": "4.5",
    }
    assert told["rows"][1]["hours"] is None
