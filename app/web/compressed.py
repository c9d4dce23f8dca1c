"""Styles and scripts leave compressed: a page's first visit stays light (features §3).

Only built files, which are the same for everybody: pages hold secrets beside what others can make
them say, and the size of a compressed page could betray them.
"""

import gzip
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, current_app, request

from app.web.security import HASHED

#: What is already compressed, as fonts are, would only grow.
_KINDS = frozenset({"text/css", "text/javascript", "application/javascript", "image/svg+xml"})


def init_app(app: Flask) -> None:
    """Look at every answer from the folder of built files."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    name = str((request.view_args or {}).get("filename", ""))
    if request.endpoint != "static" or not name.startswith(HASHED):
        return response
    if response.mimetype not in _KINDS:
        return response
    response.vary.add("Accept-Encoding")
    # A part of a file, or a file that has not changed, goes as it is.
    if response.status_code == 200 and request.accept_encodings["gzip"] > 0:
        response.close()
        response.direct_passthrough = False
        response.set_data(_compressed(str(current_app.static_folder), name))
        response.content_encoding = "gzip"
        response.headers.pop("Accept-Ranges", None)
    return response


@lru_cache(maxsize=64)
def _compressed(folder: str, name: str) -> bytes:
    """The file, compressed once: its name changes with its content."""
    return gzip.compress((Path(folder) / name).read_bytes(), mtime=0)
