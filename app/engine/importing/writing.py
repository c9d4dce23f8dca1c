"""From the tree back to a file: UTF-8, indented, with the prefixes that modelers expect."""

from typing import Any

from lxml import etree

from app.engine.xml_parts import BPMN, CAMUNDA7, ZEEBE

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
    """The same root with a prefix for every namespace that an import may add to."""
    known = dict(root.nsmap)
    for prefix, braced in _PREFIXES.items():
        uri = braced.strip("{}")
        if prefix not in known and uri not in known.values():
            known[prefix] = uri
    if known == root.nsmap:
        return root
    made = etree.Element(root.tag, root.attrib, nsmap=known)
    made.text = root.text
    made.extend(list(root))
    return made


def written(root: Any) -> bytes:
    """The file, without declarations of namespaces that nothing uses any more."""
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
