"""Who does a step: groups, persons, priority, and dates that the old engine kept."""

from collections.abc import Mapping
from typing import Any

from app.engine.importing import juel
from app.engine.importing.camunda.parts import look, take
from app.engine.importing.draft import Draft
from app.engine.importing.expressions import translated
from app.engine.importing.zeebe import extend, extension
from app.engine.tasks import literal_roles
from app.engine.xml_parts import children, local
from app.foundation.text import lazy_gettext

#: The role of the citizen, who starts each dossier.
_APPLICANT = "applicant"
_STARTERS = ("$INITIATOR",)


def translate_people(draft: Draft) -> None:
    """Translate the settings of user tasks that say who, and how urgently."""
    starters = _starters(draft)
    lanes = _lanes(draft.process)
    for node in draft.nodes():
        if local(node) == "userTask":
            _users(draft, node)
            role = draft.wishes.roles.get(node.get("id"))
            if role is None:
                _groups(draft, node)
            _assignee(draft, node, starters)
            if role is None:
                _lane(draft, node, lanes)
            else:
                _give_role(draft, node, role)
            _priority(draft, node)
            _dates(draft, node)


def _starters(draft: Draft) -> set[str]:
    """Variables that hold who started the process."""
    found = set()
    for node in draft.nodes():
        if local(node) == "startEvent" and (name := take(node, "initiator")):
            found.add(name)
            draft.changes.info(
                "start.initiator",
                node,
                lazy_gettext("Whoever starts a dossier is its applicant."),
                before=name,
                after=_APPLICANT,
            )
    return found


def _lanes(process: Any) -> Mapping[str, str]:
    return {
        (reference.text or "").strip(): (lane.get("name") or "").strip()
        for lane in process.iter("{*}lane")
        for reference in children(lane, "flowNodeRef")
    }


def _give_role(draft: Draft, node: Any, role: str) -> None:
    """Whatever the file says, the analyst named the role of this very step."""
    written = extension(node, "assignmentDefinition")
    old = take(node, "candidateGroups") or (
        None if written is None else written.get("candidateGroups")
    )
    if old != role:
        _assign(draft, node, old, candidateGroups=role)


def _users(draft: Draft, node: Any) -> None:
    if users := take(node, "candidateUsers"):
        draft.changes.warning(
            "task.candidate-users",
            node,
            lazy_gettext("Single persons cannot be candidates: give them a role."),
            before=users,
        )


def _groups(draft: Draft, node: Any) -> None:
    groups = look(node, "candidateGroups")
    if groups is None:
        return
    found = translated(draft, node, groups)
    if found is None:
        return
    take(node, "candidateGroups")
    roles = found if found.startswith("=") else _roles(draft, found)
    _assign(draft, node, groups, candidateGroups=roles)


def _roles(draft: Draft, groups: str) -> str:
    """The role keys that groups are called here, each once."""
    known = draft.wishes.roles
    return ",".join(dict.fromkeys(known.get(group, group) for group in literal_roles(groups)))


def _assign(draft: Draft, node: Any, before: str | None, **attributes: str) -> None:
    extend(node, "assignmentDefinition", **attributes)
    extend(node, "userTask")
    ((_, after),) = attributes.items()
    draft.changes.info(
        "task.assignment",
        node,
        lazy_gettext("Who does the step is written as in Camunda 8."),
        before=before,
        after=after,
    )


def _assignee(draft: Draft, node: Any, starters: set[str]) -> None:
    assignee = look(node, "assignee")
    if assignee is None:
        return
    if assignee in _STARTERS or juel.variable_of(assignee) in starters:
        take(node, "assignee")
        extend(node, "assignmentDefinition", candidateGroups=_APPLICANT)
        extend(node, "userTask")
        draft.changes.warning(
            "task.applicant",
            node,
            lazy_gettext("Whoever started the process does the step: that is the applicant."),
            before=assignee,
            after=_APPLICANT,
        )
        return
    found = translated(draft, node, assignee)
    if role := draft.wishes.roles.get(found or ""):
        take(node, "assignee")
        _assign(draft, node, assignee, candidateGroups=role)
    elif found is not None:
        take(node, "assignee")
        _assign(draft, node, assignee, assignee=found)


def _priority(draft: Draft, node: Any) -> None:
    priority = look(node, "priority")
    if priority is None:
        return
    found = translated(draft, node, priority)
    if found is not None:
        take(node, "priority")
        extend(node, "priorityDefinition", priority=found)
        draft.changes.info(
            "task.priority",
            node,
            lazy_gettext("The priority is written as in Camunda 8."),
            before=priority,
            after=found,
        )


def _dates(draft: Draft, node: Any) -> None:
    for name in ("dueDate", "followUpDate"):
        if date := take(node, name):
            draft.changes.warning(
                "task.due-date",
                node,
                lazy_gettext(
                    "Steps have no due date of their own: write the hours they take into the"
                    " property workingHours."
                ),
                before=f"{name}={date}",
            )


def _lane(draft: Draft, node: Any, lanes: Mapping[str, str]) -> None:
    """Take the role from the lane, where the analyst said what the lane is called here."""
    assignment = extension(node, "assignmentDefinition")
    if assignment is not None and assignment.get("candidateGroups"):
        return
    if look(node, "candidateGroups"):
        return
    lane = lanes.get(node.get("id"), "")
    role = draft.wishes.roles.get(lane)
    if role:
        extend(node, "assignmentDefinition", candidateGroups=role)
        extend(node, "userTask")
        draft.changes.info(
            "task.role-of-lane",
            node,
            lazy_gettext("The role is that of the lane."),
            before=lane,
            after=role,
        )
