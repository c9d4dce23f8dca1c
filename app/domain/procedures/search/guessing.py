"""What somebody may have meant by a word that no procedure contains."""

from collections.abc import Iterable

from app.domain.procedures.search.words import distance, grams, slips_allowed, sound

#: Guesses for one word; more would find everything.
_MOST = 6
#: Of so few letters the first must be right, or nothing would be left of the word.
_SHORT = 3


def splits(word: str) -> tuple[tuple[str, str], ...]:
    """The word cut in two at each place: people forget the blank (`khaisinh`)."""
    return tuple((word[:at], word[at:]) for at in range(2, len(word) - 1))


def guesses(
    word: str, candidates: Iterable[str], known_parts: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """The candidates that differ by a slip or sound alike, the nearest first; then known splits.

    Only words with a trigram in common count, or of the same sound: both databases propose those.
    """
    ranked = sorted(
        (cost, one) for one in set(candidates) - {word} if (cost := _cost(word, one)) is not None
    )
    found = [one for _, one in ranked[:_MOST]]
    found += [
        f"{head} {tail}"
        for head, tail in splits(word)
        if head in known_parts and tail in known_parts
    ]
    return tuple(found)


def _cost(word: str, other: str) -> int | None:
    """How far the word is from another, None for too far; the same sound is as near as can be."""
    if sound(word) == sound(other):
        return 0
    most = slips_allowed(word)
    if not most or not set(grams(word)) & set(grams(other)):
        return None
    if len(word) <= _SHORT and word[0] != other[0]:
        return None
    slips = distance(word, other, most)
    return slips if slips <= most else None
