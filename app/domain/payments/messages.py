"""Messages of the national payment platform, version 1.0.6, and their signatures (spec §8).

The order of the signed fields is published for the confirmation only. For the other messages it is
the order in which the specification lists their fields: whoever connects the real platform checks
`ORDERS` first.
"""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.foundation.clock import LOCAL_ZONE

VERSION = "1.0.6"
#: The outcome of a message that went well.
OK = "00"
#: Our answers to a confirmation; the platform repeats the message after any but the first.
UNKNOWN_REFERENCE, WRONG_AMOUNT, BAD_SIGNATURE, UNREADABLE = "01", "04", "97", "99"
CURRENCY = "VND"
#: The only field that carries the secret's work, and the receipt, which is not signed.
SIGNATURE = "MaXacThuc"

#: Signed fields by kind of message, in their order.
ORDERS: Mapping[str, tuple[str, ...]] = {
    "init": (
        "LoaiBanTin",
        "MaDoiTac",
        "MaThamChieu",
        "SoTien",
        "LoaiHinhThanhToan",
        "MaKenhThanhToan",
        "MaThietBi",
        "NgonNgu",
        "MaTienTe",
        "MaNganHang",
        "ThongTinGiaoDich",
        "ThoiGianGD",
        "Ip",
    ),
    "init_answer": ("LoaiBanTin", "MaLoi", "MaDoiTac", "MaThamChieu", "UrlThanhToan"),
    "confirm": (
        "LoaiBanTin",
        "MaLoi",
        "MaDoiTac",
        "MaThamChieu",
        "SoTien",
        "MaTienTe",
        "MaGiaoDich",
        "MaNganHang",
        "ThoiGianGD",
        "ThongTinGiaoDich",
    ),
    "query": ("LoaiBanTin", "MaDoiTac", "MaThamChieu", "ThoiGianGD"),
    "get_bill": ("LoaiBanTin", "MaDoiTac", "MaThamChieu", "ThoiGianGD"),
}


def sign(kind: str, message: Mapping[str, Any], secret: str) -> str:
    """SHA-256 in hexadecimal of the fields joined by `|`, with the secret behind them."""
    told = [_text(message.get(name)) for name in ORDERS[kind]]
    return hashlib.sha256("|".join([*told, secret]).encode()).hexdigest()


def is_signed(kind: str, message: Mapping[str, Any], secret: str) -> bool:
    """Whether the message carries its signature; takes the same time for every wrong one."""
    given = message.get(SIGNATURE)
    wanted = sign(kind, message, secret)
    told = given.lower() if isinstance(given, str) and given.isascii() else ""
    return hmac.compare_digest(told, wanted)


def signed(kind: str, message: Mapping[str, Any], secret: str) -> dict[str, Any]:
    """The message with version and signature."""
    return dict(message) | {"PhienBan": VERSION, SIGNATURE: sign(kind, message, secret)}


def moment_text(at: datetime) -> str:
    """`yyyyMMddHHmmss` in Ho Chi Minh City."""
    return f"{at.astimezone(LOCAL_ZONE):%Y%m%d%H%M%S}"


def without_secrets(message: Mapping[str, Any]) -> dict[str, Any]:
    """What may be kept of a message: no signature, no address of the payer's payment, nobody's
    name or number."""
    hidden = {SIGNATURE, "UrlThanhToan", "ThongTinBienLai", "Ip", "ThongTinNguoiNop"}
    return {
        str(name)[:64]: _text(value)[:300]
        for name, value in list(message.items())[:40]
        if name not in hidden
    }


def _text(value: Any) -> str:
    return "" if value is None else str(value)
