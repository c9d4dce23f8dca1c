"""The step palette of the modelers writes exactly what this house reads."""

import json
from typing import Any

import pytest

from tests.unit.procedures_as_files.shelf import DIAGRAMS, ROOT

TEMPLATES: list[dict[str, Any]] = json.loads(
    (ROOT / "bpmn" / "element-templates" / "mot-cua.json").read_text()
)
READ = frozenset(
    {
        "workingHours",
        "workingHoursOnline",
        "deadline",
        "escalation",
        "unit",
        "status",
        "clock",
        "slip",
        "notice",
        "legalBasis",
    }
)
each_template = pytest.mark.parametrize("template", TEMPLATES, ids=lambda found: found["id"])


def test_the_palette_offers_the_six_steps_every_procedure_is_made_of() -> None:
    assert {template["id"] for template in TEMPLATES} == {
        "mot-cua.reception",
        "mot-cua.appraisal",
        "mot-cua.approval",
        "mot-cua.consultation",
        "mot-cua.supplement",
        "mot-cua.return-result",
    }


@each_template
def test_a_template_sets_what_every_user_task_needs(template: dict[str, Any]) -> None:
    bindings = [part["binding"] for part in template["properties"]]
    kinds = {binding["type"] for binding in bindings}
    assert kinds >= {"zeebe:userTask", "zeebe:formDefinition", "zeebe:assignmentDefinition"}
    written = {binding["name"] for binding in bindings if binding["type"] == "zeebe:property"}
    assert {"status", "clock"} <= written <= READ


@each_template
def test_a_template_offers_only_roles_that_the_shipped_diagrams_use(
    template: dict[str, Any],
) -> None:
    known = {task.roles for diagram in DIAGRAMS for task in diagram.of("userTask")}
    (part,) = [
        part
        for part in template["properties"]
        if part["binding"]["type"] == "zeebe:assignmentDefinition"
    ]
    offered = {choice["value"] for choice in part.get("choices", [])} or {part["value"]}
    assert part["value"] in offered
    assert offered <= known


def test_only_the_wait_for_the_applicant_pauses_the_clock() -> None:
    paused = {
        template["id"]
        for template in TEMPLATES
        for part in template["properties"]
        if part["binding"].get("name") == "clock" and part["value"] == "pause"
    }
    assert paused == {"mot-cua.supplement"}
