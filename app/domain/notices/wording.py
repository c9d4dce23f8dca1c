"""The words of a notice: wording files of the house filled with facts, never code from users.

A wording lies in `templates/<language>/<kind>.txt` and has three blocks: `subject`, `short` (for a
telephone) and `text`. Facts go in as data; no fact is ever read as a template.
"""

import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, Template
from jinja2.sandbox import SandboxedEnvironment

from app.domain.notices.kinds import KINDS, Audience
from app.foundation.clock import LOCAL_ZONE
from app.foundation.text import one_line

FOLDER = Path(__file__).parent / "templates"
#: Letters of one SMS without accents.
SMS_ROOM = 160
#: Characters of a subject that can be kept.
_SUBJECT_ROOM = 300
_WHEN = {"vi": "{:%H:%M ngày %d/%m/%Y}", "en": "{:%H:%M on %d/%m/%Y}"}


@dataclass(frozen=True, kw_only=True)
class Words:
    """A notice in words."""

    subject: str
    #: Paragraphs, lists and the link, as an e-mail without marks tells them.
    text: str
    #: The same as a page.
    html: str
    #: One or two sentences, for a telephone or a line among others.
    short: str
    #: Edition of the wording: changes with every letter of it.
    edition: str


@dataclass(frozen=True, kw_only=True)
class Block:
    """A paragraph, a list or a link of a message."""

    kind: str
    lines: tuple[str, ...]


def words_of(kind: str, language: str, facts: Mapping[str, Any]) -> Words:
    """Fill the wording; raises KeyError for an unknown kind, UndefinedError for a missing fact."""
    template = _texts(language).get_template(f"{language}/{kind}.txt")
    frame = _frame_of(kind, language)
    told = flat(facts)
    subject = one_line(_block(template, "subject", told))[:_SUBJECT_ROOM]
    short = one_line(_block(template, "short", told))
    whole = (
        _texts(language)
        .get_template(frame)
        .render(**told, text=_block(template, "text", told).strip())
    )
    blocks = blocks_of(whole)
    page = _pages().get_template("letter.html")
    return Words(
        subject=subject,
        text=_plain(blocks),
        html=page.render(language=language, subject=subject, blocks=blocks),
        short=short,
        edition=edition_of(kind, language),
    )


def short_of(kind: str, language: str, facts: Mapping[str, Any]) -> str:
    """Only the short form."""
    template = _texts(language).get_template(f"{language}/{kind}.txt")
    return one_line(_block(template, "short", flat(facts)))


def flat(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts with every text on one line, so that none can pass for a list, a link or a header."""
    return {name: one_line(fact) if isinstance(fact, str) else fact for name, fact in facts.items()}


def sms_of(short: str, url: str) -> str:
    """The short form and the link in one SMS of 160 letters without accents.

    Where both do not fit, the sentence gives way: the link tells the rest.
    """
    text, link = unaccented(short), f" {unaccented(url)}"
    room = SMS_ROOM - len(link)
    if room <= 0:
        return text[:SMS_ROOM]
    return (text if len(text) <= room else text[: room - 2].rstrip() + "..")[:room] + link


def unaccented(text: str) -> str:
    """Vietnamese without its accents, as every telephone shows it; other signs become `?`."""
    split = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    bare = "".join(letter for letter in split if not unicodedata.combining(letter))
    return bare.translate(_QUOTES).encode("ascii", "replace").decode("ascii")


_QUOTES = str.maketrans({"“": '"', "”": '"', "’": "'", "–": "-", "…": ".."})


def blocks_of(text: str) -> tuple[Block, ...]:
    """Split at empty lines; lines that begin with `- ` are a list, a lone address is a link."""
    found: list[Block] = []
    for part in text.split("\n\n"):
        lines = [line.strip() for line in part.splitlines() if line.strip()]
        plain = [line for line in lines if not line.startswith("- ")]
        listed = [line.removeprefix("- ") for line in lines if line.startswith("- ")]
        if plain:
            whole = " ".join(plain)
            is_link = whole.startswith(("http://", "https://")) and " " not in whole
            found.append(Block(kind="link" if is_link else "text", lines=(whole,)))
        if listed:
            found.append(Block(kind="list", lines=tuple(listed)))
    return tuple(found)


def _plain(blocks: tuple[Block, ...]) -> str:
    told = [
        "\n".join(f"- {line}" for line in block.lines) if block.kind == "list" else block.lines[0]
        for block in blocks
    ]
    return "\n\n".join(told) + "\n"


@cache
def edition_of(kind: str, language: str) -> str:
    """Fingerprint of the wording and its frame."""
    digest = hashlib.sha256()
    for name in (f"{language}/{kind}.txt", _frame_of(kind, language), "letter.html"):
        digest.update((FOLDER / name).read_bytes())
    return digest.hexdigest()[:12]


def _frame_of(kind: str, language: str) -> str:
    is_applicant = KINDS[kind].audience is Audience.APPLICANT
    return f"{language}/{'_applicant' if is_applicant else '_staff'}.txt"


def _block(template: Template, name: str, facts: dict[str, Any]) -> str:
    return "".join(template.blocks[name](template.new_context(facts)))


@cache
def _texts(language: str) -> SandboxedEnvironment:
    """Plain text, where nothing has to be escaped; `_pages` escapes all of it for HTML."""
    made = SandboxedEnvironment(
        loader=FileSystemLoader(FOLDER),
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["when"] = lambda moment: _when(moment, language)
    return made


@cache
def _pages() -> SandboxedEnvironment:
    return SandboxedEnvironment(
        loader=FileSystemLoader(FOLDER), undefined=StrictUndefined, autoescape=True
    )


def _when(moment: datetime, language: str) -> str:
    return _WHEN[language].format(moment.astimezone(LOCAL_ZONE))
