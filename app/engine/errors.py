"""How the engine fails; each error carries its facts and knows no HTTP."""

from app.engine.problems import Problem, Severity
from app.foundation.errors import Conflict, HouseError, Invalid
from app.foundation.text import lazy_gettext


class DefinitionInvalid(Invalid):
    """A diagram cannot be run truthfully; `problems` lists everything that was found."""

    message = lazy_gettext("The diagram has errors and cannot be used.")

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        errors: dict[str, list[str]] = {}
        for problem in problems:
            if problem.severity is Severity.ERROR:
                errors.setdefault(problem.element_id or "", []).append(str(problem.message))
        super().__init__(errors=errors)


class TaskNotOpen(Conflict):
    """The task was completed, cancelled or never existed."""

    message = lazy_gettext("This task is no longer open.")


class NobodyWaits(Conflict):
    """No step of the process waits for this message or signal now."""

    message = lazy_gettext("Nothing in this dossier waits for “%(event)s” now.")


class EngineFailure(HouseError):
    """A run failed; nothing of it may be stored and the caller rolls back.

    `reason` is stable: expression, script, decision, timer, assignment, multi-instance,
    too-many-steps, too-many-tokens, snapshot.
    """

    message = lazy_gettext("The process could not go on at “%(step)s” (%(reason)s): %(detail)s")

    def __init__(self, reason: str, *, step: str | None = None, detail: str = "") -> None:
        self.reason = reason
        self.step = step
        self.detail = detail
        super().__init__(reason=reason, step=step or "", detail=detail)


class SnapshotUnreadable(EngineFailure):
    """The stored state is damaged, of an unknown format version, or of another diagram."""

    def __init__(self, detail: str) -> None:
        super().__init__("snapshot", detail=detail)
