"""E-mails as they leave the house."""

from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from app.foundation.mail import FileMailer, MailRefused, Message, NoMailer, SmtpMailer, mailer_for

SENDER = "Một Cửa <no-reply@example.vn>"


def a_message(**other: str) -> Message:
    told = {"to": "mai@example.vn", "subject": "Kích hoạt", "text": "Chào bà Mai", "key": "act-1"}
    return Message(**{**told, **other})


def test_a_message_keeps_its_letters_and_its_name(tmp_path: Path) -> None:
    told = FileMailer(folder=tmp_path, sender=SENDER).send(a_message(html="<p>Chào bà Mai</p>"))
    (file,) = tmp_path.iterdir()
    mail = message_from_bytes(file.read_bytes(), policy=default)
    assert told == mail["Message-ID"] == "<act-1@example.vn>"
    assert (mail["Subject"], mail["To"]) == ("Kích hoạt", "mai@example.vn")
    body = mail.get_body(("plain",))
    assert body is not None
    assert body.get_content().strip() == "Chào bà Mai"


@pytest.mark.parametrize(
    "other",
    [
        {"subject": "Chào\r\nBcc: evil@example.vn"},
        {"to": "mai@example.vn\r\nBcc: evil@example.vn"},
        {"to": "mai@example.vn, evil@example.vn"},
        {"to": "Mai <mai@example.vn>"},
        {"to": "mai"},
        {"to": ""},
    ],
)
def test_nobody_smuggles_headers_or_readers_in(other: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(MailRefused):
        FileMailer(folder=tmp_path, sender=SENDER).send(a_message(**other))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("address", "made"),
    [
        ("none", NoMailer()),
        ("file:///var/mail%20box", FileMailer(folder=Path("/var/mail box"), sender=SENDER)),
        ("smtp://mail.vn", SmtpMailer(host="mail.vn", port=587, sender=SENDER)),
        (
            "smtps://me:p%40ss@mail.vn",
            SmtpMailer(
                host="mail.vn",
                port=465,
                sender=SENDER,
                security="tls",
                username="me",
                password="p@ss",
            ),
        ),
        (
            "smtp://mail.vn:25?security=none",
            SmtpMailer(host="mail.vn", port=25, sender=SENDER, security="none"),
        ),
    ],
)
def test_a_setting_names_a_mailer(address: str, made: object) -> None:
    assert mailer_for(address, SENDER) == made


@pytest.mark.parametrize("address", ["", "mail.vn", "http://mail.vn", "smtp://h?security=maybe"])
def test_what_names_no_mailer_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match=r"starttls|smtp"):
        mailer_for(address, SENDER)
