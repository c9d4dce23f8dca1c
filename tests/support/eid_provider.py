"""A provider of national identities of our own: oidc-provider-mock as its own process."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from flask import Flask

from tests.support.server import free_port

#: People as VNeID tells of them.
PEOPLE: dict[str, dict[str, Any]] = {
    "vn-hoa": {
        "SoDinhDanh": "042190000009",
        "HoVaTen": "Lê Thị Hoa",
        "NgayThangNamSinh": "27/03/1990",
        "GioiTinh": "Nữ",
        "LoaiTaiKhoan": "1",
    },
    "vn-mai": {"SoDinhDanh": "042000000001", "HoVaTen": "Nguyễn Thị Mai"},
    "vn-nobody": {"HoVaTen": "Không Có Số"},
    "vn-short": {"SoDinhDanh": "12", "HoVaTen": "Số Ngắn"},
}


@dataclass(frozen=True, kw_only=True)
class EidProvider:
    """Where it answers."""

    issuer: str

    @property
    def settings(self) -> dict[str, str]:
        """What an application that offers it is told."""
        return {
            "EID_ISSUER": self.issuer,
            "EID_CLIENT_ID": "mot-cua",
            "EID_CLIENT_SECRET": "known to both",
        }

    def serve(self, app: Flask, **more: str) -> None:
        """Let the application offer it."""
        app.config.update(self.settings, PUBLIC_URL="http://localhost", **more)

    def allow(self, address: str, subject: str) -> str:
        """Be that person at the provider's page and agree; gives the path of the way back."""
        return self._answer(address, {"sub": subject})

    def deny(self, address: str) -> str:
        """Do not agree."""
        return self._answer(address, {"action": "deny"})

    def _answer(self, address: str, told: dict[str, str]) -> str:
        answer = requests.post(address, data=told, allow_redirects=False, timeout=10)
        parts = urlsplit(answer.headers["Location"])
        return f"{parts.path}?{parts.query}"


@contextmanager
def eid_provider() -> Iterator[EidProvider]:
    """Start it, and end it afterwards."""
    port = free_port()
    people = [json.dumps({"sub": sub, **claims}) for sub, claims in PEOPLE.items()]
    told = [part for one in people for part in ("--user-claims", one)]
    process = subprocess.Popen(  # noqa: S603 - our own people, as JSON
        [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "-p", str(port), *told],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait(port)
        yield EidProvider(issuer=f"http://127.0.0.1:{port}")
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=30)


def _wait(port: int) -> None:
    address = f"http://127.0.0.1:{port}/.well-known/openid-configuration"
    give_up = time.monotonic() + 60
    while time.monotonic() < give_up:
        try:
            if requests.get(address, timeout=5).ok:
                return
        except requests.ConnectionError:
            time.sleep(0.1)
    raise RuntimeError("the provider did not start")
