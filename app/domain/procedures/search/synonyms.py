"""Other words for the same thing: the law's, the people's, and those of former times."""

import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from app.domain.procedures.model import OnlineLevel
from app.domain.procedures.search.words import marked

FILE = Path(__file__).with_name("synonyms.toml")
#: How people call the online levels; until 2022 they were numbered (spec R4-08, R3-18).
_LEVELS = {
    OnlineLevel.FULL: ("toàn trình", "trực tuyến toàn trình", "mức độ 4"),
    OnlineLevel.PARTIAL: ("một phần", "trực tuyến một phần", "mức độ 3"),
    OnlineLevel.INFO_ONLY: (),
}


@cache
def groups() -> tuple[tuple[str, ...], ...]:
    """The shipped groups of phrases that mean the same."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(tuple(marked(phrase) for phrase in group) for group in told["groups"])


def other_words(texts: Iterable[str]) -> Iterator[str]:
    """Every phrase that means the same as one that occurs in `texts`.

    Marks count here: `đẻ` is a birth, `để` is not.
    """
    said = [f" {marked(text)} " for text in texts]
    for group in groups():
        if any(f" {phrase} " in text for phrase in group for text in said):
            yield from group


def words_for_level(level: OnlineLevel) -> tuple[str, ...]:
    """How an online level is called, the numbers of old among it."""
    return _LEVELS[level]
