"""Dossier codes: `000.00.01.H27-241101-0001` and `H27.01-241101-0001` (spec §3.1)."""

import re
from datetime import date

from sqlalchemy.orm import Session

from app.domain.dossiers.model import DossierCounter, RegisterCounter
from app.foundation.db import upsert_counter

#: Accepts both forms (spec C-04).
CODE = re.compile(r"^(?:\d{3}\.\d{2}\.\d{2}\.)?[A-Z]\d{2}(?:\.\d{1,3}){0,3}-\d{6}-\d{4,5}$")


def is_code(text: str) -> bool:
    """Whether the text has the shape of a dossier code."""
    return CODE.fullmatch(text) is not None


def write_code(agency_code: str, day: date, number: int) -> str:
    """The code's text; the number has four digits and grows to five at 10,000 (spec C-03)."""
    code = f"{agency_code}-{day:%y%m%d}-{number:04d}"
    if not is_code(code):
        raise ValueError(f"{agency_code!r} cannot begin a dossier code")
    return code


def allot_code(session: Session, agency_code: str, day: date) -> str:
    """The agency's next code of that local day; concurrent callers never get the same one."""
    number = upsert_counter(session, DossierCounter, agency_code=agency_code, day=day)
    return write_code(agency_code, day, number)


def allot_register_number(session: Session, unit_id: int, book: str, year: int) -> int:
    """The next number of a unit's register book in that year."""
    return upsert_counter(session, RegisterCounter, unit_id=unit_id, book=book, year=year)
