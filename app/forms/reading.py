"""From the bytes of a form-js file to a checked FormDefinition, once for each content."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Any, NoReturn

from app.forms.answers import default_fits
from app.forms.components import ensure_answerable, read_common
from app.forms.errors import FormUnreadable
from app.forms.model import INPUTS, Field, FormDefinition, Kind, Scope
from app.forms.paths import readable
from app.forms.raw import Problems, Raw
from app.forms.rules import read_rules
from app.foundation.text import LazyString, lazy_gettext

TOO_BIG = lazy_gettext("The file is larger than %(max)s bytes.")
NOT_JSON = lazy_gettext("The file is not JSON: %(cause)s")
NOT_A_FORM = lazy_gettext("The file is not a form: it needs “type”: “default” and “components”.")
NO_ID = lazy_gettext("The form needs an id of letters, digits, dots, hyphens and underscores.")
TOO_DEEP = lazy_gettext("Components are nested more than %(max)s deep.")
TOO_MANY = lazy_gettext("The form has more than %(max)s components.")
UNKNOWN_TYPE = lazy_gettext("Components of type “%(type)s” cannot be used.")
NOT_COMPONENT = lazy_gettext("A component must be an object with a type.")
SAME_ID = lazy_gettext("Two components have the id “%(id)s”.")
SAME_PATH = lazy_gettext("Another component already uses the path “%(path)s”.")
BAD_DEFAULT = lazy_gettext("The default value does not fit: %(cause)s")
UNKNOWN_NAMES = lazy_gettext("conditional.hide asks for “%(names)s”, which the form does not have.")
EMPTY_LIST = lazy_gettext("The list needs at least one component that takes an answer.")

MAX_BYTES = 1_000_000
MAX_DEPTH = 8
MAX_COMPONENTS = 500
#: Types that are harmless and say nothing: the page has its own buttons.
IGNORED = frozenset({"button"})
#: What form-js offers to expressions besides the answers.
SPECIAL_NAMES = frozenset({"this", "parent", "i", "_this_", "_parent_", "_i_"})


def read_form(source: bytes | str) -> FormDefinition:
    """Read and check a form-js file; the same content gives the same object.

    Raises FormUnreadable with every problem found, by component key or id.
    """
    return _read(source.encode() if isinstance(source, str) else bytes(source))


@lru_cache(maxsize=512)
def _read(source: bytes) -> FormDefinition:
    root = _parse(source)
    reader = _Reader()
    raw = Raw(root, "form", reader.problems)
    form_id = raw.text("id", limit=200)
    if not re.fullmatch(r"[\w.-]+", form_id):
        raw.refuse(NO_ID)
    form = FormDefinition(
        id=form_id,
        title=raw.inner("properties").text("title", limit=300) or None,
        components=tuple(reader.components(raw, (), 0)),
        digest=sha256(source).hexdigest(),
    )
    reader.check_names(form)
    if reader.problems.found:
        raise FormUnreadable(errors=reader.problems.found)
    return form


def _parse(source: bytes) -> Mapping[str, Any]:
    if len(source) > MAX_BYTES:
        _refuse(TOO_BIG, max=MAX_BYTES)
    try:
        root = json.loads(source, parse_constant=_no_constant)
    except (ValueError, RecursionError) as cause:
        _refuse(NOT_JSON, cause=cause)
    if not isinstance(root, dict) or root.get("type", "default") != "default":
        _refuse(NOT_A_FORM)
    if not isinstance(root.get("components"), list):
        _refuse(NOT_A_FORM)
    return root


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _refuse(message: LazyString, **facts: object) -> NoReturn:
    raise FormUnreadable(errors={"form": [str(message) % facts if facts else str(message)]})


class _Reader:
    """Walks the components of one file and remembers what it has met."""

    def __init__(self) -> None:
        self.problems = Problems()
        self.ids: set[str] = set()
        self.count = 0

    def components(self, raw: Raw, parent: tuple[str, ...], depth: int) -> Iterator[Field]:
        if depth > MAX_DEPTH:
            raw.refuse(TOO_DEEP, max=MAX_DEPTH)
            return
        for item in raw.items("components"):
            self.count += 1
            if self.count > MAX_COMPONENTS:
                self.problems.found["form"] = [str(TOO_MANY) % {"max": MAX_COMPONENTS}]
                return
            if (component := self.component(item, parent, depth)) is not None:
                yield component

    def component(self, item: Any, parent: tuple[str, ...], depth: int) -> Field | None:
        where = _where(item) or f"components[{self.count - 1}]"
        kind = item.get("type") if isinstance(item, dict) else None
        if not isinstance(kind, str):
            self.problems.add(where, NOT_COMPONENT)
            return None
        if kind not in set(Kind):
            if kind not in IGNORED:
                self.problems.add(where, UNKNOWN_TYPE, type=readable(kind))
            return None
        return self.field(Raw(item, where, self.problems), Kind(kind), parent, depth)

    def field(self, raw: Raw, kind: Kind, parent: tuple[str, ...], depth: int) -> Field:
        extras = {"id": self.identity(raw), **read_common(raw, kind, parent)}
        if kind in INPUTS:
            extras["rules"] = read_rules(raw, kind, multiple=extras.get("multiple", False))
            ensure_answerable(raw, extras)
        if kind in (Kind.GROUP, Kind.LIST):
            inside = extras["path"] if kind is Kind.GROUP else ()
            extras["components"] = tuple(self.components(raw, inside, depth + 1))
        field = Field(**extras)
        self.check_default(raw, field)
        return field

    def identity(self, raw: Raw) -> str:
        """The id of the component; a hand-written file may leave it out."""
        given = raw.text("id", limit=200) or f"component-{self.count}"
        if given in self.ids:
            raw.refuse(SAME_ID, id=given)
        self.ids.add(given)
        return given

    def check_default(self, raw: Raw, field: Field) -> None:
        cause = default_fits(field) if field.default is not None else None
        if cause and raw.where not in self.problems.found:
            raw.refuse(BAD_DEFAULT, cause=cause)

    def check_names(self, form: Scope) -> None:
        """Two answers must not share a place, and a condition must not ask for thin air."""
        self.check_scope(form, SPECIAL_NAMES | {item.path[0] for item in form.inputs if item.path})

    def check_scope(self, scope: Scope, known: frozenset[str]) -> None:
        self.check_paths(scope)
        for item in _walk(scope.components):
            if item.hide and (unknown := item.hide.compiled.names - known):
                names = ", ".join(sorted(unknown))
                self.problems.add(item.name or item.id, UNKNOWN_NAMES, names=names)
            if item.kind is Kind.LIST:
                if not item.inputs:
                    self.problems.add(item.name or item.id, EMPTY_LIST)
                self.check_scope(item, known)

    def check_paths(self, scope: Scope) -> None:
        seen: set[tuple[str, ...]] = set()
        for item in scope.inputs:
            mine = {item.path[:end] for end in range(1, len(item.path) + 1)}
            inside = any(other[: len(item.path)] == item.path for other in seen)
            if inside or mine & seen:
                self.problems.add(item.name, SAME_PATH, path=item.name)
            seen.add(item.path)


def _where(item: Any) -> str:
    """How a person finds the component: its key, path or id."""
    names = [item.get(key) for key in ("key", "path", "id")] if isinstance(item, dict) else []
    return next((readable(name) for name in names if isinstance(name, str) and name), "")


def _walk(components: tuple[Field, ...]) -> Iterator[Field]:
    """Every component of one scope, those inside groups too."""
    for item in components:
        yield item
        if item.kind is Kind.GROUP:
            yield from _walk(item.components)
