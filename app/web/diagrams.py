"""Diagrams as the browser draws them."""

from flask import Response


def diagram_file(source: str) -> Response:
    """The BPMN XML; it never changes below an address, but who may read it does."""
    answer = Response(source, mimetype="application/xml")
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.add_etag()
    return answer
