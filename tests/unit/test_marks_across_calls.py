"""Marks of one process that is called from two places."""

from types import SimpleNamespace
from typing import Any, cast

from app.engine import Definition, read_all
from app.queries.marks import marks_of
from tests.support.bpmn import Bpmn
from tests.support.lineages import always


def twice() -> Definition:
    inner = Bpmn("ask").start().user("work").end().path("start", "work", "end")
    top = Bpmn("top").start().call("one", "ask").user("between").call("two", "ask").end()
    top.path("start", "one", "between", "two", "end")
    return read_all({"top": top.xml(), "ask": inner.xml()})["top"]


def entry(passed: list[str], opened: dict[str, str], *closed: str) -> Any:
    told = {
        "passed": passed,
        "opened": [{"task": task, "step": step} for task, step in opened.items()],
        "closed": list(closed),
    }
    return cast(Any, SimpleNamespace(seq=1, payload=told))


FIRST = entry(["start", "ask/start"], {"t1": "ask/work"})
SECOND = entry(["ask/work", "ask/end", "one"], {"t2": "between"}, "t1")
THIRD = entry(["between", "ask/start"], {"t3": "ask/work"}, "t2")


def test_only_the_call_that_a_token_came_to_is_open() -> None:
    lineage = always(twice())
    assert marks_of([FIRST], lineage).open == ("ask/work", "one")
    assert marks_of([FIRST, SECOND], lineage).open == ("between",)
    marks = marks_of([FIRST, SECOND, THIRD], lineage)
    assert marks.open == ("ask/work", "two")
    assert "one" in marks.passed
