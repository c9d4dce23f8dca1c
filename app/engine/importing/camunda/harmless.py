"""Settings that do not change what a process does: threads, retries, history, decoration."""

from typing import Any

from app.engine.importing.camunda.parts import look, parts, remove, take, text_of_part
from app.engine.importing.draft import Draft
from app.engine.xml_parts import CAMUNDA7, local
from app.foundation.text import lazy_gettext

#: Attributes of any element.
_ATTRIBUTES = frozenset(
    (
        *("async", "asyncBefore", "asyncAfter", "asyncLeave", "exclusive", "jobPriority"),
        *("taskPriority", "historyTimeToLive", "versionTag", "isStartableInTasklist"),
        *("isEagerExecutionFetching", "failedJobRetryTimeCycle", "formFieldValidation"),
        *("sameDeployment", "category", "modelerTemplate", "modelerTemplateVersion"),
        *("terminateAll", "parallelInSameTransaction", "autoStoreVariables"),
        *("storeResultVariableAsTransient", "useLocalScopeForResultVariable", "scope"),
        *("doNotIncludeVariables", "triggerable", "diagramRelationId", "modelerTemplateIcon"),
        *("candidateStarterGroups", "candidateStarterUsers", "owner", "errorMessage"),
        *("errorCodeVariable", "errorMessageVariable", "escalationCodeVariable"),
        *("businessCalendarName", "noWaitStatesAsyncLeave"),
    )
)
#: Of these the meaning is lost, and the analyst should know.
_MEANT = frozenset(
    (
        *("candidateStarterGroups", "candidateStarterUsers", "owner", "businessCalendarName"),
        *("errorCodeVariable", "errorMessageVariable", "escalationCodeVariable"),
        *("triggerable", "autoStoreVariables"),
    )
)
_PARTS = (
    *("failedJobRetryTimeCycle", "task-candidates-type", "work-form-field-validation"),
    *("localization", "jobCategory", "historyLevel", "includeInHistory", "potentialStarter"),
)


def drop_harmless(draft: Draft) -> None:
    """Remove them from the process and everything in it."""
    for element in (draft.process, *draft.nodes(), *draft.flows()):
        _drop(draft, element, element)
        for child in element:
            if local(child).endswith(("EventDefinition", "LoopCharacteristics")):
                _drop(draft, element, child)


def _drop(draft: Draft, element: Any, holder: Any) -> None:
    gone: list[str] = []
    meant: list[str] = []
    for name in [name for name in holder.keys() if name.startswith(CAMUNDA7)]:  # noqa: SIM118 - an lxml element is no dict
        bare = name[len(CAMUNDA7) :]
        if bare in _ATTRIBUTES:
            (meant if bare in _MEANT else gone).append(f"{bare}={look(holder, bare) or ''}")
            take(holder, bare)
    for part in parts(holder, *_PARTS):
        gone.append(text_of_part(part))
        remove(part)
    if gone:
        draft.changes.info(
            "setting.technical",
            element,
            lazy_gettext("Settings of the old engine that change nothing here are gone."),
            before=", ".join(gone),
        )
    if meant:
        draft.changes.warning(
            "setting.dropped",
            element,
            lazy_gettext("Settings that have no counterpart here are gone."),
            before=", ".join(meant),
        )
