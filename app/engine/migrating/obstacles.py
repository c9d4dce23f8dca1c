"""Why an instance cannot go on in another diagram, in words for the analyst who drew both."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from app.engine.problems import Text
from app.foundation.errors import Conflict, Invalid
from app.foundation.text import LazyString, lazy_gettext


@dataclass(frozen=True, kw_only=True)
class Obstacle:
    """One reason. `code` is stable; the element is named as in the diagram that is left."""

    code: str
    element_id: str
    element_name: str
    message: Text
    hint: Text

    def as_dict(self) -> dict[str, str]:
        """The reason as plain JSON, translated now."""
        return {
            "code": self.code,
            "element_id": self.element_id,
            "element_name": self.element_name,
            "message": str(self.message),
            "hint": str(self.hint),
        }


class CannotMove(Conflict):
    """The instance has to end where it began; `obstacles` says why."""

    message = lazy_gettext("This dossier cannot go on under the other version.")

    def __init__(self, obstacles: Iterable[Obstacle]) -> None:
        self.obstacles = tuple(obstacles)
        super().__init__()

    def __str__(self) -> str:
        return " ".join((str(self.message), *(str(one.message) for one in self.obstacles)))


class MappingInvalid(Invalid):
    """The mapping names something that is not there; `errors` by the element that is left."""

    message = lazy_gettext("The mapping of steps has errors.")


def obstacle(code: str, element_id: str, element_name: str, *, detail: str = "") -> Obstacle:
    """A reason in its words; `detail` names what the code asks for."""
    message, hint = _WORDS[code]
    step = element_name or element_id
    return Obstacle(
        code=code,
        element_id=element_id,
        element_name=element_name,
        message=message({"step": step, "detail": detail}),
        hint=hint,
    )


_MAP = lazy_gettext("Say which step it is now: --map old=new.")
_LATER = lazy_gettext("Move the dossier when it has passed this step.")
_STAY = lazy_gettext("Let the dossier end on its own version.")

#: What is said for each code, and what can be done about it.
_WORDS: Mapping[str, tuple[Callable[[dict[str, str]], LazyString], LazyString]] = {
    "step-gone": (lambda t: lazy_gettext("“%(step)s” does not exist any more.", **t), _MAP),
    "step-elsewhere": (
        lambda t: lazy_gettext(
            "“%(step)s” now lies in another sub-process or called process.", **t
        ),
        _STAY,
    ),
    "kind-changed": (
        lambda t: lazy_gettext("“%(step)s” is another kind of element now (%(detail)s).", **t),
        _LATER,
    ),
    "loop-changed": (
        lambda t: lazy_gettext("“%(step)s” is repeated in another way now.", **t),
        _LATER,
    ),
    "event-changed": (
        lambda t: lazy_gettext("“%(step)s” waits for something else now (%(detail)s).", **t),
        _LATER,
    ),
    "choice-changed": (
        lambda t: lazy_gettext("“%(step)s” offers other events now.", **t),
        _LATER,
    ),
    "watcher-gone": (
        lambda t: lazy_gettext(
            "“%(step)s” is waiting, and the other version does not know it at this step.", **t
        ),
        _MAP,
    ),
    "watcher-new": (
        lambda t: lazy_gettext(
            "“%(step)s” is watched by “%(detail)s” now; since when it would count for a step that"
            " is open already, nobody has said.",
            **t,
        ),
        _LATER,
    ),
    "service-changed": (
        lambda t: lazy_gettext("“%(step)s” calls another service now (%(detail)s).", **t),
        _LATER,
    ),
    "call-changed": (
        lambda t: lazy_gettext("“%(step)s” calls another process now (%(detail)s).", **t),
        _LATER,
    ),
    "join-flow-gone": (
        lambda t: lazy_gettext(
            "A branch waits before “%(step)s”, and the flow by which it came (%(detail)s) does not"
            " exist any more.",
            **t,
        ),
        lazy_gettext("Say which flow it is now: --map old-flow=new-flow."),
    ),
    "join-ready": (
        lambda t: lazy_gettext(
            "“%(step)s” would go on at once, without anybody doing a step.", **t
        ),
        _STAY,
    ),
    "stands-still": (
        lambda t: lazy_gettext("Nothing is open in this dossier: it would stand still.", **t),
        _STAY,
    ),
}
