"""A caller who checks every answer: status expected, media type, no stack trace."""

from collections.abc import Mapping
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.filler import fill

BIRTH = "dang-ky-khai-sinh"
RECEPTION = "quyen.cambinh"
V1 = "/api/v1"


class Caller:
    """Sends JSON with a token and looks at what comes back."""

    def __init__(self, client: FlaskClient, token: str | None, language: str) -> None:
        self.client = client
        self.headers = {"Accept-Language": language}
        if token:
            self.headers["Authorization"] = f"Bearer {token}"

    def get(self, path: str, **query: Any) -> TestResponse:
        """GET below /api/v1."""
        return checked(self.client.get(V1 + path, query_string=query, headers=self.headers))

    def post(
        self, path: str, body: Any = None, *, key: str | None = None, **more: Any
    ) -> TestResponse:
        """POST below /api/v1; `body` becomes JSON."""
        headers = self.headers | ({"Idempotency-Key": key} if key else {})
        if body is not None:
            more["json"] = body
        return checked(self.client.post(V1 + path, headers=headers, **more))

    def application(self, procedure: str, choose: Mapping[str, Any] | None = None) -> Any:
        """Valid answers of a procedure's application form."""
        return fill(self.get(f"/procedures/{procedure}").json["form"], choose)

    def submit(self, procedure: str, /, *, key: str | None = None, **more: Any) -> TestResponse:
        """Hand in a dossier with valid answers."""
        body = {"procedure": procedure, "data": self.application(procedure)} | more
        return self.post("/dossiers", body, key=key)

    def open_task(self, code: str) -> int:
        """Number of the first task of that dossier in the caller's inbox."""
        rows = self.get("/inbox").json["items"]
        return int(next(row["id"] for row in rows if row["code"] == code))

    def complete(self, task: int, *, key: str | None = None, **choose: Any) -> TestResponse:
        """Answer a task's form on the happy path."""
        body = {"data": self.answers(task, **choose)}
        return self.post(f"/inbox/{task}/complete", body, key=key)

    def answers(self, task: int, **choose: Any) -> dict[str, Any]:
        """Valid answers of a task's form."""
        return fill(self.get(f"/inbox/{task}").json["form"], choose)


def checked(answer: TestResponse) -> TestResponse:
    """Every failure is a problem document, and none is our fault."""
    assert answer.status_code < 500, answer.text
    if answer.status_code >= 400:
        assert answer.content_type == "application/problem+json"
        assert answer.json["status"] == answer.status_code
        assert answer.json.keys() >= {"type", "title", "detail", "code"}
        assert "Traceback" not in answer.text
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    return answer
