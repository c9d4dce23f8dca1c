"""Whether a password is good enough: its length, and how soon a thief would guess it.

No rules about signs (NIST SP 800-63B): long and not foreseeable is what counts. zxcvbn knows
the passwords and words that everybody uses, keyboard rows, dates and repetitions.
"""

from collections.abc import Iterable

from app.foundation.text import LazyString, lazy_gettext

SHORTEST = 10
#: Longer ones are refused: what is hashed is never to be megabytes.
LONGEST = 128
#: On zxcvbn's scale from 0 to 4; 3 withstands whoever has stolen the hashes for a good while.
GOOD_ENOUGH = 3
#: zxcvbn's effort grows with the square of the length.
_LOOKED_AT = 64

TOO_SHORT = lazy_gettext("Choose a password of at least %(shortest)s characters.")
TOO_LONG = lazy_gettext("Choose a password of at most %(longest)s characters.")
_WEAK = lazy_gettext(
    "This password is easy to guess. Three or four words that have nothing to do with each other "
    "make a good one."
)
#: What zxcvbn found that makes it weak, in its own words.
_REASONS: dict[str, LazyString] = {
    "dictionary": lazy_gettext(
        "This password is made of words or names that thieves try first. Add words that have "
        "nothing to do with each other."
    ),
    "spatial": lazy_gettext(
        "Neighbouring keys are tried first. Choose words that have nothing to do with each other."
    ),
    "repeat": lazy_gettext("Repeating the same signs makes a password no stronger."),
    "sequence": lazy_gettext("Rows such as abc or 12345 make a password no stronger."),
    "date": lazy_gettext("Dates and years are tried first. Choose words instead."),
    "regex": lazy_gettext("Dates and years are tried first. Choose words instead."),
}


def weaknesses(password: str, about: Iterable[str] = ()) -> list[str]:
    """What is wrong with the password, in the reader's language; empty when it is good enough.

    `about`: words a thief would know of the person, such as name and e-mail address.
    """
    if len(password) < SHORTEST:
        return [str(TOO_SHORT) % {"shortest": SHORTEST}]
    if len(password) > LONGEST:
        return [str(TOO_LONG) % {"longest": LONGEST}]
    # Its lists of words take a moment to load, and most requests never need them.
    from zxcvbn import zxcvbn  # noqa: PLC0415 - see above

    told = zxcvbn(password[:_LOOKED_AT], user_inputs=list(_parts(about)))
    if told["score"] >= GOOD_ENOUGH:
        return []
    weakest = min(told["sequence"], key=lambda part: part["guesses"] ** (1 / len(part["token"])))
    return [str(_REASONS.get(weakest["pattern"], _WEAK))]


def _parts(about: Iterable[str]) -> Iterable[str]:
    for word in about:
        yield word
        yield from word.replace("@", " ").replace(".", " ").split()
