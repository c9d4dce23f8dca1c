"""Signatures of the platform's messages: vectors computed apart from our code, and their orders."""

import hashlib

import pytest

from app.domain.payments.messages import ORDERS, is_signed, sign, signed, without_secrets

SECRET = "bí mật"
CONFIRM = {
    "LoaiBanTin": "confirm",
    "MaLoi": "00",
    "MaDoiTac": "MOTCUA",
    "MaThamChieu": "H27.30-241104-0001-101",
    "SoTien": 100000,
    "MaTienTe": "VND",
    "MaGiaoDich": "GD1",
    "MaNganHang": "VCB",
    "ThoiGianGD": "20241104090000",
    "ThongTinGiaoDich": "Phí hồ sơ",
}
#: The published order, written out once more.
TOLD = "confirm|00|MOTCUA|H27.30-241104-0001-101|100000|VND|GD1|VCB|20241104090000|Phí hồ sơ|bí mật"


def test_a_confirmation_is_signed_in_the_published_order() -> None:
    assert sign("confirm", CONFIRM, SECRET) == hashlib.sha256(TOLD.encode()).hexdigest()


def test_what_is_signed_is_believed_in_either_case() -> None:
    message = signed("confirm", CONFIRM, SECRET)
    assert message["PhienBan"] == "1.0.6"
    assert is_signed("confirm", message, SECRET)
    assert is_signed("confirm", message | {"MaXacThuc": message["MaXacThuc"].upper()}, SECRET)


@pytest.mark.parametrize("field", ORDERS["confirm"])
def test_every_field_counts(field: str) -> None:
    message = signed("confirm", CONFIRM, SECRET)
    assert not is_signed("confirm", message | {field: "other"}, SECRET)


@pytest.mark.parametrize("given", [None, "", "0" * 64, 7, "ký", ["x"]])
def test_anything_else_is_no_signature(given: object) -> None:
    assert not is_signed("confirm", CONFIRM | {"MaXacThuc": given}, SECRET)


def test_another_secret_signs_otherwise() -> None:
    assert not is_signed("confirm", signed("confirm", CONFIRM, "other"), SECRET)


def test_nothing_secret_and_nobody_is_kept() -> None:
    told = {"MaXacThuc": "s", "ThongTinBienLai": {"HoTenNguoiNop": "Mai"}, "UrlThanhToan": "u"}
    kept = without_secrets(CONFIRM | told | {"Ip": "1.2.3.4"})
    assert kept.keys() == CONFIRM.keys()
