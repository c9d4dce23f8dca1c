"""Publish a procedure: check everything, then keep it as an immutable numbered version."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.actions.check_procedure import ensure_publishable
from app.actions.index_procedure import index_procedure
from app.domain.people.queries import unit_by_code
from app.domain.procedures.catalogue import Catalogue, read_catalogue
from app.domain.procedures.model import Procedure, ProcedureOffer, ProcedureVersion
from app.domain.procedures.rules import content_hash
from app.foundation.actor import Actor


def deploy_procedure(
    session: Session, files: Mapping[str, str], *, actor: Actor, at: datetime
) -> ProcedureVersion:
    """Make `files` the current version; unchanged files give the version there is.

    Raises CatalogueInvalid, FormFileInvalid or DefinitionInvalid, and UnknownUnit for an offer by
    a unit that does not exist; nothing is stored then. Running dossiers keep their version
    (spec Q-08).
    """
    ensure_publishable(session, files)
    catalogue = read_catalogue(files["procedure.toml"])
    procedure = _procedure_row(session, catalogue)
    digest = content_hash(files)
    current = _current(session, procedure)
    _set_offers(session, procedure, catalogue)
    if current is not None and current.content_hash == digest:
        index_procedure(session, procedure, current.catalogue)
        return current
    version = ProcedureVersion(
        procedure_id=procedure.id,
        number=_next_number(session, procedure),
        content_hash=digest,
        files=dict(files),
        catalogue=_listing(catalogue),
        deployed_at=at,
        deployed_by_id=actor.person_id,
    )
    session.add(version)
    session.flush()
    procedure.current_version_id = version.id
    session.flush()
    index_procedure(session, procedure, version.catalogue)
    return version


def _listing(catalogue: Catalogue) -> dict[str, Any]:
    """What lists and searches show, readable without parsing the files again."""
    default = catalogue.case(None)
    return {
        "name": catalogue.name,
        "code": catalogue.code,
        "summary": catalogue.summary,
        "keywords": list(catalogue.keywords),
        "term_text": default.term_text if default else "",
    }


def _procedure_row(session: Session, catalogue: Catalogue) -> Procedure:
    procedure = session.scalar(select(Procedure).where(Procedure.key == catalogue.key))
    if procedure is None:
        procedure = Procedure(key=catalogue.key)
        session.add(procedure)
    procedure.national_code = catalogue.code
    procedure.name = catalogue.name
    procedure.level = catalogue.level
    procedure.field = catalogue.field
    procedure.online_level = catalogue.online_level
    session.flush()
    return procedure


def _current(session: Session, procedure: Procedure) -> ProcedureVersion | None:
    if procedure.current_version_id is None:
        return None
    return session.get(ProcedureVersion, procedure.current_version_id)


def _next_number(session: Session, procedure: Procedure) -> int:
    highest = session.scalar(
        select(func.max(ProcedureVersion.number)).where(
            ProcedureVersion.procedure_id == procedure.id
        )
    )
    return (highest or 0) + 1


def _set_offers(session: Session, procedure: Procedure, catalogue: Catalogue) -> None:
    """Bring the offers in line with the catalogue entry; an offer left out ends (spec U-07)."""
    kept = {
        (offer.unit_id, offer.valid_from): offer
        for offer in session.scalars(
            select(ProcedureOffer).where(ProcedureOffer.procedure_id == procedure.id)
        )
    }
    for told in catalogue.offers:
        unit_id = unit_by_code(session, told.unit).id
        offer = kept.pop((unit_id, told.valid_from), None) or ProcedureOffer(
            procedure_id=procedure.id, unit_id=unit_id, valid_from=told.valid_from
        )
        offer.agency_code = told.agency_code
        offer.valid_to = told.valid_to
        session.add(offer)
    for gone in kept.values():
        gone.valid_to = gone.valid_to or gone.valid_from
    session.flush()
