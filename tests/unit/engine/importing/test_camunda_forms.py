"""Form fields in a diagram become forms."""

import json

from app.forms import read_form
from tests.unit.engine.importing.importer import (
    codes,
    node,
    process,
    taken,
    told,
    user,
)

FIELDS = """<camunda:formData>
  <camunda:formField id="name" label="Họ tên" type="string" defaultValue="An">
    <camunda:validation>
      <camunda:constraint name="required"/><camunda:constraint name="maxlength" config="50"/>
      <camunda:constraint name="validator" config="org.example.V"/>
    </camunda:validation>
  </camunda:formField>
  <camunda:formField id="amount" type="long" defaultValue="${limit}"/>
  <camunda:formField id="day" label="Ngày" type="date"/>
  <camunda:formField id="ok" label="Đạt" type="boolean" defaultValue="true"/>
  <camunda:formField id="kind" type="enum">
    <camunda:value id="a" name="A"/><camunda:value id="b"/></camunda:formField>
  <camunda:formField id="a b" label="lost" type="string"/>
</camunda:formData>"""


def test_fields_in_the_diagram_become_a_form() -> None:
    imported = user(ext=FIELDS)
    assert node(imported).form == "x"
    form = read_form(imported.forms["x"])
    assert [(one.kind, one.path, one.label) for one in form.components] == [
        ("textfield", ("name",), "Họ tên"),
        ("number", ("amount",), "amount"),
        ("datetime", ("day",), "Ngày"),
        ("checkbox", ("ok",), "Đạt"),
        ("select", ("kind",), "kind"),
    ]
    assert form.title == "X"
    assert (form.components[0].rules.required, form.components[0].rules.max_length) == (True, 50)
    assert [option.label for option in form.components[4].options] == ["A", "b"]
    assert {"form.rule-lost", "form.default-lost", "form.field-lost", "task.form-made"} <= set(
        codes(imported)
    )


def test_form_properties_of_activiti_become_a_form() -> None:
    fields = '<camunda:formProperty id="days" name="Days" type="long" required="true" default="3"/>'
    fields += '<camunda:formProperty id="seen" writable="false" required="true"/>'
    (days, seen) = json.loads(user(ext=fields).forms["x"])["components"]
    assert (days["validate"], days["defaultValue"], days["label"]) == (
        {"required": True},
        3,
        "Days",
    )
    assert (seen["readonly"], "validate" in seen) == (True, False)


def test_the_form_of_a_start_event_belongs_to_the_catalogue() -> None:
    imported = taken(process('<bpmn:userTask id="x"/>', start=FIELDS))
    assert list(imported.forms) == ["start"]
    assert told(imported, "start.form-made")[0].after == "start.form"
