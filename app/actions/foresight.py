"""What would become of a dossier in its new diagram, by the proof, in words."""

from collections.abc import Mapping

from app.analysis import Verdict, prospect
from app.engine.migrating import Level, Obstacle, Route, diagram_of
from app.foundation.text import LazyString, lazy_gettext

_HINT = lazy_gettext("Let the dossier end on its own version, or move it from a later step.")
#: What can go wrong from where a dossier stands: code and sentence.
_FORESEEN: Mapping[Verdict, tuple[str, LazyString]] = {
    Verdict.DEADLOCK: (
        "would-wait",
        lazy_gettext("A branch would wait for ever for another one that this dossier never began."),
    ),
    Verdict.LIVELOCK: (
        "would-go-round",
        lazy_gettext("No end could be reached any more from where the dossier stands."),
    ),
    Verdict.MULTIPLE_MERGE: (
        "would-repeat",
        lazy_gettext("A step would be done twice, once for each branch of the dossier."),
    ),
    Verdict.GAVE_UP: (
        "not-proven",
        lazy_gettext("It cannot be proven that the dossier would still come to its end."),
    ),
}


def foresee(route: Route, level: Level) -> Obstacle | None:
    """Why a level could not come to its end; nothing if it can, or if the drawing is the same.

    The element is named as in the new diagram, where it is going to happen.
    """
    diagram = diagram_of(route.new, level.prefix)
    if diagram is None or level.prefix in route.unchanged:
        return None
    found = prospect(diagram, level)
    if found.verdict not in _FORESEEN:
        return None
    code, message = _FORESEEN[found.verdict]
    element = f"{level.prefix}{found.elements[0]}" if found.elements else ""
    name = route.new.steps[element].name if element in route.new.steps else ""
    return Obstacle(code=code, element_id=element, element_name=name, message=message, hint=_HINT)
