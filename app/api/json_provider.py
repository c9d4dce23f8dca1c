"""JSON by orjson: several times faster than the standard library, and strict UTF-8."""

from typing import Any

import orjson
from flask import Response
from flask.json.provider import DefaultJSONProvider, JSONProvider

#: Keys that are numbers or enums become text, as in the standard library.
_OPTIONS = orjson.OPT_NON_STR_KEYS


class OrjsonProvider(JSONProvider):
    """What `jsonify`, `request.json` and the `tojson` filter use."""

    def dumps(self, obj: Any, **kwargs: Any) -> str:
        """JSON text; of the standard library's options only `indent` and `sort_keys` count."""
        options = _OPTIONS
        if kwargs.get("indent"):
            options |= orjson.OPT_INDENT_2
        if kwargs.get("sort_keys"):
            options |= orjson.OPT_SORT_KEYS
        return orjson.dumps(obj, default=_plain, option=options).decode()

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """Parse; NaN, lone surrogates and nesting beyond 1,024 are errors."""
        del kwargs
        return orjson.loads(s)

    def response(self, *args: Any, **kwargs: Any) -> Response:
        """A JSON answer without a detour over text."""
        body = orjson.dumps(
            self._prepare_response_obj(args, kwargs), default=_plain, option=_OPTIONS
        )
        return Response(body, mimetype="application/json")


def _plain(value: Any) -> Any:
    """What orjson does not know: translated texts, decimals and the like."""
    if isinstance(value, frozenset | set):
        return sorted(value)
    try:
        return DefaultJSONProvider.default(value)
    except TypeError:
        return str(value)
