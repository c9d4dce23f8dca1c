"""The national payment platform behind the port. Not yet run against the real platform."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from app.domain.payments import messages
from app.domain.payments.gateway import Announced, GatewayFails, Order, Said
from app.domain.payments.model import LONGEST_WORD
from app.foundation.outgoing import Line, Unreachable
from app.foundation.signing import NotBelieved

#: How often a question is put before the next tick has to put it again.
TRIES = 2
#: Addresses longer than this cannot be kept.
LONGEST_URL = 2000


@dataclass(frozen=True, kw_only=True)
class Partner:
    """Who we are to the platform; `secret` is shared with it."""

    #: Where the platform listens.
    url: str
    #: MaDoiTac.
    code: str
    secret: str = field(repr=False)
    #: TKThuHuong, MaNHThuHuong, TenTKThuHuong: the account the money goes to.
    account: str = ""
    account_bank: str = ""
    account_name: str = ""
    province: str = ""


@dataclass(kw_only=True)
class NationalGateway:
    """Speaks messages of version 1.0.6."""

    partner: Partner
    line: Line

    def announce(self, order: Order) -> Announced:
        """See `PaymentGateway`; never repeated, since nobody knows whether the first arrived."""
        message = messages.signed("init", self._order(order), self.partner.secret)
        try:
            answer = self.line.post_json(self.partner.url, message)
        except Unreachable as error:
            raise GatewayFails(error.reason, messages.without_secrets(message)) from error
        kept = messages.without_secrets(answer)
        if not messages.is_signed("init_answer", answer, self.partner.secret):
            raise GatewayFails("bad_signature", kept)
        if answer.get("MaLoi") != messages.OK or answer.get("MaThamChieu") != order.reference:
            raise GatewayFails("refused", kept)
        url = answer.get("UrlThanhToan")
        if not _is_web_address(url):
            raise GatewayFails("no_address", kept)
        return Announced(url=str(url), sent=messages.without_secrets(message), received=kept)

    def ask(self, reference: str, at: datetime) -> Said:
        """See `PaymentGateway`."""
        answer = self._question("query", reference, at)
        try:
            said = self.read(answer)
        except NotBelieved as error:
            raise GatewayFails(error.result, messages.without_secrets(answer)) from error
        if said.reference != reference:
            raise GatewayFails("other_reference", said.body)
        return said

    def bill(self, reference: str, at: datetime) -> Mapping[str, Any]:
        """See `PaymentGateway`."""
        answer = self._question("get_bill", reference, at)
        if not messages.is_signed("confirm", answer, self.partner.secret):
            raise GatewayFails("bad_signature", messages.without_secrets(answer))
        return messages.without_secrets(answer)

    def read(self, message: Mapping[str, Any]) -> Said:
        """See `PaymentGateway`."""
        if not messages.is_signed("confirm", message, self.partner.secret):
            raise NotBelieved("bad_signature", answer=messages.BAD_SIGNATURE)
        if message.get("MaDoiTac") != self.partner.code:
            raise NotBelieved("other_partner", answer=messages.BAD_SIGNATURE)
        told = {name: _word(message.get(name)) for name in messages.ORDERS["confirm"]}
        if not told["MaThamChieu"]:
            raise NotBelieved("unreadable", answer=messages.UNREADABLE)
        return Said(
            reference=told["MaThamChieu"],
            paid=told["MaLoi"] == messages.OK,
            amount=_amount(told["SoTien"]),
            currency=told["MaTienTe"],
            transaction=told["MaGiaoDich"],
            bank=told["MaNganHang"],
            outcome=told["MaLoi"],
            body=messages.without_secrets(message),
        )

    def answer(self, code: str) -> dict[str, Any]:
        """See `PaymentGateway`."""
        return {"LoaiBanTin": "confirm", "PhienBan": messages.VERSION, "MaLoi": code}

    def _question(self, kind: str, reference: str, at: datetime) -> dict[str, Any]:
        plain = {
            "LoaiBanTin": kind,
            "MaDoiTac": self.partner.code,
            "MaThamChieu": reference,
            "ThoiGianGD": messages.moment_text(at),
        }
        message = messages.signed(kind, plain, self.partner.secret)
        reason = ""
        for _ in range(TRIES):
            try:
                return self.line.post_json(self.partner.url, message)
            except Unreachable as error:
                reason = error.reason
        raise GatewayFails(reason, plain)

    def _order(self, order: Order) -> dict[str, Any]:
        return {
            "LoaiBanTin": "init",
            "MaDoiTac": self.partner.code,
            "MaThamChieu": order.reference,
            "SoTien": order.amount,
            "LoaiHinhThanhToan": "PHILEPHI",
            "MaKenhThanhToan": "WEB",
            "MaThietBi": "",
            "NgonNgu": order.language,
            "MaTienTe": messages.CURRENCY,
            "MaNganHang": "",
            "ThongTinGiaoDich": f"Phi, le phi ho so {order.dossier}",
            "ThoiGianGD": messages.moment_text(order.at),
            "Ip": order.ip,
            "ThongTinBienLai": self._receipt(order),
        }

    def _receipt(self, order: Order) -> dict[str, Any]:
        return {
            "MaDichVu": order.procedure_code,
            "MaDVC": order.procedure_code,
            "TenDVC": order.procedure_name,
            "MaTTHC": order.procedure_code,
            "TenTTHC": order.procedure_name,
            "MaDonVi": order.unit_code,
            "TenDonVi": order.unit_name,
            "MaHoSo": order.dossier,
            "TKThuHuong": self.partner.account,
            "MaNHThuHuong": self.partner.account_bank,
            "TenTKThuHuong": self.partner.account_name,
            "NoiDungThanhToan": f"Nộp phí, lệ phí hồ sơ {order.dossier}",
            "HoTenNguoiNop": order.payer_name,
            "SoCMNDNguoiNop": order.payer_identity,
            "DiaChiNguoiNop": order.payer_address,
            "HuyenNguoiNop": "",
            "TinhNguoiNop": self.partner.province,
            "PhiLePhi": [
                {
                    "LoaiPhiLePhi": line.kind.value,
                    "MaPhiLePhi": line.code,
                    "TenPhiLePhi": line.name,
                    "SoTien": line.amount,
                }
                for line in order.lines
            ],
            "DSKhoanNop": [{"NoiDung": line.name, "SoTien": line.amount} for line in order.lines],
        }


def _word(value: Any) -> str:
    return "" if value is None else str(value).strip()[:LONGEST_WORD]


def _amount(told: str) -> int | None:
    return int(told) if told.isascii() and told.isdigit() and len(told) <= 15 else None


def _is_web_address(url: Any) -> bool:
    if not isinstance(url, str) or len(url) > LONGEST_URL or not url.isprintable():
        return False
    parts = urlsplit(url)
    return parts.scheme in {"https", "http"} and bool(parts.hostname)


@cache
def _gateway(partner: Partner, patience: float) -> NationalGateway:
    """One line and one breaker for each platform and process."""
    return NationalGateway(partner=partner, line=Line(patience=patience))


def gateway_of(settings: Mapping[str, Any]) -> NationalGateway | None:
    """The gateway of this installation; None where nobody can pay online."""
    if not settings.get("PAYMENT_URL"):
        return None
    partner = Partner(
        url=settings["PAYMENT_URL"],
        code=settings["PAYMENT_PARTNER"],
        secret=settings["PAYMENT_SECRET"],
        account=settings["PAYMENT_ACCOUNT"],
        account_bank=settings["PAYMENT_ACCOUNT_BANK"],
        account_name=settings["PAYMENT_ACCOUNT_NAME"],
        province=settings["PROVINCE_NAME"],
    )
    return _gateway(partner, settings["PAYMENT_SECONDS"])
