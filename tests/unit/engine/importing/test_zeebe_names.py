"""What names of Camunda 8 files are called here, and roles of single steps."""

import json

import pytest

from app.engine.importing import Imported, Wishes, convert
from tests.unit.engine.importing.importer import codes, errors, node, process, taken, told, user

MAIL = {"io.mail:1": "send_mail"}
FORM = json.dumps({"type": "default", "components": []})


def zeebe(ext: str, tag: str = "userTask", before: str = "", **wishes: dict[str, str]) -> Imported:
    holder = f"<bpmn:extensionElements>{ext}</bpmn:extensionElements>"
    text = process(f'<bpmn:{tag} id="x">{holder}</bpmn:{tag}>')
    text = text.replace("<bpmn:startEvent", f"{before}<bpmn:startEvent", 1)
    return taken(text, Wishes(**wishes))  # type: ignore[arg-type] # all of them are mappings


def groups(names: str) -> str:
    return f'<zeebe:assignmentDefinition candidateGroups="{names}"/>'


@pytest.mark.parametrize(
    ("old", "roles", "new"),
    [
        ("sales, accounting", {"sales": "clerk", "accounting": "clerk"}, "clerk"),
        ("sales,legal", {"sales": "clerk"}, "clerk,legal"),
        ("=group", {"=group": "clerk"}, "=group"),
        ("sales", {}, "sales"),
    ],
)
def test_groups_become_roles(old: str, roles: dict[str, str], new: str) -> None:
    imported = zeebe(groups(old), roles=roles)
    assert node(imported).roles == new
    assert [one.after for one in told(imported, "task.assignment")] == ([new] if new != old else [])


def test_a_handler_has_our_type() -> None:
    imported = zeebe('<zeebe:taskDefinition type="io.mail:1"/>', "serviceTask", services=MAIL)
    assert (codes(imported), node(imported).service) == (["service.type"], "send_mail")


def test_a_step_may_have_a_handler_of_its_own() -> None:
    services = MAIL | {"x": "print"}
    imported = zeebe('<zeebe:taskDefinition type="io.mail:1"/>', "serviceTask", services=services)
    assert node(imported).service == "print"


@pytest.mark.parametrize("by", ["old", "x"])
def test_a_form_has_our_id(by: str) -> None:
    imported = zeebe('<zeebe:formDefinition formId="old"/>', forms={by: "new"})
    assert ([one.before for one in told(imported, "task.form")][-1:], node(imported).form) == (
        ["old"] if by == "old" else [None],
        "new",
    )


@pytest.mark.parametrize("by", ["camunda-forms:bpmn:f1", "x"])
def test_a_form_that_has_our_id_is_not_taken_from_the_diagram(by: str) -> None:
    holder = f'<zeebe:userTaskForm id="f1">{FORM}</zeebe:userTaskForm>'
    before = f"<bpmn:extensionElements>{holder}</bpmn:extensionElements>"
    key = '<zeebe:formDefinition formKey="camunda-forms:bpmn:f1"/>'
    imported = zeebe(key + groups("a"), before=before, forms={by: "check"})
    assert (node(imported).form, imported.forms, errors(imported)) == ("check", {}, [])


def test_a_key_that_names_nothing_stays() -> None:
    imported = zeebe('<zeebe:formDefinition formKey="camunda-forms:bpmn:"/>')
    assert ("extension.unsupported", "x") in errors(imported)


@pytest.mark.parametrize(
    "attributes",
    [
        "",
        'camunda:candidateGroups="sales"',
        'camunda:candidateGroups="${ldap.groups(user)}"',
        'camunda:assignee="$INITIATOR"',
    ],
)
def test_a_step_has_the_role_the_analyst_gives_it(attributes: str) -> None:
    imported = user(attributes, roles={"x": "leader", "sales": "clerk"}, forms={"x": "check"})
    assert (node(imported).roles, errors(imported)) == ("leader", [])
    assert told(imported, "task.assignment")[-1].after == "leader"


def test_the_role_of_a_step_replaces_what_camunda_8_says() -> None:
    imported = zeebe(groups("sales"), roles={"x": "leader", "sales": "clerk"})
    assert [one.before for one in told(imported, "task.assignment")] == ["sales"]
    assert node(imported).roles == "leader"


def test_a_role_that_is_right_already_is_no_change() -> None:
    assert zeebe(groups("leader"), roles={"x": "leader"}).changes == ()


def test_names_that_change_places_are_exchanged_once() -> None:
    text = process('<bpmn:userTask id="x" camunda:candidateGroups="a,b"/>')
    imported = convert(text.encode(), Wishes(roles={"a": "b", "b": "c"}))
    assert node(imported).roles == "b,c"
