"""A carrier of its own: gives tokens, takes orders, carries parcels, calls back.

`python -m tests.support.fakes.post_carrier --house http://127.0.0.1:8000` serves it and prints its
address. It signs by itself and not with our code. `/control/...` makes it fail:

    POST /control/behaviour   {"order": "lose_reply", "track": "error", "token": "short"}
    POST /control/move        {"OrderNumber": ..., "StatusCode": "10", and whatever differs}
    GET  /control/messages    everything it was told, oldest first
    POST /control/house       {"address": ...}, where callbacks go
    POST /control/reset

Ways for `order` and `track`: ok, time_out, error (500), garbage, refused, lose_reply (the order is
taken and the answer never comes), other_item, no_token (every token has ended), and, for one call
only, token_once. Ways for `move`: ok, twice, silent (it happens, and nobody is told).
"""

import argparse
import hashlib
import json
import secrets
import threading
import time
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

CUSTOMER, SECRET = "MOTCUA-BCCI", "bí mật bưu chính thử"
SIGNED = ("OrderNumber", "ItemCode", "StatusCode", "StatusTime", "Place", "ReceiverName")


def signature(message: dict[str, Any], secret: str) -> str:
    told = "|".join("" if message.get(name) is None else str(message[name]) for name in SIGNED)
    return hashlib.sha256(f"{told}|{secret}".encode()).hexdigest()


class Carrier:
    """What it knows; one for the process."""

    def __init__(self, house: str, patience: float) -> None:
        self.house, self.patience = house, patience
        self.lock = threading.Lock()
        self.reset()

    def reset(self) -> None:
        self.ways: dict[str, str] = {}
        self.log: list[dict[str, Any]] = []
        self.orders: dict[str, dict[str, Any]] = {}
        self.events: dict[str, list[dict[str, Any]]] = {}
        self.tokens: set[str] = set()

    def answer(self, kind: str, message: dict[str, Any]) -> tuple[int, bytes]:
        """To a request for a token, an order, a question."""
        way = self.ways.get(kind, "ok")
        with self.lock:
            self.log.append({"kind": kind} | message)
        if way == "error":
            return 500, b"out of order"
        if way == "garbage":
            return 200, b"<html>"
        if way == "time_out":
            time.sleep(self.patience * 3)
        made = {"token": self.token, "order": self.order, "track": self.track}[kind](message, way)
        if way in {"lose_reply", "time_out"}:
            time.sleep(self.patience * 3)
        return 200, json.dumps(made).encode()

    def token(self, message: dict[str, Any], way: str) -> dict[str, Any]:
        if (message.get("CustomerCode"), message.get("Secret")) != (CUSTOMER, SECRET):
            return {"Status": "403", "Message": "unknown customer"}
        made = secrets.token_hex(8)
        self.tokens.add(made)
        return {"Status": "00", "Token": made, "ExpiresIn": 31 if way == "short" else 3600}

    def _barred(self, message: dict[str, Any], way: str) -> dict[str, Any] | None:
        if way == "token_once":
            self.ways = {name: "ok" if one == way else one for name, one in self.ways.items()}
            self.tokens.clear()
        if way == "no_token" or message.get("Token") not in self.tokens:
            return {"Status": "401", "Message": "token has ended"}
        if way == "refused":
            return {"Status": "17", "Message": "address unknown"}
        return None

    def order(self, message: dict[str, Any], way: str) -> dict[str, Any]:
        if barred := self._barred(message, way):
            return barred
        number = str(message["OrderNumber"])
        with self.lock:
            new = number not in self.orders
            if new and way != "time_out":
                self.orders[number] = message
        item = (
            "EX000000000VN" if way == "other_item" else self.orders.get(number, message)["ItemCode"]
        )
        return {"Status": "00" if new else "02", "OrderNumber": number, "ItemCode": item}

    def track(self, message: dict[str, Any], way: str) -> dict[str, Any]:
        if barred := self._barred(message, way):
            return barred
        number = str(message["OrderNumber"])
        if number not in self.orders:
            return {"Status": "01", "Message": "unknown order"}
        item, events = self.orders[number]["ItemCode"], self.events.get(number, [])
        return {"Status": "00", "OrderNumber": number, "ItemCode": item, "Events": events}

    def move(self, told: dict[str, Any]) -> dict[str, Any]:
        """Something happens to a parcel, and the house is told."""
        given = told.pop("Signature", None)
        number = str(told["OrderNumber"])
        message = {
            "OrderNumber": number,
            "ItemCode": self.orders.get(number, {}).get("ItemCode", ""),
            # By the clock of Ho Chi Minh City, wherever it runs.
            "StatusTime": time.strftime("%Y%m%d%H%M%S", time.gmtime(time.time() + 7 * 3600)),
            "Place": "Bưu cục Cẩm Xuyên",
            "ReceiverName": "",
        } | told
        event = {name: message[name] for name in SIGNED[2:]}
        self.events.setdefault(number, []).append(event)
        way = self.ways.get("move", "ok")
        answers = [self.call(message, given) for _ in range({"silent": 0, "twice": 2}.get(way, 1))]
        return answers[-1] if answers else {}

    def call(self, message: dict[str, Any], given: str | None) -> dict[str, Any]:
        body = message | {"Signature": given or signature(message, SECRET)}
        request = urllib.request.Request(  # noqa: S310 - the house of the test
            f"{self.house}/buu-chinh/trang-thai",
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


class Handler(BaseHTTPRequestHandler):
    """One request."""

    carrier: Carrier

    def do_GET(self) -> None:
        if urlsplit(self.path).path == "/control/messages":
            self._send(200, json.dumps(self.carrier.log).encode())
        else:
            self._send(404, b"")

    def do_POST(self) -> None:
        what = urlsplit(self.path).path.rsplit("/", 1)[1]
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"{}")
        if self.path.startswith("/control/"):
            self._send(200, json.dumps(self._control(what, body)).encode())
        else:
            self._send(*self.carrier.answer(what, body))

    def _control(self, what: str, told: dict[str, Any]) -> dict[str, Any]:
        carrier = self.carrier
        if what == "reset":
            carrier.reset()
        elif what == "house":
            carrier.house = told["address"]
        elif what == "behaviour":
            carrier.ways |= told
        elif what == "move":
            return carrier.move(told)
        return {}

    def _send(self, status: int, body: bytes) -> None:
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            # The house has lost its patience, which is what a time-out is for.
            pass

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""


def serve(house: str, port: int = 0, patience: float = 1.0) -> ThreadingHTTPServer:
    handler = type("Bound", (Handler,), {"carrier": Carrier(house, patience)})
    return ThreadingHTTPServer(("127.0.0.1", port), handler)


def main() -> None:
    parser = argparse.ArgumentParser(description="A carrier for trials")
    parser.add_argument("--house", default="http://127.0.0.1:8000")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--patience", type=float, default=1.0)
    given = parser.parse_args()
    server = serve(given.house, given.port, given.patience)
    print(f"http://127.0.0.1:{server.server_address[1]}", flush=True)  # noqa: T201 - its address
    server.serve_forever()


if __name__ == "__main__":
    main()
