"""Dossiers as people call them at the terminal: by their codes."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.dossiers.model import Dossier
from app.queries.dossier_pages import UnknownDossier


def dossier_number(session: Session, code: str) -> int:
    """The number of the dossier with that code; raises UnknownDossier."""
    number = session.scalar(select(Dossier.id).where(Dossier.code == code))
    if number is None:
        raise UnknownDossier(code=code)
    return number
