"""A payment platform of its own: takes orders, shows a page to pay at, confirms, answers questions.

`python -m tests.support.fakes.payment_gateway --house http://127.0.0.1:8000` serves it and prints
its address. It signs by itself and not with our code. `/control/...` makes it fail:

    POST /control/behaviour   {"init": "time_out", "query": "bad_signature", "confirm": "twice"}
    POST /control/confirm     {"MaThamChieu": ..., and whatever differs from an honest message}
    GET  /control/messages    everything it was told, oldest first
    POST /control/house       {"address": ...}, where confirmations go
    POST /control/reset

Ways for `init` and `query`: ok, time_out, delay, error (500), garbage, bad_signature, refused,
unknown_code. For `confirm`, when somebody pays at its page: ok, twice, never, bad_signature,
wrong_amount, unknown_code, after_cancel, late.
"""

import argparse
import hashlib
import html
import json
import threading
import time
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

PARTNER, SECRET = "MOTCUA", "bí mật chỉ để thử"
CONFIRM = (
    "LoaiBanTin", "MaLoi", "MaDoiTac", "MaThamChieu", "SoTien", "MaTienTe", "MaGiaoDich",
    "MaNganHang", "ThoiGianGD", "ThongTinGiaoDich",
)  # fmt: skip
INIT = (
    "LoaiBanTin", "MaDoiTac", "MaThamChieu", "SoTien", "LoaiHinhThanhToan", "MaKenhThanhToan",
    "MaThietBi", "NgonNgu", "MaTienTe", "MaNganHang", "ThongTinGiaoDich", "ThoiGianGD", "Ip",
)  # fmt: skip
PAGE = """<!doctype html><html lang="vi"><meta charset="utf-8">
<link rel="icon" href="data:,"><title>Cổng thanh toán thử</title>
<h1>Cổng thanh toán thử</h1>
<p>Mã tham chiếu: <b>{reference}</b></p><p>Số tiền: <b>{amount} đ</b></p>
<form method="post"><button name="action" value="pay">Thanh toán</button>
<button name="action" value="cancel">Hủy</button></form></html>"""


def signature(order: tuple[str, ...], message: dict[str, Any], secret: str) -> str:
    told = "|".join("" if message.get(name) is None else str(message[name]) for name in order)
    return hashlib.sha256(f"{told}|{secret}".encode()).hexdigest()


class Platform:
    """What it knows; one for the process."""

    def __init__(self, house: str, patience: float) -> None:
        self.house, self.patience = house, patience
        self.lock = threading.Lock()
        self.reset()

    def reset(self) -> None:
        self.ways: dict[str, str] = {}
        self.log: list[dict[str, Any]] = []
        self.orders: dict[str, dict[str, Any]] = {}
        self.numbers = 0

    def heard(self, message: dict[str, Any]) -> None:
        with self.lock:
            self.log.append(message)

    def honest(self, reference: str, code: str) -> dict[str, Any]:
        """The confirmation as it should be."""
        order = self.orders.get(reference, {})
        return {
            "LoaiBanTin": "confirm",
            "PhienBan": "1.0.6",
            "MaLoi": code,
            "MaDoiTac": PARTNER,
            "MaThamChieu": reference,
            "SoTien": order.get("SoTien", 0),
            "MaTienTe": "VND",
            "MaGiaoDich": order.get("MaGiaoDich", ""),
            "MaNganHang": "VCB",
            "ThoiGianGD": time.strftime("%Y%m%d%H%M%S"),
            "ThongTinGiaoDich": order.get("ThongTinGiaoDich", ""),
        }

    def confirm(self, message: dict[str, Any], given: str | None = None) -> dict[str, Any]:
        """Tell the house; gives what it answered."""
        body = message | {"MaXacThuc": given or signature(CONFIRM, message, SECRET)}
        request = urllib.request.Request(  # noqa: S310 - the house of the test
            f"{self.house}/thanh-toan/xac-nhan",
            json.dumps(body).encode(),
            {"Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310 - as above
                return {"status": answer.status, "body": json.load(answer)}
        except urllib.error.HTTPError as error:
            return {"status": error.code, "body": error.read().decode(errors="replace")[:200]}
        except OSError as error:
            return {"status": 0, "body": str(error)}

    def pay(self, reference: str, *, cancel: bool) -> None:
        """What happens when somebody presses a button of the page."""
        way = self.ways.get("confirm", "ok")
        order = self.orders[reference]
        order["paid"] = order.get("paid") or not cancel
        if not cancel and not order.get("MaGiaoDich"):
            with self.lock:
                self.numbers += 1
                order["MaGiaoDich"] = f"GD{self.numbers:06d}"
        message = self.honest(reference, "24" if cancel else "00")
        if way == "never":
            return
        if way == "wrong_amount":
            message["SoTien"] = int(message["SoTien"]) - 1
        if way == "unknown_code":
            message["MaLoi"] = "??"
        if way == "late":
            time.sleep(self.patience)
        if way == "after_cancel":
            self.confirm(message | {"MaLoi": "24"})
        for _ in range(2 if way == "twice" else 1):
            self.confirm(message, "0" * 64 if way == "bad_signature" else None)

    def answer(self, message: dict[str, Any], own: str) -> tuple[int, bytes]:
        """To an order or a question."""
        kind = str(message.get("LoaiBanTin"))
        way = self.ways.get(kind, "ok")
        # Whoever wakes up after a reset must not leave an order among those of the next test.
        orders = self.orders
        if way in {"time_out", "delay"}:
            time.sleep(self.patience * (4 if way == "time_out" else 0.5))
        if way == "error":
            return 500, b"out of order"
        if way == "garbage":
            return 200, b"<html>"
        made = self.order(message, own, orders) if kind == "init" else self.state(message)
        if way == "refused":
            made["MaLoi"] = "05"
        if way == "unknown_code":
            made["MaLoi"] = "??"
        fields = CONFIRM
        if kind == "init":
            fields = ("LoaiBanTin", "MaLoi", "MaDoiTac", "MaThamChieu", "UrlThanhToan")
        made["MaXacThuc"] = signature(fields, made, SECRET)
        if way == "bad_signature":
            made["MaXacThuc"] = "0" * 64
        return 200, json.dumps(made).encode()

    def order(
        self, message: dict[str, Any], own: str, orders: dict[str, dict[str, Any]]
    ) -> dict[str, Any]:
        reference = str(message.get("MaThamChieu"))
        right = message.get("MaXacThuc") == signature(INIT, message, SECRET)
        new = reference not in orders
        if right and new:
            orders[reference] = dict(message)
        return {
            "LoaiBanTin": "init",
            "MaLoi": "00" if right and new else "97",
            "MaDoiTac": PARTNER,
            "MaThamChieu": reference,
            "UrlThanhToan": f"{own}/pay/{quote(reference)}",
        }

    def state(self, message: dict[str, Any]) -> dict[str, Any]:
        reference = str(message.get("MaThamChieu"))
        order = self.orders.get(reference)
        code = "01" if order is None else "00" if order.get("paid") else "02"
        return self.honest(reference, code)


class Handler(BaseHTTPRequestHandler):
    """One request."""

    platform: Platform

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path == "/control/messages":
            self._send(200, json.dumps(self.platform.log).encode(), "application/json")
        elif path.startswith("/pay/"):
            order = self.platform.orders[self._reference()]
            told = {"reference": html.escape(self._reference()), "amount": order["SoTien"]}
            self._send(200, PAGE.format(**told).encode(), "text/html; charset=utf-8")
        else:
            self._send(404, b"")

    def do_POST(self) -> None:
        path = urlsplit(self.path).path
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if path.startswith("/pay/"):
            action = parse_qs(body.decode())["action"][0]
            self.platform.pay(self._reference(), cancel=action == "cancel")
            # What it says in the address means nothing, and a wise house knows it.
            told = f"MaThamChieu={quote(self._reference())}&MaLoi=00"
            self.send_response(303)
            self.send_header("Location", f"{self.platform.house}/thanh-toan/quay-lai?{told}")
            self.end_headers()
        elif path.startswith("/control/"):
            answer = self._control(path.rsplit("/", 1)[1], json.loads(body or b"{}"))
            self._send(200, json.dumps(answer).encode(), "application/json")
        else:
            message = json.loads(body)
            self.platform.heard(message)
            own = f"http://{self.headers['Host']}"
            self._send(*self.platform.answer(message, own), "application/json")

    def _control(self, what: str, told: dict[str, Any]) -> dict[str, Any]:
        platform = self.platform
        if what == "reset":
            platform.reset()
        elif what == "house":
            platform.house = told["address"]
        elif what == "behaviour":
            platform.ways |= told
        elif what == "confirm":
            given = told.pop("MaXacThuc", None)
            honest = platform.honest(str(told.get("MaThamChieu")), "00")
            return platform.confirm(honest | told, given)
        return {}

    def _reference(self) -> str:
        return urlsplit(self.path).path.removeprefix("/pay/")

    def _send(self, status: int, body: bytes, kind: str = "text/plain") -> None:
        try:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            # The house has lost its patience, which is what a time-out is for.
            pass

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""


def serve(house: str, port: int = 0, patience: float = 1.0) -> ThreadingHTTPServer:
    handler = type("Bound", (Handler,), {"platform": Platform(house, patience)})
    return ThreadingHTTPServer(("127.0.0.1", port), handler)


def main() -> None:
    parser = argparse.ArgumentParser(description="A payment platform for trials")
    parser.add_argument("--house", default="http://127.0.0.1:8000")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--patience", type=float, default=1.0)
    given = parser.parse_args()
    server = serve(given.house, given.port, given.patience)
    print(f"http://127.0.0.1:{server.server_address[1]}", flush=True)  # noqa: T201 - its address
    server.serve_forever()


if __name__ == "__main__":
    main()
