"""By what right somebody hands a dossier in for its owner, in words (spec L-16)."""

from datetime import date

from app.domain.dossiers.authorisation import Authorisation, Basis
from app.foundation.text import gettext
from app.web.words import word_for


def right_told(basis: Basis | None, number: str | None, day: date | None) -> str:
    """The right with number and date of its document, in one line."""
    word = word_for(basis) if basis else ""
    dated = f"{day:%d/%m/%Y}" if day else ""
    if number and dated:
        return gettext(
            "%(right)s, document no. %(number)s of %(day)s", right=word, number=number, day=dated
        )
    if dated:
        return gettext("%(right)s, document of %(day)s", right=word, day=dated)
    return word


def acting_told(acting: Authorisation) -> list[tuple[str, str | None]]:
    """Whoever hands it in for the owner, to read."""
    return [
        (gettext("Full name, or name of the body"), acting.name),
        (gettext("Identity number, or code of the body"), acting.identity_number),
        (gettext("Telephone"), acting.phone),
        (gettext("E-mail"), acting.email),
        (
            gettext("By what right"),
            right_told(acting.basis, acting.document_number, acting.document_date),
        ),
    ]
