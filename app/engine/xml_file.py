"""From the bytes of a file to an XML tree, safely: no DOCTYPE, no entities, no network, bounded."""

import codecs
import re
from typing import Any

from lxml import etree

from app.engine.problems import Problem, Severity, Text
from app.foundation.text import lazy_gettext

#: Largest file that is read, in bytes; the largest diagram seen in practice has 0.9 MB.
MOST_BYTES = 4_000_000

_DECLARED = re.compile(
    rb"""\A<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([A-Za-z0-9._-]{1,40})["']"""
)
_DECLARED_TEXT = re.compile(
    r"""\A(\s{0,99}<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}["'])[A-Za-z0-9._-]{1,40}"""
)
_DECLARATION = re.compile(r"\A<\?xml\s[^>]{0,300}\?>")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE = ("utf-16", "utf-32", "utf16", "utf32", "ucs-2", "ucs-4", "iso-10646-ucs")
#: How a UTF-16 file without a mark begins.
_SILENT = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))


class NotReadable(Exception):
    """The bytes are not a file we read: a stable code, and what to say about it."""

    def __init__(self, code: str, message: Text, hint: Text, line: int | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.hint = hint
        self.line = line

    def as_problem(self) -> Problem:
        """The same as a finding about the whole file."""
        return Problem(
            code=self.code,
            severity=Severity.ERROR,
            element_id=None,
            element_name=None,
            line=self.line,
            message=self.message,
            hint=self.hint,
        )


def as_text(data: bytes) -> str:
    """The text of a file in whatever encoding it declares; it then declares UTF-8.

    Raises NotReadable.
    """
    return _DECLARED_TEXT.sub(r"\1UTF-8", _decoded(data), count=1)


def encoding_of(data: bytes) -> str:
    """The name of the encoding a file is in, by its marks or its own words."""
    return _encoding(data)[0]


def parse(data: bytes) -> Any:
    """The root element of a file. Raises NotReadable."""
    if len(data) > MOST_BYTES:
        raise NotReadable(
            "xml.too-large",
            lazy_gettext("The file is larger than %(most)s bytes.", most=MOST_BYTES),
            lazy_gettext("Remove embedded pictures, or split the process."),
        )
    text = _DECLARATION.sub("", _decoded(data))
    if _has_doctype(text):
        raise NotReadable(
            "xml.doctype",
            lazy_gettext("The file contains a DOCTYPE, which is not allowed."),
            lazy_gettext("Delete the DOCTYPE line; BPMN files do not need one."),
        )
    return _tree(text)


def _tree(text: str) -> Any:
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(text.encode(), parser)
    except (etree.LxmlError, ValueError) as error:
        raise NotReadable(
            "xml.malformed",
            lazy_gettext("The file is not well-formed XML: %(detail)s", detail=str(error)[:200]),
            lazy_gettext("Open the file in the modeler and save it again."),
            getattr(error, "lineno", None),
        ) from error


def _decoded(data: bytes) -> str:
    encoding, data = _encoding(data)
    try:
        return data.decode(encoding)
    except (LookupError, UnicodeError) as error:
        raise NotReadable(
            "xml.encoding",
            lazy_gettext("The text of the file is not valid %(encoding)s.", encoding=encoding),
            lazy_gettext("Save the file as UTF-8."),
        ) from error


def _encoding(data: bytes) -> tuple[str, bytes]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding, data[len(mark) :]
    for start, encoding in _SILENT:
        if data.startswith(start):
            return encoding, data
    data = data.lstrip()
    declared = _DECLARED.match(data)
    encoding = declared[1].decode() if declared else "utf-8"
    # Some programs declare what their texts are in memory. A declaration that can be read byte by
    # byte is in no encoding of two or four bytes to a letter.
    return ("utf-8" if encoding.lower().startswith(_WIDE) else encoding), data


def _has_doctype(text: str) -> bool:
    """Whether a DOCTYPE stands before the root element, behind any comments."""
    at = 0
    while True:
        while text[at : at + 1].isspace():
            at += 1
        for opening, closing in (("<!--", "-->"), ("<?", "?>")):
            if text.startswith(opening, at):
                end = text.find(closing, at + len(opening))
                if end < 0:
                    return False
                at = end + len(closing)
                break
        else:
            return text[at : at + 9].upper() == "<!DOCTYPE"
