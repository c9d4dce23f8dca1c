"""Free properties of a step."""

from lxml import etree

from app.engine.importing.camunda.parts import parts, remove
from app.engine.importing.draft import Draft
from app.engine.importing.zeebe import extend
from app.engine.xml_parts import CAMUNDA7, ZEEBE
from app.foundation.text import lazy_gettext


def translate_properties(draft: Draft) -> None:
    """Take properties over under their names; the checker says which of them mean something."""
    for node in draft.nodes():
        for old in parts(node, "properties"):
            names = []
            for one in old.iterchildren(f"{CAMUNDA7}property"):
                holder = extend(node, "properties")
                etree.SubElement(
                    holder,
                    f"{ZEEBE}property",
                    name=one.get("name") or one.get("id") or "",
                    value=one.get("value") or "",
                )
                names.append(f"{one.get('name')}={one.get('value')}")
            remove(old)
            draft.changes.info(
                "task.properties",
                node,
                lazy_gettext("The properties are written as in Camunda 8."),
                before=", ".join(names),
            )
