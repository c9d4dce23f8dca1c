"""Activiti, Flowable and Camunda's fox are one family: their settings are read as Camunda's."""

from typing import Any

from app.engine.importing.draft import Draft
from app.engine.xml_parts import CAMUNDA7
from app.foundation.text import lazy_gettext

_FAMILY = {
    "http://activiti.org/bpmn": "Activiti",
    "http://flowable.org/bpmn": "Flowable",
    "http://www.camunda.com/fox": "Camunda fox",
}
_MODELER = "{http://camunda.org/schema/modeler/1.0}"
#: The oldest release whose files have everything we read; modelers want a number.
_VERSION = "8.6.0"


def read_as_camunda(draft: Draft) -> None:
    """Rename the settings of the family."""
    found = _rename(draft.root)
    if found:
        draft.changes.info(
            "vendor.family",
            None,
            lazy_gettext("Its settings are read as those of Camunda 7."),
            before=", ".join(sorted(found)),
        )
    draft.is_old = bool(found) or _has_camunda(draft.root)


def _rename(root: Any) -> set[str]:
    found: set[str] = set()
    for element in root.iter("*"):
        if new := _renamed(element.tag, found):
            element.tag = new
        for name, value in element.items():
            if new := _renamed(name, found):
                del element.attrib[name]
                element.set(new, value)
    return found


def _renamed(name: str, found: set[str]) -> str | None:
    uri, closing, bare = name[1:].partition("}")
    if not (closing and uri in _FAMILY):
        return None
    found.add(_FAMILY[uri])
    return CAMUNDA7 + bare


def _has_camunda(root: Any) -> bool:
    return any(
        name.startswith(CAMUNDA7)
        for element in root.iter("*")
        for name in (element.tag, *element.keys())
    )


def set_platform(draft: Draft) -> None:
    """Let modelers open the file as one for Camunda 8."""
    root = draft.root
    is_old = draft.is_old or _has_camunda(root)
    old = root.get(f"{_MODELER}executionPlatform")
    if old == "Camunda Cloud" or (old is None and not is_old):
        return
    root.set(f"{_MODELER}executionPlatform", "Camunda Cloud")
    root.set(f"{_MODELER}executionPlatformVersion", _VERSION)
    draft.changes.info(
        "vendor.platform",
        None,
        lazy_gettext("Modelers open the file as one for Camunda 8."),
        before=old,
        after="Camunda Cloud",
    )
