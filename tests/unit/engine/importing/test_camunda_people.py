"""Who does a step, by whatever engine it was written, is a role of ours."""

import pytest

from app.engine.importing import Imported, Level, Wishes
from tests.unit.engine.importing.importer import (
    codes,
    element,
    errors,
    node,
    process,
    taken,
    told,
    user,
)

FLOWABLE = "http://flowable.org/bpmn"
CAMUNDA = "http://camunda.org/schema/1.0/bpmn"


def test_a_user_task_is_translated() -> None:
    imported = user(
        'camunda:candidateGroups="officer" camunda:assignee="${officer}" camunda:priority="70"'
        ' camunda:formKey="embedded:app:forms/approve-loan.html" camunda:asyncBefore="true"'
    )
    found = node(imported)
    assert (found.roles, found.assignee, found.priority) == ("officer", "=officer", "70")
    assert found.form == "approve-loan"
    assert errors(imported) == []
    assert b"camunda:" not in imported.xml.replace(b"xmlns:camunda", b"")


@pytest.mark.parametrize(
    "uri", ["http://activiti.org/bpmn", FLOWABLE, "http://www.camunda.com/fox"]
)
def test_the_whole_family_is_read(uri: str) -> None:
    text = process('<bpmn:userTask id="x" camunda:candidateGroups="a" camunda:formKey="f"/>')
    imported = taken(text.replace(CAMUNDA, uri))
    assert (node(imported).roles, node(imported).form) == ("a", "f")
    assert b'modeler:executionPlatform="Camunda Cloud"' in imported.xml


def test_what_is_left_of_the_family_is_refused() -> None:
    text = process('<bpmn:userTask id="x" camunda:strange="a"/>').replace(CAMUNDA, FLOWABLE)
    assert ("extension.unsupported", "x") in errors(taken(text))


@pytest.mark.parametrize(
    ("key", "form"),
    [
        ("embedded:app:forms/approve-loan.html", "approve-loan"),
        ("embedded:deployment:start.html", "start"),
        ("camunda-forms:deployment:check.form", "check"),
        ("app:approve.jsf", "approve"),
        ("org/example/a b.form", "a-b"),
        ("review", "review"),
        ("${form}", "=form"),
    ],
)
def test_forms_are_named_by_their_id(key: str, form: str) -> None:
    assert node(user(f'camunda:formKey="{key}"')).form == form


def test_a_form_reference_is_the_id_itself() -> None:
    imported = user('camunda:formRef="check" camunda:formRefBinding="latest"')
    assert node(imported).form == "check"


def test_the_analyst_says_what_names_are_called_here() -> None:
    imported = user(
        'camunda:candidateGroups="sales, accounting" camunda:formKey="a:b.html"',
        roles={"sales": "specialist", "accounting": "specialist"},
        forms={"a:b.html": "check"},
    )
    assert (node(imported).roles, node(imported).form) == ("specialist", "check")
    assert errors(imported) == []


def test_a_person_can_be_given_a_role() -> None:
    imported = user('camunda:assignee="demo"', roles={"demo": "leader"}, forms={"x": "check"})
    assert (node(imported).roles, node(imported).assignee, node(imported).form) == (
        "leader",
        None,
        "check",
    )


def test_the_role_can_come_from_the_lane() -> None:
    lanes = (
        '<bpmn:laneSet><bpmn:lane name="Văn thư"><bpmn:flowNodeRef>x</bpmn:flowNodeRef></bpmn:lane>'
        '</bpmn:laneSet><bpmn:userTask id="x"/>'
    )
    imported = taken(process(lanes), Wishes(roles={"Văn thư": "clerk"}))
    assert (codes(imported), node(imported).roles) == (["task.role-of-lane"], "clerk")


@pytest.mark.parametrize(
    ("start", "assignee", "roles"),
    [
        ('camunda:initiator="starter"', "${starter}", "applicant"),
        ("", "$INITIATOR", "applicant"),
        ("", "${starter}", None),
    ],
)
def test_whoever_starts_is_the_applicant(start: str, assignee: str, roles: str | None) -> None:
    text = process(f'<bpmn:userTask id="x" camunda:assignee="{assignee}"/>')
    imported = taken(
        text.replace('<bpmn:startEvent id="start"', f'<bpmn:startEvent id="start" {start}')
    )
    assert node(imported).roles == roles


def test_persons_and_dates_are_left_out_with_a_word() -> None:
    imported = user('camunda:candidateUsers="demo,mary" camunda:dueDate="PT2H"')
    (users,), (date,) = told(imported, "task.candidate-users"), told(imported, "task.due-date")
    assert (users.level, users.before) == (Level.WARNING, "demo,mary")
    assert (date.level, date.before) == (Level.WARNING, "dueDate=PT2H")
    assert "workingHours" in str(date.message)
    assert ("extension.unsupported", "x") not in errors(imported)


def test_an_expression_that_calls_code_stays() -> None:
    imported = user('camunda:candidateGroups="${ldap.groups(user)}"')
    assert told(imported, "expression.untranslatable")[0].level is Level.ERROR
    assert ("extension.unsupported", "x") in errors(imported)


@pytest.mark.parametrize(
    ("owner", "roles", "assignee"),
    [
        ("group(management), accountancy", "management,accountancy", None),
        ("user(kermit)", None, None),
    ],
)
def test_potential_owners_are_groups(owner: str, roles: str | None, assignee: str | None) -> None:
    inner = (
        "<bpmn:potentialOwner><bpmn:resourceAssignmentExpression><bpmn:formalExpression>"
        f"{owner}</bpmn:formalExpression></bpmn:resourceAssignmentExpression></bpmn:potentialOwner>"
    )
    found = node(element("userTask", "", inner))
    assert (found.roles, found.assignee, found.foreign) == (roles, assignee, ())


def test_the_human_performer_is_the_assignee() -> None:
    inner = (
        "<bpmn:humanPerformer><bpmn:resourceAssignmentExpression><bpmn:formalExpression>kermit"
        "</bpmn:formalExpression></bpmn:resourceAssignmentExpression></bpmn:humanPerformer>"
    )
    assert node(element("userTask", "", inner)).assignee == "kermit"


def test_a_performer_does_not_replace_who_is_named_already() -> None:
    inner = (
        '<bpmn:extensionElements><zeebe:assignmentDefinition assignee="=officer"/>'
        "</bpmn:extensionElements><bpmn:performer><bpmn:resourceAssignmentExpression>"
        "<bpmn:formalExpression>kermit</bpmn:formalExpression>"
        "</bpmn:resourceAssignmentExpression></bpmn:performer>"
    )
    found = node(element("userTask", "", inner))
    assert (found.assignee, "performer" in found.foreign) == ("=officer", True)


def owned(tag: str, owner: str, resource: str) -> Imported:
    inner = f"<bpmn:{owner}><bpmn:resourceRef>{resource}</bpmn:resourceRef></bpmn:{owner}>"
    text = process(f'<bpmn:{tag} id="x">{inner}</bpmn:{tag}>')
    return taken(text.replace("<bpmn:process", '<bpmn:resource id="r" name="Clerk"/><bpmn:process'))


@pytest.mark.parametrize("owner", ["potentialOwner", "humanPerformer", "performer"])
def test_an_owner_may_be_a_resource(owner: str) -> None:
    assert node(owned("userTask", owner, "r")).roles == "Clerk"


@pytest.mark.parametrize("owner", ["potentialOwner", "performer"])
def test_an_owner_that_the_file_does_not_know_stays(owner: str) -> None:
    imported = owned("userTask", owner, "nobody")
    assert ("extension.unsupported", "x") in errors(imported)


def test_who_answers_for_what_a_machine_does_is_left_out_with_a_word() -> None:
    imported = owned("serviceTask", "performer", "r")
    (change,) = told(imported, "setting.dropped")
    assert (change.level, change.before) == (Level.WARNING, "performer: Clerk")
    assert errors(imported) == [("service.no-type", "x")]
