"""Walk through a PDF and print one word: what was found in it.

Runs as a process of its own, with little memory and time (`app/inspection/apart.py`), because a
hostile file may make any reader of it swell, hang or crash. It imports nothing of the house, so
that it starts quickly: `python -I pdf_apart.py FILE`.
"""

import resource
import sys
from collections.abc import Iterable
from typing import Any

import pikepdf

#: Nested deeper than any reader shows.
DEEPEST = 100
#: Objects of one file; a book of a thousand pages has some ten thousand.
MOST_OBJECTS = 500_000
#: Actions that run a program, start another one, or send something away by themselves.
ACTIONS = frozenset({"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition"})
#: Dictionary keys under which programs lie: scripts, XML forms, players.
PROGRAMS = frozenset({"/JS", "/JavaScript", "/XFA", "/RichMediaContent", "/RichMediaSettings"})
#: Keys under which other files lie.
FILES = frozenset({"/EmbeddedFiles", "/EmbeddedFile", "/EF"})


def look(path: str) -> str:
    """`ok`, or why not: `locked`, `damaged`, `script`, `files`, `swells`."""
    try:
        with pikepdf.open(path) as pdf:
            if not pdf.pages:
                return "damaged"
            return _walk(pdf)
    except pikepdf.PasswordError:
        return "locked"
    except MemoryError:
        return "swells"
    except (pikepdf.PdfError, RecursionError, ValueError, TypeError, RuntimeError):
        return "damaged"


def _walk(pdf: pikepdf.Pdf) -> str:
    """Every object there is, whether a page leads to it or not."""
    count = 0
    waiting: list[tuple[Any, int]] = [(pdf.trailer, 0)]
    for found in pdf.objects:
        waiting.append((found, 0))
        while waiting:
            here, depth = waiting.pop()
            count += 1
            if count > MOST_OBJECTS or depth > DEEPEST:
                return "swells"
            if told := _judge(here):
                return told
            waiting += ((part, depth + 1) for part in _parts(here))
    return "ok"


def _parts(here: Any) -> Iterable[Any]:
    """What lies directly inside; objects that are only pointed at have their own turn."""
    if isinstance(here, pikepdf.Array):
        inside: Iterable[Any] = list(here)
    elif isinstance(here, pikepdf.Dictionary):
        inside = [part for _, part in here.items()]
    elif isinstance(here, pikepdf.Stream):
        inside = [here.stream_dict]
    else:
        return ()
    boxes = (pikepdf.Array, pikepdf.Dictionary, pikepdf.Stream)
    return [part for part in inside if isinstance(part, boxes) and not part.is_indirect]


def _judge(here: Any) -> str:
    if not isinstance(here, pikepdf.Dictionary):
        return ""
    names = set(here.keys())
    if names & FILES or here.get("/Type") == pikepdf.Name.EmbeddedFile:
        return "files"
    action = here.get("/S")
    acts = isinstance(action, pikepdf.Name) and str(action) in ACTIONS
    return "script" if acts or names & PROGRAMS else ""


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (768 << 20, 768 << 20))
    resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
    sys.stdout.write(look(sys.argv[1]))
