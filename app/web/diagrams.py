"""Diagrams as the browser draws them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flask import Response

from app.engine import Definition


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """One of the diagrams a dossier runs on, as `components/diagram.html` lists it."""

    #: What stands before the ids of its elements: nothing, or the called process and a slash.
    prefix: str
    name: str
    url: str
    #: Whether the page begins with it.
    first: bool
    #: Number of the version it belongs to, on pages that show several.
    version: int | None = None


def diagram_file(source: str) -> Response:
    """The BPMN XML; it never changes below an address, but who may read it does."""
    answer = Response(source, mimetype="application/xml")
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.add_etag()
    return answer


def drawings(
    definition: Definition,
    address: Callable[[str | None], str],
    open_steps: tuple[str, ...] = (),
    *,
    version: int | None = None,
) -> list[Drawing]:
    """The diagram and those it calls; the page begins with the one in which work is open.

    `address` gives where the XML of a called process lies, or without one that of the diagram.
    """
    found = [
        ("", definition.name, address(None)),
        *(
            (f"{process}/", definition.called[process].name, address(process))
            for process in _calls(definition)
        ),
    ]
    work = {step.rpartition("/")[0] for step in open_steps if _is_work(definition, step)}
    first = next((prefix for prefix, _, _ in found if prefix.rstrip("/") in work), "")
    return [
        Drawing(prefix=prefix, name=name, url=url, first=prefix == first, version=version)
        for prefix, name, url in found
    ]


def _is_work(definition: Definition, step: str) -> bool:
    """Whether somebody works at the step itself, and not inside of it."""
    return step in definition.steps and definition.steps[step].kind not in ("call", "subprocess")


def _calls(definition: Definition) -> Iterator[str]:
    """Every process that is called, the nearest first, in the order of the file."""
    seen: dict[str, None] = {}
    todo = [definition]
    for one in todo:
        for node in one.diagram.nodes:
            if node.called and node.called not in seen:
                seen[node.called] = None
                todo.append(definition.called[node.called])
    yield from seen
