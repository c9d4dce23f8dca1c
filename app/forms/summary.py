"""The answers to read: for check-your-answers and for staff."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.forms.display import FileNames, lines
from app.forms.hiding import settle
from app.forms.model import INPUTS, Field, FormDefinition, Kind, Scope
from app.forms.paths import element_id
from app.forms.sheet import Rows, Sheet, gather, kept
from app.foundation.text import gettext


@dataclass(frozen=True, kw_only=True)
class FileLink:
    """A stored file and the name its owner gave it."""

    id: str
    name: str


def file_links(files: Iterable[object], file_names: FileNames) -> tuple[FileLink, ...]:
    """The files with their names; a file whose name is not known goes by its id."""
    ids = (str(file) for file in files)
    return tuple(FileLink(id=file, name=file_names.get(file, file)) for file in ids)


@dataclass(frozen=True, kw_only=True)
class SummaryRow:
    """One answered or unanswered question; `lines` is plain text, never HTML."""

    label: str
    lines: tuple[str, ...]
    name: str
    #: The id of the input on the form page, for the Change link.
    anchor: str
    provided: bool
    changeable: bool
    files: tuple[FileLink, ...] = ()

    @property
    def text(self) -> str:
        """All lines as one text."""
        return "\n".join(self.lines)


@dataclass(frozen=True, kw_only=True)
class SummaryGroup:
    """Questions that belong together: a group with a label, or one row of a list."""

    label: str
    rows: tuple["SummaryRow | SummaryGroup", ...]


Summary = tuple[SummaryRow | SummaryGroup, ...]


def summary(
    form: FormDefinition,
    data: Mapping[str, Any],
    *,
    file_names: FileNames | None = None,
    part: FormDefinition | None = None,
) -> Summary:
    """Every visible question with its answer, in the order of the form, or of a part of it.

    Drafts may be given too.
    """
    sheet = gather(form, data)
    settle(form, sheet)
    return tuple(_Teller(file_names or {}).tell(part or form, sheet, ""))


class _Teller:
    def __init__(self, file_names: FileNames) -> None:
        self.file_names = file_names

    def tell(self, scope: Scope, sheet: Sheet, prefix: str) -> Iterator[SummaryRow | SummaryGroup]:
        for item in scope.components:
            if item.id in sheet.hidden:
                continue
            if item.kind is Kind.GROUP:
                yield from self.group(item, sheet, prefix)
            elif item.kind is Kind.LIST:
                yield from self.list(item, sheet, prefix)
            elif item.kind in INPUTS:
                yield self.row(item, sheet.values.get(item.name), prefix)

    def group(self, item: Field, sheet: Sheet, prefix: str) -> Iterator[SummaryRow | SummaryGroup]:
        rows = tuple(self.tell(item, sheet, prefix))
        if not item.label:
            yield from rows
        elif rows:
            yield SummaryGroup(label=item.label, rows=rows)

    def list(self, item: Field, sheet: Sheet, prefix: str) -> Iterator[SummaryRow | SummaryGroup]:
        value = sheet.values.get(item.name)
        rows = kept(item, value) if isinstance(value, Rows) else []
        for number, (place, row) in enumerate(rows, start=1):
            inside = tuple(self.tell(item, row, f"{prefix}{item.name}[{place}]."))
            yield SummaryGroup(label=f"{item.label} {number}", rows=inside)
        if not rows:
            yield self.row(item, None, prefix)

    def row(self, item: Field, value: Any, prefix: str) -> SummaryRow:
        if value is None and item.fixed:
            value = item.default
        said = lines(item, value, self.file_names)
        files = value if item.kind is Kind.FILES and isinstance(value, list) else []
        return SummaryRow(
            label=item.label,
            lines=said or (gettext("Not provided"),),
            name=prefix + item.name,
            anchor=element_id(prefix + item.name),
            provided=bool(said),
            changeable=not item.fixed,
            files=file_links(files, self.file_names),
        )
