"""Small procedures for stories: the files of a shipped one with other diagrams."""

from collections.abc import Mapping

from flask import Flask

from app.actions.deploy_procedure import deploy_procedure
from app.cli.files import files_of_procedure
from app.foundation.actor import SYSTEM
from app.foundation.db import transaction
from tests.house.files import ROOT
from tests.support.apps import MONDAY
from tests.support.bpmn import Bpmn

#: Its forms are `application`, `reception`, `approval`, `supplement` and others.
KEY = "thanh-lap-ho-kinh-doanh"
#: The officers of the unit that offers it, by role.
OFFICERS: Mapping[str, str] = {
    "reception_officer": "linh.camxuyen",
    "specialist": "nam.camxuyen",
    "director": "oanh.camxuyen",
}


def files_with(process: Bpmn, **others: Bpmn) -> dict[str, str]:
    """The files of the procedure with these diagrams instead of its own."""
    files = {
        path: text
        for path, text in files_of_procedure(ROOT / "bpmn" / KEY).items()
        if not path.endswith(".bpmn")
    }
    files |= {f"bpmn/{name}.bpmn": bpmn.text() for name, bpmn in others.items()}
    return files | {"bpmn/process.bpmn": process.text()}


def publish(app: Flask, process: Bpmn, **others: Bpmn) -> str:
    """Publish the procedure with these diagrams; returns its key."""
    with app.app_context(), transaction() as session:
        deploy_procedure(session, files_with(process, **others), actor=SYSTEM, at=MONDAY)
    return KEY


def publish_changed(app: Flask, changes: Mapping[str, Mapping[str, str]]) -> str:
    """Publish the procedure with words replaced, by file; returns its key."""
    files = dict(files_of_procedure(ROOT / "bpmn" / KEY))
    for path, words in changes.items():
        for old, new in words.items():
            assert old in files[path], f"{path} does not say {old}"
            files[path] = files[path].replace(old, new)
    with app.app_context(), transaction() as session:
        deploy_procedure(session, files, actor=SYSTEM, at=MONDAY)
    return KEY


def work(bpmn: Bpmn, step: str, role: str = "specialist", **props: str) -> Bpmn:
    """A user task that an officer of the unit can complete."""
    return bpmn.user(step, form="approval", roles=role, **{"workingHours": "2"} | props)
