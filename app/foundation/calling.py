"""Calling other systems over HTTP: time-outs, a small answer, a log line without secrets.

What has to be tried again is tried again by whoever calls, who knows when; nothing is repeated
here. A call that timed out may have been taken all the same: send the same key again.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import orjson
import structlog
import urllib3
from urllib3.exceptions import NewConnectionError

log = structlog.get_logger(__name__)

#: Seconds to connect, and to wait for each part of an answer.
CONNECT_SECONDS, READ_SECONDS = 3.0, 10.0
#: Bytes of an answer; one that is longer is none.
MOST = 256 * 1024

#: Connections are kept open for the next call, a few for each house.
_POOL = urllib3.PoolManager()


class CallFailed(Exception):
    """There was no answer, or none that can be read; the text names no secret.

    `reason` is one word for logs.
    """

    def __init__(self, reason: str, told: str) -> None:
        super().__init__(told)
        self.reason = reason


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
            raise CallFailed("unreadable", f"the answer ({self.status}) is no JSON") from error
        if not isinstance(found, dict):
            raise CallFailed("unreadable", f"the answer ({self.status}) is no object")
        return found


def post_json(
    url: str, body: Any, *, headers: Mapping[str, str] | None = None, patience: float | None = None
) -> Answer:
    """Send an object; `patience` in seconds for each part of the answer. Raises CallFailed."""
    sent = body if isinstance(body, bytes) else orjson.dumps(body)
    told = {
        "Content-Type": "application/json; charset=utf-8",
        "Accept": "application/json",
        **(headers or {}),
    }
    return _post(url, sent, told, READ_SECONDS if patience is None else patience)


def post_form(
    url: str,
    fields: Mapping[str, str],
    *,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """Send fields as a form does; raises CallFailed."""
    told = {"Content-Type": "application/x-www-form-urlencoded", **(headers or {})}
    return _post(url, urlencode(fields).encode(), told, READ_SECONDS)


def _post(url: str, body: bytes, headers: Mapping[str, str], patience: float) -> Answer:
    began = time.monotonic()
    try:
        answer = _answer(url, body, headers, patience)
    except CallFailed as error:
        _tell(url, error.reason, began)
        raise
    _tell(url, str(answer.status), began)
    return answer


def _answer(url: str, body: bytes, headers: Mapping[str, str], patience: float) -> Answer:
    timeout = urllib3.Timeout(connect=CONNECT_SECONDS, read=patience)
    try:
        with _POOL.request(
            "POST",
            url,
            body=body,
            headers=headers,
            timeout=timeout,
            retries=False,
            redirect=False,
            preload_content=False,
        ) as response:
            content = response.read(MOST + 1)
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise _failure(error) from error
    if len(content) > MOST:
        raise CallFailed("too_long", f"the answer ({response.status}) is too long")
    return Answer(status=response.status, body=content)


def _failure(error: Exception) -> CallFailed:
    refused = isinstance(error, NewConnectionError)  # which urllib3 calls a time-out, too
    if isinstance(error, urllib3.exceptions.TimeoutError) and not refused:
        return CallFailed("timed_out", "no answer in time")
    return CallFailed("no_connection", f"no answer: {type(error).__name__}")


def _tell(url: str, outcome: str, began: float) -> None:
    """Neither query nor headers nor bodies: those hold keys and people."""
    parts = urlsplit(url)
    milliseconds = round((time.monotonic() - began) * 1000)
    log.info(
        "called",
        host=parts.hostname,
        path=parts.path or "/",
        outcome=outcome,
        milliseconds=milliseconds,
    )
