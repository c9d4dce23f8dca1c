"""From a slip, a blank form or a guide to a PDF, set by Typst."""

import re
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

import orjson
import segno
import typst

from app.papers.document import Document
from app.papers.slip import Slip

#: Under which name each template looks for what it says.
_INPUTS = {"slip": "slip", "document": "told"}
#: Written into every file, since the day of printing must not change its bytes.
_NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)
#: The start of a word that is longer than any word.
_ENDLESS = re.compile(r"\S{30}(?=\S)")


def printed(slip: Slip) -> bytes:
    """The slip as a PDF on A4, with marks that screen readers follow (PDF/UA)."""
    told = _breakable(asdict(slip)) | {
        # These are compared and copied, so they stay as they are.
        "address": slip.address,
        "proofs": slip.proofs,
        "qr": _picture_of(slip.address),
    }
    return _accessible("slip", told)


def printed_document(document: Document) -> bytes:
    """A blank form or a guide as a PDF on A4, likewise."""
    return _accessible("document", _breakable(asdict(document)))


def _accessible(template: str, told: Any) -> bytes:
    text = orjson.dumps(told).decode()
    try:
        return _set(template, text, "ua-1")
    except typst.TypstError:
        # A letter that the font lacks: PDF/UA forbids the empty box that stands for it.
        return _set(template, text, None)


def _set(template: str, told: str, standard: Literal["ua-1"] | None) -> bytes:
    return typst.compile(
        _template(template),
        format="pdf",
        # What people wrote goes in as data: the template never reads it as markup.
        sys_inputs={_INPUTS[template]: told},
        ignore_system_fonts=True,
        timestamp=_NO_DAY,
        pdf_standards=standard,
    )


@cache
def _template(name: str) -> bytes:
    return Path(__file__).with_name(f"{name}.typ").read_bytes()


def _breakable(told: Any) -> Any:
    """Only what can be seen, and endless words broken instead of running off the sheet."""
    if isinstance(told, str):
        seen = "".join(one for one in told if one.isprintable() or one == "\n")
        return _ENDLESS.sub("\\g<0>\N{ZERO WIDTH SPACE}", seen)
    if isinstance(told, dict):
        return {key: _breakable(value) for key, value in told.items()}
    if isinstance(told, tuple | list):
        return [_breakable(value) for value in told]
    return told


def _picture_of(address: str) -> str:
    picture = BytesIO()
    segno.make(address, error="m", micro=False).save(
        picture, kind="svg", border=0, xmldecl=False, svgns=True
    )
    return picture.getvalue().decode()
