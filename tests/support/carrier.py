"""The fake carrier as a process of its own, and its control door."""

import http.client
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from tests.support.fakes.post_carrier import CUSTOMER, SECRET, signature
from tests.support.server import ROOT

#: Seconds that a house waits: so long that no slow machine is taken for a carrier out of order,
#: or less than the fake keeps silent where it shall be.
LONG, SHORT = 20.0, 1.0


class Carrier:
    """Talks to the fake's control door."""

    def __init__(self, url: str) -> None:
        self.url = url

    @property
    def settings(self) -> dict[str, str]:
        """What a house needs to know of it."""
        return {
            "POSTAL_RETURN": "1",
            "POSTAL_URL": self.url,
            "POSTAL_CUSTOMER": CUSTOMER,
            "POSTAL_SECRET": SECRET,
            "POSTAL_SECONDS": str(LONG),
        }

    def behave(self, **ways: str) -> None:
        """`order="lose_reply"` and so on, see the fake."""
        self.post("/control/behaviour", ways)

    def serve(self, house: str) -> None:
        """Call back to the house at that address from now on."""
        self.post("/control/house", {"address": house})

    def move(self, number: str, status: str, **other: Any) -> dict[str, Any]:
        """Something happens to a parcel; gives what the house answered."""
        return self.post("/control/move", {"OrderNumber": number, "StatusCode": status} | other)

    def messages(self, kind: str = "") -> list[dict[str, Any]]:
        """What it was told."""
        told: list[dict[str, Any]] = json.loads(self._call("GET", "/control/messages"))
        return [one for one in told if kind in ("", one["kind"])]

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """One call."""
        told: dict[str, Any] = json.loads(self._call("POST", path, json.dumps(body)))
        return told

    def _call(self, method: str, path: str, body: str = "") -> bytes:
        connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=30)
        try:
            connection.request(method, path, body.encode())
            return connection.getresponse().read()
        finally:
            connection.close()


def callback(number: str, item_code: str, status: str, **other: Any) -> dict[str, Any]:
    """A signed callback, as the carrier sends it."""
    message = {
        "OrderNumber": number,
        "ItemCode": item_code,
        "StatusCode": status,
        "StatusTime": "20241106090000",
        "Place": "Bưu cục Cẩm Xuyên",
        "ReceiverName": "",
    } | other
    return {"Signature": signature(message, SECRET)} | message


@contextmanager
def carrier_at(house: str = "http://127.0.0.1:9") -> Iterator[Carrier]:
    """The fake, calling back to the house at that address."""
    command = [sys.executable, "-m", "tests.support.fakes.post_carrier", "--house", house]
    process = subprocess.Popen(  # noqa: S603 - a part of the tests
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        yield Carrier(process.stdout.readline().strip())
    finally:
        process.terminate()
        process.wait()
        if process.stdout:
            process.stdout.close()
