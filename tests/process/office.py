"""An office at work over HTTP: citizens submit, officers complete, every yes is written down."""

import http.client
import itertools
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Event
from typing import Any

from tests.support.api_client import Answer, ApiClient
from tests.support.filler import fill

PROCEDURE = "thanh-lap-ho-kinh-doanh"
CITIZEN = "congdan1"
#: Who does which step.
DESKS = {
    "reception": "linh.camxuyen",
    "appraisal": "nam.camxuyen",
    "approval": "oanh.camxuyen",
    "stamping": "phuc.camxuyen",
    "return_result": "linh.camxuyen",
}
PEOPLE = {CITIZEN, *DESKS.values()}


@dataclass
class Acknowledged:
    """What the server has said yes to."""

    submitted: list[str] = field(default_factory=list)
    completed: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.submitted) + len(self.completed)


class Office:
    """Works until told to stop; a request that got no answer is sent again with its key."""

    def __init__(self, port: int, tokens: Mapping[str, str], up: Event, closing: Event) -> None:
        self.acknowledged = Acknowledged()
        self.repeats = 0
        self._clients = {name: ApiClient(port, token) for name, token in tokens.items()}
        self._up, self._closing = up, closing
        self._forms: dict[str, Any] = {}

    def work(self) -> None:
        """A new dossier now and then, and a step of each open one in turn."""
        waiting: list[str] = []
        for number in itertools.count():
            if self._closing.is_set():
                break
            if number % 3 == 0:
                waiting.append(self.submit())
            code = waiting.pop(0)
            if not self.move(code):
                waiting.append(code)
        for client in self._clients.values():
            client.close()

    def submit(self) -> str:
        """Hand in one dossier; returns its code."""
        form = self._form("application", f"/procedures/{PROCEDURE}")
        body = {"procedure": PROCEDURE, "data": fill(form)}
        code = str(self._insist(CITIZEN, "/dossiers", body, 201)["code"])
        self.acknowledged.submitted.append(code)
        return code

    def move(self, code: str) -> bool:
        """Complete what is open in the dossier; whether it is finished."""
        dossier = self._read(CITIZEN, f"/dossiers/{code}")
        for step in dossier["current_steps"]:
            officer = DESKS[step["step"]]
            form = self._form(step["step"], f"/inbox/{step['id']}", officer)
            path = f"/inbox/{step['id']}/complete"
            self._insist(officer, path, {"data": fill(form)}, 200)
            self.acknowledged.completed.append(step["id"])
        return bool(dossier["state"] == "completed")

    def _form(self, name: str, path: str, who: str = CITIZEN) -> Any:
        if name not in self._forms:
            self._forms[name] = self._read(who, path)["form"]
        return self._forms[name]

    def _read(self, who: str, path: str) -> Any:
        while True:
            try:
                answer = self._clients[who].get(path)
            except (OSError, http.client.HTTPException):
                self._wait()
                continue
            return _expect(answer, 200)

    def _insist(self, who: str, path: str, body: Any, status: int) -> Any:
        key = secrets.token_hex(16)
        while True:
            try:
                answer = self._clients[who].post(path, body, key=key)
            except (OSError, http.client.HTTPException):
                self.repeats += 1
                self._wait()
                continue
            return _expect(answer, status)

    def _wait(self) -> None:
        """Until the server is said to be up again."""
        self._up.wait(timeout=60)


def _expect(answer: Answer, status: int) -> Any:
    assert answer.status == status, answer
    return answer.body
