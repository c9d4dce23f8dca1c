"""What somebody may have meant by a word that no procedure contains."""

from collections.abc import Mapping

from app.domain.procedures.search.words import distance, grams, slips_allowed, sound

#: Guesses for one word; more would find everything.
_MOST = 6
#: Of so few letters the first must be right, or nothing would be left of the word.
_SHORT = 3


def splits(word: str) -> tuple[tuple[str, str], ...]:
    """The word cut in two at each place: people forget the blank (`khaisinh`)."""
    return tuple((word[:at], word[at:]) for at in range(2, len(word) - 1))


def guesses(
    word: str, candidates: Mapping[str, str], known_parts: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """The candidates that differ by a slip or sound alike, the nearest first; then known splits.

    `candidates` are words with their sounds. Only those with a trigram in common count, or of the
    same sound: both databases propose those.
    """
    heard = sound(word)
    ranked = sorted(
        (cost, one)
        for one, told in candidates.items()
        if one != word and (cost := 0 if told == heard else _slips(word, one)) is not None
    )
    found = [one for _, one in ranked[:_MOST]]
    found += [
        f"{head} {tail}"
        for head, tail in splits(word)
        if head in known_parts and tail in known_parts
    ]
    return tuple(found)


def _slips(word: str, other: str) -> int | None:
    """How many letters differ, None for too many."""
    most = slips_allowed(word)
    if not most or abs(len(word) - len(other)) > most:
        return None
    if len(word) <= _SHORT and word[0] != other[0]:
        return None
    slips = distance(word, other, most)
    return slips if slips <= most and set(grams(word)) & set(grams(other)) else None
