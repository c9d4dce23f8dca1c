"""From a form, the answers so far and their errors to what a template draws."""

from collections.abc import Iterator, Mapping
from typing import Any

from app.forms import numbers, times
from app.forms.display import FileNames, lines
from app.forms.errors import Errors
from app.forms.hiding import settle
from app.forms.lists import initial
from app.forms.model import INPUTS, Field, FormDefinition, Kind, Scope
from app.forms.paths import element_id
from app.forms.revealing import show_when
from app.forms.rules import MAX_ITEMS
from app.forms.sheet import Rows, Sheet, gather
from app.forms.summary import file_links
from app.forms.views import FieldView, OptionView, RowView


def view(
    form: FormDefinition,
    data: Mapping[str, Any] | None = None,
    errors: Errors | None = None,
    *,
    file_names: FileNames | None = None,
    part: FormDefinition | None = None,
) -> tuple[FieldView, ...]:
    """The components to draw, with what was answered so far (None: nothing yet, so the defaults).

    Hidden components are left out, unless the browser itself can reveal them. Errors that no drawn
    component shows come last, as views of kind `problem`. `part` draws these components only, as
    the answers to all of the form have it; what another page asks for decides at the server.
    """
    data = initial(form) if data is None else data
    sheet = gather(form, data)
    settle(form, sheet)
    part = part or form
    artist = _Artist(part, errors or {}, file_names or {})
    drawn = tuple(artist.draw(part, form, sheet, ""))
    left = [
        text for path, texts in artist.errors.items() if path not in artist.shown for text in texts
    ]
    problem = FieldView(kind="problem", id="field-problem", errors=tuple(left))
    return (*drawn, problem) if left else drawn


class _Artist:
    def __init__(self, part: FormDefinition, errors: Errors, file_names: FileNames) -> None:
        self.part = part
        self.errors = errors
        self.file_names = file_names
        self.shown: set[str] = set()

    def draw(self, holder: Scope, scope: Scope, sheet: Sheet, prefix: str) -> Iterator[FieldView]:
        """The components of `holder`, which is `scope` itself or a group in it."""
        # A group that the browser may reveal is drawn whole: hidden are then only its surroundings.
        revealed = isinstance(holder, Field) and holder.id in sheet.hidden
        for item in holder.components:
            when = show_when(item, lambda name: self.resolve(scope, prefix, name))
            hidden = item.id in sheet.hidden
            if hidden and not when and not (revealed and item.hide is None):
                continue
            common: dict[str, Any] = {
                "kind": item.kind.value,
                "label": item.label,
                "hint": item.hint,
                "content": item.content,
                "hidden": hidden,
                "show_when": when,
                "properties": item.properties,
            }
            yield FieldView(**common, **self.detail(item, scope, sheet, prefix))

    def resolve(self, scope: Scope, place: str, name: str) -> tuple[Field, str] | None:
        """What a name in an expression stands for, and the input that holds its answer."""
        row = isinstance(scope, Field) and name.startswith("this.")
        where, prefix = (scope, place) if row else (self.part, "")
        name = name.removeprefix("this.")
        return next(((item, prefix + name) for item in where.inputs if item.name == name), None)

    def detail(self, item: Field, scope: Scope, sheet: Sheet, prefix: str) -> dict[str, Any]:
        if item.kind is Kind.GROUP:
            children = tuple(self.draw(item, scope, sheet, prefix))
            return {"id": f"group-{element_id(prefix + item.id)}", "children": children}
        if item.kind not in INPUTS:
            return {"id": f"part-{element_id(prefix + item.id)}"}
        name = prefix + item.name
        value = sheet.values.get(item.name)
        if value is None and item.fixed:
            value = item.default
        shown = self.list(item, value, name) if item.kind is Kind.LIST else self.input(item, value)
        return {
            "id": element_id(name),
            "name": name,
            "errors": self.take(name),
            "required": item.rules.required,
            "optional": _optional(item),
            "fixed": item.fixed,
            "lines": lines(item, value, self.file_names) if item.fixed else (),
            **shown,
        }

    def take(self, name: str) -> tuple[str, ...]:
        self.shown.add(name)
        return tuple(self.errors.get(name, ()))

    def input(self, item: Field, value: Any) -> dict[str, Any]:
        files = value if item.kind is Kind.FILES and isinstance(value, list) else []
        chosen = value if isinstance(value, list) else [value]
        return {
            "value": _typed(item, value),
            "parts": times.split(item, value) if item.kind is Kind.DATETIME else {},
            "moment": item.moment.value,
            "checked": value is True,
            "options": tuple(
                OptionView(value=one.value, label=one.label, chosen=one.value in chosen)
                for one in item.options
            ),
            "files": file_links(files, self.file_names),
            "accept": item.accept,
            "multiple": item.multiple,
            "prefix": item.prefix,
            "suffix": item.suffix,
            **_hints_for_browsers(item),
        }

    def list(self, item: Field, value: Any, name: str) -> dict[str, Any]:
        sheets = value if isinstance(value, Rows) else Rows()
        missing = item.rules.min_items - len(sheets)
        sheets = Rows((*sheets, *(gather(item, {}) for _ in range(missing))))
        most = item.rules.max_items or MAX_ITEMS
        removable = item.growable and len(sheets) > item.rules.min_items
        return {
            "list_rows": tuple(
                self.row(item, sheet, f"{name}[{place}]", place, removable=removable)
                for place, sheet in enumerate(sheets)
            ),
            "can_add": item.growable and len(sheets) < most,
        }

    def row(self, item: Field, sheet: Sheet, name: str, place: int, *, removable: bool) -> RowView:
        return RowView(
            name=name,
            id=element_id(name),
            label=f"{item.label} {place + 1}",
            children=tuple(self.draw(item, item, sheet, f"{name}.")),
            errors=self.take(name),
            removable=removable,
        )


def _optional(item: Field) -> bool:
    """Boxes need no such word, and lists speak through their buttons."""
    plain = item.kind not in (Kind.CHECKBOX, Kind.LIST)
    return plain and not item.rules.required and not item.rules.min_items and not item.fixed


def _typed(item: Field, value: Any) -> str:
    if value is None or isinstance(value, bool | list | Rows):
        return ""
    return numbers.typed(value) if item.kind is Kind.NUMBER else str(value)


def _hints_for_browsers(item: Field) -> dict[str, Any]:
    """What helps people type; nothing here is trusted afterwards."""
    custom, rules = item.properties, item.rules
    types = {"email": "email", "phone": "tel"}
    return {
        "type": types.get(rules.format, "text"),
        "inputmode": custom.get("inputmode", _inputmode(item)),
        "autocomplete": custom.get("autocomplete", ""),
        "width": custom.get("width", "10" if item.kind is Kind.NUMBER else ""),
        "rows": int(custom["rows"]) if custom.get("rows", "").isdecimal() else 5,
        "max_length": rules.max_length if _counted(item) else None,
    }


def _inputmode(item: Field) -> str:
    if item.kind is not Kind.NUMBER:
        return ""
    return "numeric" if item.rules.decimals == 0 else "decimal"


def _counted(item: Field) -> bool:
    """A counter of characters helps where the limit is near enough to matter."""
    return item.kind is Kind.TEXTAREA and item.rules.max_length <= 5000
