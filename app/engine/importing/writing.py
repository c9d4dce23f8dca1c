"""From the tree back to a file: UTF-8, indented, with the prefixes that modelers expect."""

import re
from typing import Any

from lxml import etree

from app.engine.xml_file import parse
from app.engine.xml_parts import BPMN, CAMUNDA7, ZEEBE

_ROOT = re.compile(r"\A\s*<[^\s/>]+")
#: Prefixes of what an import may add.
_PREFIXES = {
    "bpmn": BPMN,
    "bpmndi": "{http://www.omg.org/spec/BPMN/20100524/DI}",
    "dc": "{http://www.omg.org/spec/DD/20100524/DC}",
    "di": "{http://www.omg.org/spec/DD/20100524/DI}",
    "zeebe": ZEEBE,
    "camunda": CAMUNDA7,
    "modeler": "{http://camunda.org/schema/modeler/1.0}",
}


def with_prefixes(root: Any) -> Any:
    """The same file with a prefix for every namespace that an import may add to.

    Written into the text and read again: the library mixes namespaces up when it moves elements
    below a new root.
    """
    known = root.nsmap
    missing = "".join(
        f' xmlns:{prefix}="{braced.strip("{}")}"'
        for prefix, braced in _PREFIXES.items()
        if prefix not in known and braced.strip("{}") not in known.values()
    )
    if not missing:
        return root
    text = etree.tostring(root, encoding="unicode")
    return parse(_ROOT.sub(lambda found: found[0] + missing, text, count=1).encode())


def written(root: Any) -> bytes:
    """The file, without declarations of namespaces that nothing uses any more."""
    # The library would also clean away `xmlns=""`, and with it put elements into BPMN.
    if all(element.tag.startswith("{") for element in root.iter("*")):
        etree.cleanup_namespaces(root, keep_ns_prefixes=_named_in_texts(root))
    etree.indent(root, space="  ")
    text = etree.tostring(root, encoding="unicode").strip()
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _named_in_texts(root: Any) -> list[str]:
    """Prefixes that stand in values, for example `xsi:type="bpmn:tFormalExpression"`."""
    used = {"bpmn", "zeebe"}
    for element in root.iter("*"):
        for value in (*element.values(), element.text or ""):
            head, colon, _ = value.strip()[:100].partition(":")
            if colon and head in element.nsmap:
                used.add(head)
    return sorted(used)
