"""Long forms in parts: which questions go on one page, and how far each part has come.

Who writes a form decides where its parts begin: the property `section` of a component names the
part that begins there. A form without such a word is divided by its own groups and lists.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache
from typing import Any

from app.forms.hiding import settle
from app.forms.lists import initial
from app.forms.model import INPUTS, Field, FormDefinition, Kind
from app.forms.paths import look_up, put
from app.forms.sheet import filled, gather, tidy
from app.foundation.text import gettext

#: More questions than these make a page that nobody wants to begin.
LONG = 30
#: Fewer parts than these are no reason for a list of them.
FEW = 3
#: The custom property of a component that begins a part.
MARK = "section"

Errors = Mapping[str, list[str]]


@dataclass(frozen=True, kw_only=True)
class Section:
    """One part of a long form: a form of its own with some of the components."""

    part: FormDefinition
    #: What the form itself calls it; empty where it has no word for it.
    label: str

    @property
    def title(self) -> str:
        """The heading of its page."""
        if self.label:
            return self.label
        only_files = all(item.kind is Kind.FILES for item in self.part.inputs)
        return str(gettext("Papers attached") if only_files else gettext("Further information"))

    def has(self, path: str) -> bool:
        """Whether the answer at that path is asked for here; rows of a list belong to the list."""
        head = path.partition("[")[0]
        return any(item.name == head for item in self.part.inputs)


class Progress(Enum):
    """How far a part has come."""

    NOT_BEGUN = "not begun"  # nothing was answered, and something has to be
    OPTIONAL = "optional"  # nothing was answered, and nothing has to be
    IN_PROGRESS = "in progress"  # something is missing or wrong
    DONE = "done"  # nothing is


@lru_cache(maxsize=512)
def sections(form: FormDefinition) -> tuple[Section, ...]:
    """The parts of a long form in order; none when it is short enough for one page."""
    if len(form.inputs) <= LONG:
        return ()
    marked = any(MARK in item.properties for item in form.components)
    runs = tuple(_by_marks(form) if marked else _by_groups(form))
    if len(runs) < FEW:
        return ()
    return tuple(
        Section(part=replace(form, components=tuple(run)), label=label) for label, run in runs
    )


def errors_in(section: Section, errors: Errors) -> dict[str, list[str]]:
    """Those of the errors that belong to the part."""
    return {path: list(told) for path, told in errors.items() if section.has(path)}


def is_asked(form: FormDefinition, section: Section, data: Mapping[str, Any]) -> bool:
    """Whether the answers so far leave anything of the part to be answered."""
    sheet = gather(form, data)
    settle(form, sheet)
    return any(item.id not in sheet.hidden for item in section.part.inputs)


def answers_in(part: FormDefinition, data: Mapping[str, Any]) -> dict[str, Any]:
    """The answers to the questions of a part, by name; what was not answered is absent."""
    found = {item.name: look_up(data, item.path) for item in part.inputs}
    return {name: value for name, value in found.items() if value is not None}


def with_part(
    form: FormDefinition,
    part: FormDefinition,
    data: Mapping[str, Any],
    answers: Mapping[str, Any],
) -> dict[str, Any]:
    """The answers of the whole form with those of one part exchanged.

    With the first part also the default values of all others take their places.
    """
    merged = deepcopy(dict(data)) if data else initial(form)
    for item in part.inputs:
        _forget(merged, item.path)
        value = look_up(answers, item.path)
        if value is not None:
            put(merged, item.path, value)
    return merged


def progress(
    form: FormDefinition, section: Section, data: Mapping[str, Any], errors: Errors
) -> Progress:
    """How far the part has come; `errors` are those of the whole form."""
    wrong = bool(errors_in(section, errors))
    begun = _answered(section.part, data) != _answered(section.part, initial(form))
    if data and begun:
        return Progress.IN_PROGRESS if wrong else Progress.DONE
    return Progress.NOT_BEGUN if wrong else Progress.OPTIONAL


def _answered(part: FormDefinition, data: Mapping[str, Any]) -> dict[str, Any]:
    values = {item: look_up(data, item.path) for item in part.inputs if not item.fixed}
    return {item.name: value for item, value in values.items() if filled(item, tidy(item, value))}


def _by_marks(form: FormDefinition) -> Iterator[tuple[str, list[Field]]]:
    """What stands before the first mark belongs to the first part."""
    label, run = "", list[Field]()
    for item in form.components:
        mark = item.properties.get(MARK, "").strip()
        if mark and label:
            yield label, run
            run = []
        label = mark or label
        run.append(item)
    yield label, run


def _by_groups(form: FormDefinition) -> Iterator[tuple[str, list[Field]]]:
    """A labelled group or a list is a part; what stands between them is one too.

    A question that decides whether the next group is asked for belongs to that group, and words
    belong to the question that follows them. Files come on a page of their own.
    """
    loose: list[Field] = []
    for item in form.components:
        if item.label and item.kind in (Kind.GROUP, Kind.LIST):
            before, leading = _split(loose, item)
            yield from _loose(before)
            yield item.label, [*leading, item]
            loose = []
        else:
            loose.append(item)
    yield from _loose(loose)


def _split(loose: list[Field], group: Field) -> tuple[list[Field], list[Field]]:
    """What stands before a group, without and with what leads up to it."""
    names = group.hide.compiled.names if group.hide else frozenset()
    first = next((at for at, item in enumerate(loose) if item.path and item.path[0] in names), None)
    if first is None:
        first = 1 + max((at for at, item in enumerate(loose) if _asks(item)), default=-1)
    while first and not _asks(loose[first - 1]):
        first -= 1
    return loose[:first], loose[first:]


def _loose(run: list[Field]) -> Iterator[tuple[str, list[Field]]]:
    """Questions, then files; each with the words before it."""
    last = max((at for at, item in enumerate(run) if _asks(item) and not _file(item)), default=-1)
    for part in (run[: last + 1], run[last + 1 :]):
        asked = [item for item in part if _asks(item)]
        if part and (asked or last < 0):
            yield (asked[0].label if len(asked) == 1 else ""), part


def _asks(item: Field) -> bool:
    return item.kind in INPUTS or bool(item.inputs)


def _file(item: Field) -> bool:
    return item.kind is Kind.FILES


def _forget(data: dict[str, Any], path: tuple[str, ...]) -> None:
    *folders, last = path
    place: Any = data
    for folder in folders:
        place = place.get(folder)
        if not isinstance(place, dict):
            return
    place.pop(last, None)
