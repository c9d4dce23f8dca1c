"""The Vietnamese catalogue says everything the program says, and nothing else."""

import ast
import re
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po
from jinja2 import Environment

from tests.house.files import ROOT, parsed, text_of, written

CATALOGUE = Path("app/translations/vi/LC_MESSAGES/messages.po")
TEMPLATES = written(".html", below="app/web/templates")
CODE = written(".py", below="app")
GETTEXT = {"gettext", "lazy_gettext", "ngettext"}
KEYWORDS = DEFAULT_KEYWORDS | {"lazy_gettext": None}
PLACEHOLDER = re.compile(r"%%\{\w+\}|%\(\w+\)[sd]|\{\w+\}")
#: What each language is called in itself.
OWN_NAMES = {"English", "Tiếng Việt"}
JINJA = Environment(autoescape=True)


@cache
def _said() -> dict[str, Message]:
    """Every text of the program by its id, found as `make messages` finds it."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call] # Babel types all but this
    found = extract_from_dir(ROOT, methods, options, KEYWORDS, directory_filter=_is_ours)
    catalogue = Catalog()
    for _, _, ids, _, _ in found:
        catalogue.add(ids)
    return {_id(message): message for message in catalogue if message.id}


def _is_ours(folder: str) -> bool:
    """Only `app` holds texts, and its front end holds thousands of files that are not ours."""
    below = Path(folder).relative_to(ROOT)
    return below.parts[:1] == ("app",) and below.parts[2:3] not in {("frontend",), ("static",)}


@cache
def _translated() -> Catalog:
    with (ROOT / CATALOGUE).open("rb") as file:
        return read_po(file, locale="vi", abort_invalid=True)


def _id(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _texts(message: Message) -> list[str]:
    """What is shown for a text; Vietnamese has no plural, so that there is exactly one."""
    forms = message.string or ""
    return [forms] if isinstance(forms, str) else list(forms)


def _spoken() -> dict[str, list[str]]:
    return {_id(message): _texts(message) for message in _translated() if message.id}


def test_every_text_has_a_vietnamese_translation() -> None:
    spoken = _spoken()
    missing = [text for text in _said() if not all(spoken.get(text, [""]))]
    assert missing == [], "run `make messages` and translate these"


def test_the_catalogue_translates_only_what_is_said() -> None:
    assert sorted(set(_spoken()) - set(_said())) == []
    assert list(_translated().obsolete) == []


def test_no_translation_is_a_guess() -> None:
    assert [_id(message) for message in _translated() if message.fuzzy and message.id] == []


def test_vietnamese_has_one_form_for_any_number() -> None:
    assert _translated().num_plurals == 1
    assert [text for text, forms in _spoken().items() if len(forms) != 1] == []


def test_translations_keep_the_placeholders() -> None:
    changed = {
        text: said
        for text, forms in _spoken().items()
        for said in forms
        if sorted(PLACEHOLDER.findall(text)) != sorted(PLACEHOLDER.findall(said))
    }
    assert changed == {}


def test_translations_begin_and_end_like_the_text() -> None:
    unlike = {
        text: said
        for text, forms in _spoken().items()
        for said in forms
        if _manner(text) != _manner(said)
    }
    assert unlike == {}


def _manner(text: str) -> tuple[bool, str]:
    """Whether it is surrounded by blanks, and the mark it ends with (“?” may end a statement)."""
    end = text[-1:] if text[-1:] in ".:)" else ""
    return text == text.strip(), end


def test_what_templates_hand_to_components_is_translated() -> None:
    bare = {str(path): _bare_words(text_of(path)) for path in TEMPLATES}
    assert {path: words for path, words in bare.items() if words} == {}


def _bare_words(template: str) -> list[str]:
    """Literals inside `{{ }}` and `{% %}` that read like words and stand in no `_()`."""
    code = [part[1:] for part in JINJA.lex(template) if part[1] not in {"whitespace", "data"}]
    return [
        value[1:-1]
        for at, (kind, value) in enumerate(code)
        if kind == "string"
        and re.match(r"[A-ZÀ-Ỹ][a-zà-ỹ]+\b", value[1:])
        and value[1:-1] not in OWN_NAMES
        and code[at - 2 : at] != [("name", "_"), ("operator", "(")]
    ]


def test_what_is_translated_is_written_out() -> None:
    """A text that is put together first is never found by `make messages`."""
    composed = [
        f"{path}:{node.lineno}"
        for path in CODE
        if "gettext" in text_of(path)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in GETTEXT
        and not (isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str))
    ]
    assert composed == []
