"""Tells a browser when to show a component, for the conditions simple enough to need no FEEL there.

The server always decides; this only spares people a round trip. A condition that is not understood
here is simply worked out by the server each time the page is made.
"""

import json
import re
from collections.abc import Callable

from app.forms.model import Field, Kind

_TERM = re.compile(
    r"""(?P<not>not\()?\s*(?P<name>\w+(?:\.\w+)*)\s*
        (?:(?P<op>!?=)\s*(?P<value>"[^"\\]+"|true|false|-?\d+(?:\.\d+)?))?\s*(?(not)\))""",
    re.VERBOSE | re.ASCII,
)
#: Showing is the opposite of hiding.
_OPPOSITE = {"=": "!=", "!=": "="}


#: From a name in an expression to the question and the name of its input.
Resolve = Callable[[str], tuple[Field, str] | None]


def show_when(item: Field, resolve: Resolve) -> str:
    """JSON such as `{"all": [{"name": "kind", "op": "=", "value": "org"}]}`; empty when too hard.

    `all` (or `any`) of the comparisons must hold for the component to be shown. `op` is `=` or
    `!=`, `value` a text as the input posts it; nothing chosen is the empty text.
    """
    if item.hide is None:
        return ""
    source = item.hide.source.lstrip().removeprefix("=").strip()
    words = {word for word in (" and ", " or ") if word in source}
    if len(words) > 1:
        return ""
    joint = words.pop() if words else " or "
    terms = [_term(term.strip(), resolve) for term in source.split(joint)]
    if None in terms:
        return ""
    return json.dumps({"all" if joint == " or " else "any": terms}, ensure_ascii=False)


def _term(source: str, resolve: Resolve) -> dict[str, str] | None:
    found = _TERM.fullmatch(source)
    asked = resolve(found["name"]) if found else None
    if not found or not asked or (found["not"] and found["op"]):
        return None
    item, name = asked
    operator, value = found["op"] or ("!=" if found["not"] else "="), found["value"] or "true"
    if item.kind is Kind.CHECKBOX and value == "false":
        # A box that is not true is false: there is no third answer.
        operator, value = _OPPOSITE[operator], "true"
    if not _comparable(item, value):
        return None
    return {"name": name, "op": _OPPOSITE[operator], "value": value.strip('"')}


def _comparable(item: Field, value: str) -> bool:
    """A box with true, one choice or a text with a text; anything else needs the server."""
    if item.kind is Kind.CHECKBOX:
        return value == "true"
    return item.kind in (Kind.RADIO, Kind.SELECT, Kind.TEXTFIELD) and value.startswith('"')
