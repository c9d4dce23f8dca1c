"""The virus scanner: a ClamAV daemon, spoken to in its own few words over a socket."""

import re
import socket
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import current_app

#: Said in the settings by whoever decides to work without one.
NONE = "none"
#: Seconds for one word of the talk; a large file takes the daemon a while.
_PATIENCE = 60.0
_FOUND = re.compile(r"^stream: (?P<threat>.+) FOUND$")


class ScannerAway(Exception):
    """The scanner gives no verdict: it is not there, too busy, or the file is beyond its limits."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What the scanner says of one file."""

    #: What it found; None for nothing.
    threat: str | None
    #: Its version and that of its signatures.
    scanner: str


def scanner_wanted() -> bool:
    """Whether files are to be scanned: there is an address of a scanner."""
    return current_app.config["CLAMD"] not in ("", NONE)


def unscanned_pass() -> bool:
    """Whether this installation has declared that it works without a scanner."""
    return bool(current_app.config["CLAMD"] == NONE)


def scan(pieces: Iterable[bytes]) -> Verdict:
    """Let the scanner look at the bytes; raises ScannerAway."""
    try:
        scanner = _ask(b"zVERSION\0")
        answer = _ask(b"zINSTREAM\0", pieces)
    except OSError as error:
        raise ScannerAway(str(error)) from error
    if answer == "stream: OK":
        return Verdict(threat=None, scanner=scanner[:120])
    if found := _FOUND.match(answer):
        return Verdict(threat=found["threat"][:200], scanner=scanner[:120])
    raise ScannerAway(answer[:300])


def scanner_version() -> str:
    """What the scanner calls itself; raises ScannerAway."""
    try:
        return _ask(b"zVERSION\0")
    except OSError as error:
        raise ScannerAway(str(error)) from error


def _ask(command: bytes, pieces: Iterable[bytes] = ()) -> str:
    """One command a connection: the daemon hangs up after its answer."""
    with _connected() as line:
        line.sendall(command)
        if command == b"zINSTREAM\0":
            _send(line, pieces)
        answer = b""
        while piece := line.recv(4096):
            answer += piece
        return answer.rstrip(b"\0\n").decode("utf-8", "replace")


def _send(line: socket.socket, pieces: Iterable[bytes]) -> None:
    try:
        for piece in pieces:
            line.sendall(len(piece).to_bytes(4, "big") + piece)
        line.sendall(bytes(4))
    except (BrokenPipeError, ConnectionResetError):
        # Too large for it: it says so and hangs up, and the answer is still to be read.
        return


@contextmanager
def _connected() -> Iterator[socket.socket]:
    kind, _, place = str(current_app.config["CLAMD"]).partition(":")
    if kind == "unix":
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(_PATIENCE)
        with line:
            line.connect(place)
            yield line
    else:
        host, _, port = place.rpartition(":")
        with socket.create_connection((host, int(port)), timeout=_PATIENCE) as line:
            yield line
