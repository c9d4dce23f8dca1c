"""The fake payment platform as a process of its own, and its control door."""

import http.client
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from tests.support.fakes.payment_gateway import CONFIRM, PARTNER, SECRET, signature
from tests.support.server import ROOT

#: Seconds that a house waits: so long that no slow machine is taken for a platform out of order,
#: or less than the fake keeps silent where it shall be.
LONG, SHORT = 20.0, 1.0


class Gateway:
    """Talks to the fake's control door."""

    def __init__(self, url: str) -> None:
        self.url = url

    @property
    def settings(self) -> dict[str, str]:
        """What a house needs to know of it."""
        return {
            "PAYMENT_URL": self.url,
            "PAYMENT_PARTNER": PARTNER,
            "PAYMENT_SECRET": SECRET,
            "PAYMENT_SECONDS": str(LONG),
        }

    def behave(self, **ways: str) -> None:
        """`init="time_out"` and so on, see the fake."""
        self.post("/control/behaviour", ways)

    def serve(self, house: str) -> None:
        """Confirm to the house at that address from now on."""
        self.post("/control/house", {"address": house})

    def confirm(self, reference: str, **other: Any) -> dict[str, Any]:
        """Let it confirm, honestly but for what is given; gives what the house answered."""
        return self.post("/control/confirm", {"MaThamChieu": reference} | other)

    def messages(self, kind: str = "") -> list[dict[str, Any]]:
        """What it was told."""
        told: list[dict[str, Any]] = json.loads(self._call("GET", "/control/messages")[1])
        return [one for one in told if kind in ("", one["LoaiBanTin"])]

    def press(self, url: str, action: str) -> None:
        """Press a button of its page, and do not follow where it leads."""
        status, _body = self._call("POST", urlsplit(url).path, f"action={action}")
        assert status == 303

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """One call."""
        told: dict[str, Any] = json.loads(self._call("POST", path, json.dumps(body))[1])
        return told

    def _call(self, method: str, path: str, body: str = "") -> tuple[int, bytes]:
        connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=30)
        try:
            connection.request(method, path, body.encode())
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()


def confirmation(reference: str, amount: int, **other: Any) -> dict[str, Any]:
    """A signed confirmation, as the platform sends it."""
    message = {
        "LoaiBanTin": "confirm",
        "PhienBan": "1.0.6",
        "MaLoi": "00",
        "MaDoiTac": PARTNER,
        "MaThamChieu": reference,
        "SoTien": amount,
        "MaTienTe": "VND",
        "MaGiaoDich": "GD000001",
        "MaNganHang": "VCB",
        "ThoiGianGD": "20241104090000",
        "ThongTinGiaoDich": "",
    } | other
    return {"MaXacThuc": signature(CONFIRM, message, SECRET)} | message


@contextmanager
def gateway_at(house: str = "http://127.0.0.1:9") -> Iterator[Gateway]:
    """The fake, confirming to the house at that address."""
    command = [sys.executable, "-m", "tests.support.fakes.payment_gateway", "--house", house]
    process = subprocess.Popen(  # noqa: S603 - a part of the tests
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        yield Gateway(process.stdout.readline().strip())
    finally:
        process.terminate()
        process.wait()
        if process.stdout:
            process.stdout.close()
