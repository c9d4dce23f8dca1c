"""Calling other systems over HTTP: time-outs, a small answer, a log line without secrets.

What has to be tried again is tried again by whoever calls, who knows when; nothing is repeated
here. A call that timed out may have been taken all the same: send the same key again.
"""

import http.client
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import orjson
import structlog

log = structlog.get_logger(__name__)

#: Seconds for one answer.
TIMEOUT = 10.0
#: Bytes of an answer that are read; no system here has more to say.
MOST = 64 * 1024


class CallFailed(Exception):
    """There was no answer, or none that can be read; the text names no secret."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came back."""

    status: int
    body: bytes

    def json(self) -> dict[str, Any]:
        """The answer as an object; raises CallFailed."""
        try:
            found = orjson.loads(self.body)
        except orjson.JSONDecodeError as error:
            raise CallFailed(f"the answer ({self.status}) is no JSON") from error
        if not isinstance(found, dict):
            raise CallFailed(f"the answer ({self.status}) is no object")
        return found


def post_json(url: str, body: Any, *, headers: Mapping[str, str] | None = None) -> Answer:
    """Send an object; raises CallFailed."""
    sent = body if isinstance(body, bytes) else orjson.dumps(body)
    told = {"Content-Type": "application/json; charset=utf-8", **(headers or {})}
    return _post(url, sent, told)


def post_form(
    url: str,
    fields: Mapping[str, str],
    *,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """Send fields as a form does; raises CallFailed."""
    told = {"Content-Type": "application/x-www-form-urlencoded", **(headers or {})}
    return _post(url, urlencode(fields).encode(), told)


def _post(url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    parts = urlsplit(url)
    path = parts.path or "/"
    connection = _connection(parts.scheme, parts.hostname or "", parts.port)
    began = time.monotonic()
    try:
        connection.request("POST", path + (f"?{parts.query}" if parts.query else ""), body, headers)
        answer = connection.getresponse()
        found = Answer(status=answer.status, body=answer.read(MOST))
    except (OSError, http.client.HTTPException) as error:
        _tell(parts.hostname, path, type(error).__name__, began)
        raise CallFailed(f"no answer: {type(error).__name__}") from error
    finally:
        connection.close()
    _tell(parts.hostname, path, str(found.status), began)
    return found


def _connection(scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
    if scheme == "https":
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(host, port, timeout=TIMEOUT, context=context)
    return http.client.HTTPConnection(host, port, timeout=TIMEOUT)


def _tell(host: str | None, path: str, outcome: str, began: float) -> None:
    """Neither query nor headers nor bodies: those hold keys and people."""
    milliseconds = round((time.monotonic() - began) * 1000)
    log.info("called", host=host, path=path, outcome=outcome, milliseconds=milliseconds)
