"""What changes for people at open steps when dossiers move, and what deliberately does not."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.actions.passage import Passage
from app.engine import Step
from app.foundation.text import LazyString, lazy_gettext


@dataclass(frozen=True, kw_only=True)
class Notice:
    """Something to know about one step before it is moved; `step` is its id in the old diagram."""

    code: str
    step: str
    message: LazyString

    def as_dict(self) -> dict[str, str]:
        """The notice as plain JSON, translated now."""
        return {"code": self.code, "step": self.step, "message": str(self.message)}


#: What is said of each difference; the placeholders are the name of the step and both texts.
_SAID: Mapping[str, Callable[[dict[str, str]], LazyString]] = {
    "form-changed": lambda t: lazy_gettext(
        "“%(step)s” has another form now; whoever has the task open must load it again.", **t
    ),
    "role-kept": lambda t: lazy_gettext(
        "“%(step)s” is for another role now (%(new)s); open tasks stay with %(old)s.", **t
    ),
    "hours-kept": lambda t: lazy_gettext(
        "“%(step)s” has other hours now (%(new)s); open tasks keep their due dates.", **t
    ),
}


def notices_of(passage: Passage, steps: Iterable[str]) -> Iterator[Notice]:
    """Everything to know about some steps of the old diagram in which dossiers stand."""
    route = passage.route
    for step in steps:
        before = route.old.steps[step]
        after = route.new.steps.get(route.mapping.get(step, step))
        if after is not None:
            for code, old, new in _differences(passage, before, after):
                told = {"step": after.name, "old": old, "new": new}
                yield Notice(code=code, step=step, message=_SAID[code](told))


def _differences(passage: Passage, before: Step, after: Step) -> Iterator[tuple[str, str, str]]:
    if _form(passage.old.files, before) != _form(passage.new.files, after):
        yield "form-changed", before.form or "", after.form or ""
    for code, old, new in (
        ("role-kept", before.roles, after.roles),
        ("hours-kept", before.working_hours, after.working_hours),
    ):
        if old != new:
            yield code, old or "–", new or "–"


def _form(files: Mapping[str, str], step: Step) -> str | None:
    return files.get(f"forms/{step.form}.form")
