"""Everything the page of one task starts from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.domain.documents.model import StoredFile
from app.domain.dossiers.model import Dossier
from app.domain.inbox.model import InboxItem
from app.domain.journal.model import JournalEntry
from app.domain.journal.queries import entries_of
from app.domain.people.model import Person, Role, Unit
from app.domain.procedures.model import Procedure
from app.domain.processes.model import Process
from app.engine import Definition
from app.forms import FormDefinition
from app.foundation.errors import NotFound
from app.foundation.text import lazy_gettext
from app.queries.answers import prefill_from
from app.queries.definitions import LoadedVersion, loaded_version
from app.queries.dossier_pages import files_of
from app.queries.lineage import Lineage, lineage_of


class UnknownWork(NotFound):
    """There is no such inbox item."""

    message = lazy_gettext("There is no such task.")


@dataclass(frozen=True, kw_only=True)
class TaskPage:
    """One inbox item, its dossier, and what was in force when it began."""

    item: InboxItem
    dossier: Dossier
    procedure_name: str
    unit_name: str
    handling_unit: str
    assignee_name: str | None
    #: Name of the role in Vietnamese and English.
    role_names: tuple[str, str]
    #: File name of the diagram.
    diagram: str
    version: LoadedVersion
    files: Sequence[StoredFile]
    entries: Sequence[JournalEntry]
    #: The versions it has run on.
    lineage: Lineage

    @property
    def form(self) -> FormDefinition:
        """The form of the task, in the version then in force if it is not open any more."""
        end = next((one for one in self.entries if closes(one, self.item.task_id)), None)
        return (self.lineage.at(end.seq).version if end else self.version).form(self.item.form)

    @property
    def application_form(self) -> FormDefinition:
        """The form the dossier was handed in with."""
        return self.lineage.application_form(self.dossier.case_key)

    @property
    def definition(self) -> Definition:
        """The diagram the dossier runs on."""
        return self.version.diagram(self.diagram)

    @property
    def known(self) -> Mapping[str, Any]:
        """What the form shows first, from earlier steps and services."""
        return prefill_from(self.definition, self.form, self.dossier, self.entries)

    @property
    def cause(self) -> JournalEntry | None:
        """The entry that opened the task."""
        return next((one for one in self.entries if _opened(one, self.item.task_id)), None)


def task_page(session: Session, item_id: int) -> TaskPage:
    """The task of that number, whoever may see it; raises UnknownWork."""
    handling = aliased(Unit)
    row = session.execute(
        select(
            InboxItem,
            Dossier,
            Procedure.name.label("procedure_name"),
            Unit.name.label("unit_name"),
            handling.name.label("handling_unit"),
            Person.name.label("assignee_name"),
            Role.name.label("role_name"),
            Role.name_en,
            Process.diagram,
        )
        .select_from(InboxItem)
        .join(Dossier, Dossier.id == InboxItem.dossier_id)
        .join(Process, Process.dossier_id == Dossier.id)
        .join(Procedure, Procedure.id == Dossier.procedure_id)
        .join(Unit, Unit.id == InboxItem.unit_id)
        .join(handling, handling.id == Dossier.handling_unit_id)
        .outerjoin(Person, Person.id == InboxItem.assignee_id)
        .outerjoin(Role, Role.key == InboxItem.role)
        .where(InboxItem.id == item_id)
    ).one_or_none()
    if row is None:
        raise UnknownWork
    item, dossier = row[0], row[1]
    entries = entries_of(session, dossier.id)
    return TaskPage(
        item=item,
        dossier=dossier,
        procedure_name=row.procedure_name,
        unit_name=row.unit_name,
        handling_unit=row.handling_unit,
        assignee_name=row.assignee_name,
        role_names=(row.role_name or item.role, row.name_en or item.role),
        diagram=row.diagram,
        version=loaded_version(session, dossier.version_id),
        files=files_of(session, dossier.id),
        entries=entries,
        lineage=lineage_of(session, dossier, entries),
    )


def closes(entry: JournalEntry, task_id: str) -> bool:
    """Whether a task was done or withdrawn by what an entry tells."""
    return task_id in (entry.payload or {}).get("closed", ())


def _opened(entry: JournalEntry, task_id: str) -> bool:
    opened = (entry.payload or {}).get("opened", ())
    return any(one["task"] == task_id for one in opened)
