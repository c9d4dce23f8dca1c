"""The words a procedure is found by, put together from its catalogue entry."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain.procedures.model import OnlineLevel
from app.domain.procedures.search.synonyms import other_words, words_for_level
from app.domain.procedures.search.words import BORDER, fold, marked, sound, words_of

#: A name repeated by a hundred communes tells none of them apart.
_MOST_UNITS = 3
#: No word of any language is longer; the rest of a pasted key is not searched.
_LONGEST = 80


@dataclass(frozen=True, kw_only=True)
class Findable:
    """What is known of a procedure before it is put into the index."""

    name: str
    code: str
    field: str
    online_level: OnlineLevel
    summary: str
    keywords: tuple[str, ...]
    #: Names of the units that offer it.
    units: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class EntryText:
    """The columns of an entry that are searched."""

    text: str
    marked: str
    #: Every word of `text` with its sound; numbers and codes are nothing to guess at.
    words: Mapping[str, str]


def entry_text(told: Findable) -> EntryText:
    """What is indexed of a procedure."""
    aliases = tuple(dict.fromkeys(map(marked, _aliases(told))))
    units = told.units if len(told.units) <= _MOST_UNITS else ()
    rest = (told.field, *_codes(told.code), *units)
    lines = (_line([told.name]), _line(aliases), _line(rest), _line([told.summary]))
    text = "\n".join(lines)
    return EntryText(
        text=text,
        marked=_bordered(marked(part) for part in (told.name, *aliases)),
        words={one: sound(one) for one in words_of(text) if one.isalpha() and len(one) <= _LONGEST},
    )


def _aliases(told: Findable) -> Iterable[str]:
    yield from told.keywords
    yield from other_words((told.name, told.field, *told.keywords))
    yield from words_for_level(told.online_level)


def _codes(code: str) -> tuple[str, ...]:
    """A code as it is printed, typed without its point, and by its last six digits."""
    return (code, code.replace(".", ""), code.rpartition(".")[2])


def _line(parts: Iterable[str]) -> str:
    return _bordered(" ".join(words_of(fold(part))) for part in parts)


def _bordered(phrases: Iterable[str]) -> str:
    return f" {f' {BORDER} '.join(phrase for phrase in phrases if phrase)} "
