"""Settings of tools nobody here knows: they stay in the file, and the analyst is told."""

from collections import Counter

from app.engine.importing.draft import Draft
from app.engine.xml_parts import BPMN, extensions
from app.foundation.text import lazy_gettext

#: What we know, and what only speaks of colours, authors and positions.
_KNOWN = (
    "http://www.omg.org/",
    "http://www.w3.org/",
    "http://camunda.org/",
    "http://bpmn.io/",
    "http://flowable.org/design",
    "http://flowable.org/modeler",
    "http://activiti.com/modeler",
    "http://www.signavio.com",
    "http://www.bizagi.com",
)


def tell_strangers(draft: Draft) -> None:
    """Tell once of each unknown namespace that steps or flows carry settings of."""
    found: Counter[str] = Counter()
    for element in (*draft.nodes(), *draft.flows()):
        names = (*element.keys(), *(part.tag for part in extensions(element)))
        for name in names:
            uri, closing, _ = name.removeprefix("{").partition("}")
            if closing and not name.startswith(BPMN) and not uri.startswith(_KNOWN):
                found[uri] += 1
    for uri, count in sorted(found.items()):
        draft.changes.remark(
            "vendor.unknown",
            None,
            lazy_gettext(
                "Settings of a tool that is not known stay in the file and mean nothing here:"
                " %(count)s.",
                count=count,
            ),
            before=uri,
        )
