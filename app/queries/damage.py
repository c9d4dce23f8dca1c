"""A row that cannot be read becomes a calm sentence on a page instead of a failure."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import NoResultFound

from app.domain.journal.queries import DAMAGE
from app.foundation.errors import Conflict
from app.foundation.text import lazy_gettext


class RecordDamaged(Conflict):
    """A row of the dossier holds a value that means nothing, or is not there at all."""

    message = lazy_gettext(
        "A part of the dossier %(code)s cannot be read. Please ask the office that handles it."
    )


@contextmanager
def damage_told(code: str) -> Iterator[None]:
    """Raise RecordDamaged where reading the dossier's rows fails."""
    try:
        yield
    except (*DAMAGE, NoResultFound) as failure:
        raise RecordDamaged(code=code) from failure
