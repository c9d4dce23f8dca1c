"""What a dossier has to pay, over the API."""

from flask import Flask

from app.domain.procedures.fees import PayWhen
from tests.doors.api.support import Caller
from tests.support.payments import publish_fee


def test_an_applicant_reads_what_is_to_be_paid(app: Flask, mai: Caller) -> None:
    code = mai.submit(publish_fee(app, PayWhen.PREPAID)).json["code"]
    (payment,) = mai.get(f"/dossiers/{code}/payments").json["payments"]
    assert (payment["state"], payment["total"], payment["number"]) == ("unpaid", 100_000, 1)
    assert payment["lines"] == [
        {
            "code": "LE-PHI-DKKD",
            "name": "Lệ phí đăng ký hộ kinh doanh",
            "kind": "LE_PHI",
            "amount": 100_000,
        }
    ]
    assert mai.get(f"/dossiers/{code}").json["status"] == 6
