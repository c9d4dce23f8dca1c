"""Messages of the national payment platform, version 1.0.6, and their signatures (spec §8).

The order of the signed fields is published for the confirmation only. For the other messages it is
the order in which the specification lists their fields: whoever connects the real platform checks
`ORDERS` first.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.foundation.clock import LOCAL_ZONE
from app.foundation.signing import is_signature, signature, without

VERSION = "1.0.6"
#: The outcome of a message that went well.
OK = "00"
#: Our answers to a confirmation; the platform repeats the message after any but the first.
UNKNOWN_REFERENCE, WRONG_AMOUNT, BAD_SIGNATURE, UNREADABLE = "01", "04", "97", "99"
CURRENCY = "VND"
#: The only field that carries the secret's work, and the receipt, which is not signed.
SIGNATURE = "MaXacThuc"

#: What is kept nowhere: secrets, addresses to pay at, and who pays.
_HIDDEN = frozenset({SIGNATURE, "UrlThanhToan", "ThongTinBienLai", "Ip", "ThongTinNguoiNop"})

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
    """The signature of that kind of message."""
    return signature(message, ORDERS[kind], secret)


def is_signed(kind: str, message: Mapping[str, Any], secret: str) -> bool:
    """Whether the message carries its signature."""
    return is_signature(message.get(SIGNATURE), message, ORDERS[kind], secret)


def signed(kind: str, message: Mapping[str, Any], secret: str) -> dict[str, Any]:
    """The message with version and signature."""
    return dict(message) | {"PhienBan": VERSION, SIGNATURE: sign(kind, message, secret)}


def moment_text(at: datetime) -> str:
    """`yyyyMMddHHmmss` in Ho Chi Minh City."""
    return f"{at.astimezone(LOCAL_ZONE):%Y%m%d%H%M%S}"


def without_secrets(message: Mapping[str, Any]) -> dict[str, Any]:
    """What may be kept of a message: no signature, no address of the payer's payment, nobody's
    name or number."""
    return without(message, _HIDDEN)
