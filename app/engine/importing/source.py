"""The file as it came: its encoding, its comments, and dialects of BPMN older than 2.0."""

import re
from typing import Any

from app.engine.importing.report import Changes
from app.engine.importing.writing import with_prefixes
from app.engine.xml_file import NotReadable, as_text, encoding_of, parse
from app.engine.xml_parts import BPMN, BPMNDI
from app.foundation.text import lazy_gettext

#: Drafts of BPMN 2.0 that old modelers still write, and what they are called today.
_DRAFTS = {
    "{http://schema.omg.org/spec/BPMN/2.0}": BPMN,
    "{http://www.omg.org/bpmn20}": BPMN,
    "{http://bpmndi.org}": BPMNDI,
}
#: More elements than this are not looked at; the largest diagram seen in practice has a third.
MOST_ELEMENTS = 40_000
#: Attributes of one element.
MOST_ATTRIBUTES = 500
_CDATA = re.compile(r"<!\[CDATA\[.*?\]\]>", re.DOTALL)


def open_file(data: bytes, changes: Changes) -> Any:
    """The root element, ready to be changed. Raises NotReadable."""
    root = parse(data)
    _ensure_size(root)
    _rename_drafts(root, changes)
    encoding = encoding_of(data)
    if encoding.lower().replace("_", "-") not in ("utf-8", "utf8", "us-ascii", "ascii"):
        changes.info(
            "file.encoding",
            None,
            lazy_gettext("The file is now written in UTF-8."),
            before=encoding,
            after="UTF-8",
        )
    return with_prefixes(root)


def note_source(data: bytes, changes: Changes) -> None:
    """Tell what is lost because the file is written anew."""
    count = _CDATA.sub("", as_text(data)).count("<!--")
    if count:
        changes.info(
            "file.comments",
            None,
            lazy_gettext("Comments in the XML are not kept: %(count)s.", count=count),
        )


def _ensure_size(root: Any) -> None:
    for count, element in enumerate(root.iter(), start=1):
        if count > MOST_ELEMENTS:
            message = lazy_gettext(
                "The file has more than %(most)s XML elements.", most=MOST_ELEMENTS
            )
        elif len(element.attrib) > MOST_ATTRIBUTES:
            message = lazy_gettext(
                "An element has more than %(most)s attributes.", most=MOST_ATTRIBUTES
            )
        else:
            continue
        raise NotReadable("limit.elements", message, lazy_gettext("Split the process."))


def _rename_drafts(root: Any, changes: Changes) -> None:
    found = next((old for old in _DRAFTS if root.tag.startswith(old)), None)
    if found is None:
        return
    for element in root.iter("*"):
        for old, new in _DRAFTS.items():
            if element.tag.startswith(old):
                element.tag = new + element.tag[len(old) :]
    changes.warning(
        "file.draft-of-bpmn",
        None,
        lazy_gettext("The file is written in a draft of BPMN 2.0; it is read as BPMN 2.0."),
        before=found.strip("{}"),
        after=BPMN.strip("{}"),
    )
