"""The public catalogue: what is told of a procedure and the forms it starts with."""

from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.api.reads.forms import form_json
from app.domain.procedures.cases import Case
from app.domain.procedures.model import Procedure, ProcedureVersion
from app.domain.procedures.queries import offers_on, procedure_by_key, procedures_in_force
from app.queries.definitions import LoadedVersion, current_version


def catalogue_list(session: Session) -> list[dict[str, Any]]:
    """Every procedure in short; one statement once the versions are loaded."""
    return [
        _short(procedure, current_version(session, procedure))
        for procedure in procedures_in_force(session)
    ]


def catalogue_entry(session: Session, key: str, day: date) -> dict[str, Any]:
    """One procedure in full, with the units that take it on that day; raises UnknownProcedure."""
    procedure = procedure_by_key(session, key)
    version = current_version(session, procedure)
    digest = session.scalar(
        select(ProcedureVersion.content_hash).where(ProcedureVersion.id == version.id)
    )
    catalogue = version.catalogue
    default = version.case(None)
    return _short(procedure, version) | {
        "summary": catalogue.summary,
        "who": catalogue.who,
        "result": catalogue.result,
        "keywords": catalogue.keywords,
        "fee_note": catalogue.fee_note,
        "legal_basis": [asdict(basis) for basis in catalogue.legal_basis],
        "papers": [asdict(paper) for paper in catalogue.papers],
        "cases": [
            _case(case) | {"form": form_json(version, case.application_form)}
            for case in catalogue.cases
        ],
        "offers": [
            {"unit": unit.code, "unit_name": unit.name}
            for _, unit in offers_on(session, procedure, day)
        ],
        "form": form_json(version, default.application_form),
        "version": version.number,
        "content_hash": digest.hex() if digest else None,
    }


def _short(procedure: Procedure, version: LoadedVersion) -> dict[str, Any]:
    catalogue = version.catalogue
    return {
        "key": procedure.key,
        "code": catalogue.code,
        "name": catalogue.name,
        "level": catalogue.level.value,
        "field": catalogue.field,
        "online_level": catalogue.online_level.value,
        "fee_vnd": catalogue.fee_vnd,
        "cases": [_case(case) for case in catalogue.cases],
    }


def _case(case: Case) -> dict[str, Any]:
    return {
        "key": case.key,
        "name": case.name,
        "term_hours": float(case.term_hours),
        "term_unit": case.term.unit.value,
        "prepaid": case.prepaid,
        "term_text": case.term_text,
        "default": case.default,
        "form_id": case.application_form,
    }
