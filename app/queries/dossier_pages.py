"""Reading one dossier: for its status page, for officers, for auditors, for the API."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.deadlines.escalations import has_heard_of
from app.domain.documents.model import StoredFile
from app.domain.dossiers.model import Dossier
from app.domain.dossiers.rules import can_read
from app.domain.inbox.model import InboxItem, ItemState
from app.domain.people.model import Unit
from app.domain.processes.model import Process
from app.engine import Definition, EventWait, waiting
from app.foundation.actor import Actor
from app.foundation.clock import now
from app.foundation.errors import NotFound
from app.foundation.text import lazy_gettext
from app.queries.damage import damage_told
from app.queries.definitions import LoadedVersion, loaded_version


class UnknownDossier(NotFound):
    """No dossier has this code, or it is not the actor's to read."""

    message = lazy_gettext("There is no dossier with the code “%(code)s”.")


@dataclass(frozen=True, kw_only=True)
class DossierPage:
    """Everything a page about one dossier starts from."""

    dossier: Dossier
    process: Process
    version: LoadedVersion
    handling_unit: Unit
    receiving_unit: Unit
    #: Open steps, those due first before.
    open_items: tuple[InboxItem, ...]
    #: Name of the unit of each open step, by unit number.
    unit_names: dict[int, str]
    files: tuple[StoredFile, ...]

    @property
    def definition(self) -> Definition:
        """The diagram the dossier runs on."""
        return self.version.diagram(self.process.diagram)

    @property
    def waiting(self) -> tuple[EventWait, ...]:
        """Messages and signals from outside that the dossier waits for."""
        return waiting(self.definition, self.process.snapshot)

    @property
    def results(self) -> tuple[StoredFile, ...]:
        """What the citizen may take home."""
        return tuple(file for file in self.files if file.is_result)


def dossier_page(session: Session, code: str, actor: Actor) -> DossierPage:
    """The dossier for whoever may read it; raises UnknownDossier, telling nobody else it exists.

    Raises RecordDamaged where a row of it cannot be read.
    """
    with damage_told(code):
        return _dossier_page(session, code, actor)


def _dossier_page(session: Session, code: str, actor: Actor) -> DossierPage:
    dossier = session.scalar(select(Dossier).where(Dossier.code == code))
    if dossier is None:
        raise UnknownDossier(code=code)
    items = session.execute(
        select(InboxItem, Unit.name)
        .join(Unit, Unit.id == InboxItem.unit_id)
        .where(InboxItem.dossier_id == dossier.id)
        .order_by(InboxItem.due_at, InboxItem.id)
    ).all()
    involved = frozenset(item.unit_id for item, _ in items) | {
        dossier.handling_unit_id,
        dossier.receiving_unit_id,
    }
    told = can_read(dossier, actor, involved) or has_heard_of(session, actor, dossier.id, now())
    if not told:
        raise UnknownDossier(code=code)
    units = {
        unit.id: unit
        for unit in session.scalars(
            select(Unit).where(Unit.id.in_([dossier.handling_unit_id, dossier.receiving_unit_id]))
        )
    }
    return DossierPage(
        dossier=dossier,
        process=session.get_one(Process, dossier.id),
        version=loaded_version(session, dossier.version_id),
        handling_unit=units[dossier.handling_unit_id],
        receiving_unit=units[dossier.receiving_unit_id],
        open_items=tuple(item for item, _ in items if item.state is ItemState.OPEN),
        unit_names={item.unit_id: name for item, name in items},
        files=tuple(files_of(session, dossier.id)),
    )


def files_of(session: Session, dossier_id: int) -> Sequence[StoredFile]:
    """Every file of a dossier, oldest first."""
    return session.scalars(
        select(StoredFile)
        .where(StoredFile.dossier_id == dossier_id)
        .order_by(StoredFile.created_at, StoredFile.id)
    ).all()
