"""Diagrams with a mistake, and what the checker must say about it."""

from typing import Any

import pytest

from app import engine
from tests.support.bpmn import Bpmn, straight


def base() -> Bpmn:
    """start -> work -> end, complete."""
    return straight("work")


def empty() -> Bpmn:
    """A start and an end."""
    return Bpmn().start().end()


def node(tag: str, **attrs: str) -> Bpmn:
    """A node of some kind on the way from start to end."""
    return empty().node(tag, "x", **attrs).path("start", "x", "end")


def expect_mistake(code: str, element: str | None, bpmn: Bpmn) -> None:
    """The checker finds the mistake at its element and says what to do; nobody can read it."""
    xml = bpmn.xml()
    known: dict[str, Any] = {"forms": {"form"}, "roles": {"officer"}, "services": {"send_mail"}}
    problems = engine.check(xml, **known, calls=())
    found = [problem for problem in problems if problem.code == code]
    assert (code, element) in {(problem.code, problem.element_id) for problem in problems}
    assert all(problem.severity is engine.Severity.ERROR for problem in found)
    assert all(str(problem.message) and str(problem.hint) for problem in found)
    with pytest.raises(engine.DefinitionInvalid) as caught:
        engine.read(xml, **known)
    assert {(one.code, one.element_id) for one in caught.value.problems} >= {(code, element)}
    assert element is None or element in caught.value.errors
