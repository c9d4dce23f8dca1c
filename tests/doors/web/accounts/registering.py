"""Filling in the registration form like a person who sees the picture."""

from typing import Any

from flask import Flask

from app.domain.accounts.challenges import Challenge
from tests.doors.web.page_client import Form, Page, Reader

PASSWORD = "trâu vàng leo núi xanh"
EMAIL = "hoa@example.vn"
TOLD: dict[str, Any] = {
    "name": "Lê Thị Hoa",
    "email": EMAIL,
    "password": PASSWORD,
    "phone": "0912 345 678",
    "birth_date": "27/3/1990",
    "identity_number": "042190000009",
    "agreed": "yes",
}


def challenge(app: Flask, form: Form) -> Challenge:
    """What the form asks."""
    return Challenge(name=form.held()["challenge"], secret=app.config["SECRET_KEY"])


def send(app: Flask, reader: Reader, *, status: int = 200, **other: Any) -> Page:
    """Register; the code is right unless told otherwise."""
    form = reader.open("/dang-ky").form("challenge")
    answers = {"captcha": challenge(app, form).code, **TOLD, **other}
    return form.send(answers, status=status)
