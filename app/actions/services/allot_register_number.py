"""Service `allot-register-number`: the next number of the handling unit's register book."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from app.actions.casework import Casework
from app.domain.dossiers.codes import allot_register_number as next_number
from app.foundation.clock import local_date


def allot_register_number(session: Session, work: Casework, at: datetime) -> Mapping[str, object]:
    """Give the result its number in the book of this procedure, counted anew every year.

    The number is told twice: for the register, and as the number of the result handed out.
    """
    year = local_date(at).year
    number = next_number(session, work.dossier.handling_unit_id, work.version.key, year)
    told = f"{number:05d}/{year}"
    return {"register_number": told, "result_number": told}
