"""Words people read: marked here, translated when shown.

Message ids are English; `app/translations/vi` holds the Vietnamese, which is what people see first.
Wings and nouns import these two functions and need no Flask of their own.
"""

import unicodedata

from flask_babel import LazyString, gettext, lazy_gettext, ngettext

__all__ = ["LazyString", "gettext", "lazy_gettext", "ngettext", "one_line", "plain"]


def plain(text: str) -> str:
    """`text` without signs that only steer how it is shown: they hide blanks, turn words round."""
    if text.isascii():
        return text
    return "".join(letter for letter in text if unicodedata.category(letter) != "Cf")


def one_line(text: str) -> str:
    """`text` with every line break, control sign and run of blanks made one blank."""
    shown = "".join(letter if letter.isprintable() else " " for letter in plain(text))
    return " ".join(shown.split())
