"""Names that are longer than the columns which keep them: told before publishing, not at run time.

The engine itself knows no columns. A step of a called process is kept as `process/element`.
"""

from collections.abc import Iterator, Mapping
from typing import cast

from sqlalchemy import String

from app.domain.inbox.model import InboxItem
from app.engine import Definition, Problem, Severity, Step
from app.engine.diagram import Node
from app.foundation.db import table_of
from app.foundation.text import lazy_gettext

#: Characters that each column holds.
_ROOM = {
    column: cast(int, cast(String, table_of(InboxItem).columns[column].type).length)
    for column in ("step", "name", "form", "role")
}


def length_problems(definitions: Mapping[str, Definition]) -> dict[str, tuple[Problem, ...]]:
    """What would not fit, by diagram."""
    called = {process for one in definitions.values() for process in one.called}
    return {
        path: tuple(_problems(one, f"{one.process_id}/" if one.process_id in called else ""))
        for path, one in definitions.items()
    }


def _problems(definition: Definition, prefix: str) -> Iterator[Problem]:
    for node in definition.diagram.nodes:
        step = definition.steps[node.id or ""]
        for column, text in _kept(step, prefix):
            if len(text) > _ROOM[column]:
                yield _too_long(node, text, _ROOM[column])


def _kept(step: Step, prefix: str) -> Iterator[tuple[str, str]]:
    yield "step", prefix + step.id
    if step.kind == "user":
        yield "name", step.name
        yield "form", step.form or ""
        yield "role", "" if (step.roles or "").startswith("=") else step.roles or ""


def _too_long(node: Node, text: str, most: int) -> Problem:
    return Problem(
        code="limit.length",
        severity=Severity.ERROR,
        element_id=node.id,
        element_name=node.name or None,
        line=node.line,
        message=lazy_gettext(
            "“%(text)s” is too long: at most %(most)s characters can be kept.",
            text=f"{text[:60]}…",
            most=most,
        ),
        hint=lazy_gettext("Choose a shorter name or id."),
    )
