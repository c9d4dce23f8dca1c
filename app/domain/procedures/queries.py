"""Reading the catalogue."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from app.domain.people.model import Unit
from app.domain.procedures.model import Procedure, ProcedureOffer, ProcedureVersion
from app.foundation.errors import NotFound
from app.foundation.text import lazy_gettext


class UnknownProcedure(NotFound):
    """Nobody offers such a procedure."""

    message = lazy_gettext("There is no procedure “%(key)s”.")


class NotOffered(NotFound):
    """The procedure exists, but not at that unit on that day."""

    message = lazy_gettext("No unit takes new dossiers of “%(key)s” at this time.")


class UnknownVersion(NotFound):
    """The procedure has no version of that number."""

    message = lazy_gettext("“%(key)s” has no version %(number)s.")


_BY_KEY = select(Procedure).where(
    Procedure.key == bindparam("key"), Procedure.current_version_id.is_not(None)
)


def procedure_by_key(session: Session, key: str) -> Procedure:
    """The procedure of that key, deployed at least once; raises UnknownProcedure."""
    found = session.scalar(_BY_KEY, {"key": key})
    if found is None:
        raise UnknownProcedure(key=key)
    return found


def procedures_in_force(session: Session) -> Sequence[Procedure]:
    """Every deployed procedure, by level and name; the catalogue is bounded by its nature."""
    return session.scalars(
        select(Procedure)
        .where(Procedure.current_version_id.is_not(None))
        .order_by(Procedure.level, Procedure.name)
        .limit(5000)
    ).all()


#: Offers of `:procedure` in force on `:day`, by units that exist on that day.
_OFFERS = (
    select(ProcedureOffer, Unit)
    .join(Unit, Unit.id == ProcedureOffer.unit_id)
    .where(
        ProcedureOffer.procedure_id == bindparam("procedure"),
        ProcedureOffer.valid_from <= bindparam("day"),
        or_(ProcedureOffer.valid_to.is_(None), ProcedureOffer.valid_to >= bindparam("day")),
        Unit.valid_from <= bindparam("day"),
        or_(Unit.valid_to.is_(None), Unit.valid_to >= bindparam("day")),
    )
    .order_by(Unit.code)
)


def offers_on(
    session: Session, procedure: Procedure, day: date
) -> Sequence[tuple[ProcedureOffer, Unit]]:
    """Which units take new dossiers of the procedure on that day."""
    rows = session.execute(_OFFERS, {"procedure": procedure.id, "day": day}).all()
    return [(offer, unit) for offer, unit in rows]


def offer_at(
    session: Session, procedure: Procedure, unit_code: str | None, day: date
) -> tuple[ProcedureOffer, Unit]:
    """The offer of that unit, or the only one without a unit; raises NotOffered."""
    offers = offers_on(session, procedure, day)
    fitting = [pair for pair in offers if unit_code in (None, pair[1].code)]
    if not fitting:
        raise NotOffered(key=procedure.key)
    return fitting[0]


def versions_of(session: Session, procedure: Procedure) -> Sequence[ProcedureVersion]:
    """Every version, the newest first, without its files."""
    return session.scalars(
        select(ProcedureVersion)
        .where(ProcedureVersion.procedure_id == procedure.id)
        .order_by(ProcedureVersion.number.desc())
    ).all()


def version_numbered(session: Session, procedure: Procedure, number: int) -> ProcedureVersion:
    """The version of that number; raises UnknownVersion."""
    found = session.scalar(
        select(ProcedureVersion).where(
            ProcedureVersion.procedure_id == procedure.id, ProcedureVersion.number == number
        )
    )
    if found is None:
        raise UnknownVersion(key=procedure.key, number=number)
    return found
