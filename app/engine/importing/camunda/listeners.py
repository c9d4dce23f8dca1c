"""Program code that listened in: it has no place here, and goes with a word about it."""

from typing import Any

from app.engine.importing.camunda.parts import parts, remove, take, text_of_part
from app.engine.importing.draft import Draft
from app.engine.importing.tags import is_flow
from app.foundation.text import lazy_gettext

_LISTENERS = ("executionListener", "taskListener", "eventListener")


def drop_listeners(draft: Draft) -> None:
    """Remove listeners of the process, its steps and its flows."""
    for element in (draft.process, *draft.nodes(), *draft.flows()):
        for listener in parts(element, *_LISTENERS):
            remove(listener)
            _tell(draft, element, text_of_part(listener))
        if is_flow(element) and (skipped := take(element, "skipExpression")):
            _tell(draft, element, f"skipExpression={skipped}")


def _tell(draft: Draft, element: Any, before: str) -> None:
    draft.changes.warning(
        "listener.dropped",
        element,
        lazy_gettext(
            "Program code that listened is gone. Events of a dossier are in its record; notices"
            " are sent by the property notice."
        ),
        before=before,
    )
