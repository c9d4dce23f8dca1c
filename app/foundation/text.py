"""Words people read: marked here, translated when shown.

Message ids are English; `app/translations/vi` holds the Vietnamese, which is what people see first.
Wings and nouns import these two functions and need no Flask of their own.
"""

from flask_babel import LazyString, gettext, lazy_gettext, ngettext

__all__ = ["LazyString", "gettext", "lazy_gettext", "ngettext"]
