"""What people read goes through the translation, in templates as in Python."""

import re
from pathlib import Path

import pytest
from jinja2 import Environment

from app.domain.journal.events import Event
from tests.house.files import text_of, written

TEMPLATES = written(".html", below="app/web/templates")
JINJA = Environment(autoescape=True)
#: What browsers do not show.
UNSEEN = (
    r"<!--.*?-->",
    r"<(svg|style|script)\b.*?</\1>",
    r"<[a-zA-Z/!][^>]*>",
    r"&#?\w+;",
    r'[a-z-]+="[^"]*"',
)
SPOKEN_ATTRIBUTES = re.compile(r'\s(?:aria-label|title|placeholder|alt)="([^"]*)"')
#: Names, which are the same in every language.
NAMES = {"Một Cửa", "VI", "EN", "Tiếng Việt", "English", "API"}


def _bare(template: str) -> str:
    """The template without anything Jinja fills in, translated blocks included."""
    kept, in_trans, last = [], False, ""
    for _, kind, value in JINJA.lex(template):
        if kind == "name" and last == "block_begin":
            in_trans = value == "trans" or (in_trans and value != "endtrans")
        if kind == "data":
            kept.append("" if in_trans else value)
        last = last if kind == "whitespace" else kind
    return " ".join(kept)


def _unmarked(template: str) -> set[str]:
    bare = _bare(template)
    found = {text for text in SPOKEN_ATTRIBUTES.findall(bare) if re.search(r"[^\W\d_]", text)}
    for pattern in UNSEEN:
        bare = re.sub(pattern, "\n", bare, flags=re.DOTALL)
    found |= {line.strip(" –·|") for line in bare.splitlines() if re.search(r"[^\W\d_]{2}", line)}
    return found - NAMES


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_every_visible_text_of_a_template_is_marked(path: Path) -> None:
    assert _unmarked(text_of(path)) == set()


def test_every_event_is_told_in_words() -> None:
    told = {
        name
        for path in written(".py", ".html", below="app/web")
        for name in re.findall(r"[\"'.]([A-Za-z_]+)", text_of(path))
    }
    untold = {event for event in Event if not {event.name, event.value} & told}
    assert untold == set()
