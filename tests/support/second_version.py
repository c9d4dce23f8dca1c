"""The birth registration as a province changes it: a step with another id, and one step more."""

import re
from collections.abc import Mapping

from flask import Flask

from app.actions.deploy_procedure import deploy_procedure
from app.cli.demo import PROCEDURES
from app.cli.files import files_of_procedure
from app.foundation.actor import SYSTEM
from app.foundation.db import transaction
from tests.support.apps import MONDAY

BIRTH = "dang-ky-khai-sinh"
DIAGRAM = "bpmn/process.bpmn"
#: A second look at the entries before they are signed; it takes an hour from the verification.
_SECOND_LOOK = """
    <bpmn:userTask id="second_look" name="Kiểm tra chéo">
      <bpmn:extensionElements>
        <zeebe:formDefinition formId="register_entry" />
        <zeebe:assignmentDefinition candidateGroups="civil_status_officer" />
        <zeebe:properties><zeebe:property name="workingHours" value="1" /></zeebe:properties>
      </bpmn:extensionElements>
    </bpmn:userTask>
    <bpmn:sequenceFlow id="flow_second_look" sourceRef="second_look" targetRef="approval" />
"""


def first_files() -> dict[str, str]:
    """The procedure as it is shipped."""
    return files_of_procedure(PROCEDURES / BIRTH)


def second_files() -> dict[str, str]:
    """`verification` is called `appraisal`, and `second_look` stands before the approval."""
    files = first_files()
    text = re.sub(
        r'(\bid|sourceRef|targetRef|bpmnElement)="verification"', r'\1="appraisal"', files[DIAGRAM]
    )
    text = text.replace(">verification<", ">appraisal<")
    hours = '<zeebe:property name="workingHours" value="{}" />'
    before, after = text.split('<bpmn:userTask id="appraisal"')
    after = after.replace(hours.format(2), hours.format(1), 1)
    text = f'{before}<bpmn:userTask id="appraisal"{after}'
    old = 'sourceRef="gw_register_join" targetRef="approval" />'
    new = 'sourceRef="gw_register_join" targetRef="second_look" />'
    return files | {DIAGRAM: text.replace(old, new + _SECOND_LOOK)}


def deploy(app: Flask, files: Mapping[str, str]) -> int:
    """Publish; returns the number of the version."""
    with app.app_context(), transaction() as session:
        return deploy_procedure(session, files, actor=SYSTEM, at=MONDAY).number
