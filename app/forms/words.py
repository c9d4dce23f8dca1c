"""What people are told about an answer, in the tone of GOV.UK: what to do, not what is wrong."""

from app.forms.model import Field, Kind
from app.foundation.text import LazyString, lazy_gettext

MESSAGES: dict[str, LazyString] = {
    "enter": lazy_gettext("Enter %(name)s"),
    "select": lazy_gettext("Select %(name)s"),
    "upload": lazy_gettext("Upload %(name)s"),
    "tick": lazy_gettext("Tick “%(label)s” to continue"),
    "unknown": lazy_gettext("“%(label)s” is not part of this form"),
    "not_object": lazy_gettext("“%(label)s” must be a group of answers"),
    "not_text": lazy_gettext("%(label)s must be text"),
    "control": lazy_gettext("%(label)s must not contain control characters"),
    "too_short": lazy_gettext("%(label)s must be %(limit)s characters or more"),
    "too_long": lazy_gettext("%(label)s must be %(limit)s characters or fewer"),
    "pattern": lazy_gettext("Enter %(name)s in the correct format"),
    "email": lazy_gettext("Enter %(name)s in the correct format, like name@example.com"),
    "phone": lazy_gettext("Enter %(name)s, like 0912 345 678 or +84 912 345 678"),
    "not_number": lazy_gettext("%(label)s must be a number"),
    "whole": lazy_gettext("%(label)s must be a whole number"),
    "decimals": lazy_gettext("%(label)s must have %(limit)s decimal places or fewer"),
    "increment": lazy_gettext("%(label)s must be a multiple of %(limit)s"),
    "too_small": lazy_gettext("%(label)s must be %(limit)s or more"),
    "too_big": lazy_gettext("%(label)s must be %(limit)s or less"),
    "not_date": lazy_gettext("%(label)s must be a real date, like 27 3 2026"),
    "not_time": lazy_gettext("%(label)s must be a real time, like 08:30"),
    "not_datetime": lazy_gettext("%(label)s must be a real date and time, like 27 3 2026 08:30"),
    "no_day": lazy_gettext("%(label)s must include a day"),
    "no_month": lazy_gettext("%(label)s must include a month"),
    "no_year": lazy_gettext("%(label)s must include a year"),
    "no_time": lazy_gettext("%(label)s must include a time"),
    "in_past": lazy_gettext("%(label)s must be today or in the past"),
    "in_future": lazy_gettext("%(label)s must be today or in the future"),
    "too_early": lazy_gettext("%(label)s must be %(limit)s or later"),
    "too_late": lazy_gettext("%(label)s must be %(limit)s or earlier"),
    "not_boolean": lazy_gettext("%(label)s must be yes or no"),
    "not_option": lazy_gettext("Select %(name)s from the list"),
    "not_list": lazy_gettext("%(label)s must be a list"),
    "twice": lazy_gettext("%(label)s must not contain the same choice twice"),
    "few_choices": lazy_gettext("Select at least %(limit)s for %(name)s"),
    "many_choices": lazy_gettext("Select at most %(limit)s for %(name)s"),
    "many_files": lazy_gettext("You can upload at most %(limit)s files for %(name)s"),
    "few_rows": lazy_gettext("Add at least %(limit)s to %(name)s"),
    "many_rows": lazy_gettext("You can add at most %(limit)s to %(name)s"),
}

#: How to say that an answer is missing; everything else is entered.
MISSING: dict[Kind, str] = {
    Kind.RADIO: "select",
    Kind.SELECT: "select",
    Kind.CHECKLIST: "select",
    Kind.TAGLIST: "select",
    Kind.FILES: "upload",
    Kind.CHECKBOX: "tick",
}


def say(key: str, label: str, **facts: object) -> str:
    """The message `key` about the question `label`, in the language of the reader."""
    label = label.rstrip(" :?*.")
    return str(MESSAGES[key]) % {"label": label, "name": uncapitalised(label), **facts}


def missing(item: Field) -> str:
    """What to tell a person who left `item` empty."""
    return say(MISSING.get(item.kind, "enter"), item.label)


def uncapitalised(label: str) -> str:
    """`Họ và tên` as it stands inside a sentence; `CCCD` stays as it is."""
    if label[1:2].islower() or label[1:2].isspace():
        return label[0].lower() + label[1:]
    return label
