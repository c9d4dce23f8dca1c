"""Inputs and outputs of a step: those that only repeat a variable are not needed."""

from typing import Any

from app.engine.importing import juel
from app.engine.importing.camunda.parts import parts, remove, text_of_part
from app.engine.importing.draft import Draft
from app.engine.xml_parts import CAMUNDA7
from app.foundation.text import lazy_gettext

_PARAMETERS = (f"{CAMUNDA7}inputParameter", f"{CAMUNDA7}outputParameter")


def drop_identities(draft: Draft) -> None:
    """Remove parameters that give a variable its own value, and tell of the others."""
    for node in draft.nodes():
        for mapping in parts(node, "inputOutput"):
            for parameter in [one for one in mapping if one.tag in _PARAMETERS]:
                _parameter(draft, node, mapping, parameter)
            if not len(mapping):
                remove(mapping)


def _parameter(draft: Draft, node: Any, mapping: Any, parameter: Any) -> None:
    name, text = parameter.get("name"), "".join(parameter.itertext()).strip()
    if not len(parameter) and juel.variable_of(text) == name:
        mapping.remove(parameter)
        draft.changes.info(
            "variable.same",
            node,
            lazy_gettext("A step sees every variable; giving it again under its name is no use."),
            before=text_of_part(parameter),
        )
        return
    draft.changes.error(
        "variable.mapping",
        node,
        lazy_gettext("Steps have no variables of their own: work it out in a script task."),
        before=text_of_part(parameter),
    )
