"""The way in: bytes of a foreign file, and what comes of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.engine.errors import DefinitionInvalid
from app.engine.importing.camunda import TRANSLATIONS, read_as_camunda
from app.engine.importing.draft import Draft
from app.engine.importing.drawing.planes import mend_planes
from app.engine.importing.event_names import name_events
from app.engine.importing.expressions import translate_conditions
from app.engine.importing.flow_lists import mend_lists, write_lists
from app.engine.importing.identity import give_ids
from app.engine.importing.kinds import change_kinds
from app.engine.importing.process import choose, ensure_size
from app.engine.importing.report import Change, Changes
from app.engine.importing.source import note_source, open_file
from app.engine.importing.strangers import tell_strangers
from app.engine.importing.structure import straighten
from app.engine.importing.timers import translate_timers
from app.engine.importing.wishes import Wishes
from app.engine.importing.writing import written
from app.engine.importing.zeebe_files import translate_zeebe
from app.engine.importing.zeebe_names import rename_zeebe
from app.engine.xml_file import NotReadable

_PASSES = (
    read_as_camunda,
    give_ids,
    mend_lists,
    change_kinds,
    rename_zeebe,
    *TRANSLATIONS,
    translate_zeebe,
    translate_conditions,
    translate_timers,
    name_events,
    mend_planes,
    straighten,
    write_lists,
    tell_strangers,
)


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What came of a foreign file. `xml` is what was given if nothing had to be changed."""

    xml: bytes
    changes: tuple[Change, ...]
    #: Id of the process that was taken.
    process_id: str
    #: Forms made of the form fields of the old engine: form-js JSON by form id.
    forms: Mapping[str, str] = field(default_factory=dict)


def convert(data: bytes, wishes: Wishes | None = None) -> Imported:
    """Turn a BPMN file of any modeler or engine into one in our dialect.

    The result may still have errors, which `check` tells: what cannot be translated truthfully
    stays as it is. Raises DefinitionInvalid where there is no process to take at all.
    """
    wishes = wishes or Wishes()
    changes = Changes()
    try:
        root = open_file(data, changes)
    except NotReadable as error:
        raise DefinitionInvalid((error.as_problem(),)) from error
    draft = Draft(root, choose(root, wishes, changes), wishes, changes)
    ensure_size(draft)
    for apply in _PASSES:
        apply(draft)
    if changes.made:
        note_source(data, changes)
    return Imported(
        xml=written(draft.root) if changes.made else data,
        changes=tuple(changes),
        process_id=draft.process.get("id") or "",
        forms=draft.forms,
    )
