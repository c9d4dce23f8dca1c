"""E-mail: one message, and the ways it can leave the house.

Nobody sends while a transaction is open: a message is promised with the commit and sent afterwards
by a tick. A message carries a key, so that one sent twice can be recognised as the same.
"""

import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from app.foundation.clock import now

#: Seconds to wait for a mail server, for each of its answers.
PATIENCE = 20


class MailFailed(Exception):
    """The message did not leave; trying again later may help."""


class MailRefused(MailFailed):
    """The message will never leave: its address or its content is refused."""


@dataclass(frozen=True, kw_only=True)
class Message:
    """One e-mail to one reader."""

    to: str
    subject: str
    text: str
    #: Names the message for good: sent again, it keeps its Message-ID.
    key: str
    html: str | None = None
    #: Further headers, for example `List-Unsubscribe`.
    headers: Mapping[str, str] = field(default_factory=dict)


class Mailer(Protocol):
    """A way out for e-mails."""

    def send(self, message: Message) -> str:
        """Hand it over; returns the Message-ID. Raises MailFailed and MailRefused."""


def as_email(message: Message, sender: str) -> EmailMessage:
    """The message in the form of RFC 5322. Raises MailRefused for what cannot be a header."""
    mail = EmailMessage(policy=SMTP)
    name, address = parseaddr(sender)
    try:
        mail["From"] = Address(display_name=name, addr_spec=address)
        mail["To"] = Address(addr_spec=message.to)
        mail["Subject"] = message.subject
        mail["Date"] = format_datetime(now())
        mail["Message-ID"] = f"<{message.key}@{address.rpartition('@')[2]}>"
        mail["Auto-Submitted"] = "auto-generated"
        for header, value in message.headers.items():
            mail[header] = value
    except Exception as error:  # the standard library raises many kinds here, IndexError among them
        raise MailRefused(f"not an address or header: {type(error).__name__}") from error
    mail.set_content(message.text)
    if message.html is not None:
        mail.add_alternative(message.html, subtype="html")
    return mail


@dataclass(frozen=True, kw_only=True)
class SmtpMailer:
    """A mail server; `security` is `starttls`, `tls` or `none`."""

    host: str
    port: int
    sender: str
    security: str = "starttls"
    username: str = ""
    password: str = field(default="", repr=False)

    def send(self, message: Message) -> str:
        """See Mailer."""
        mail = as_email(message, self.sender)
        try:
            with self._connect() as server:
                if self.username:
                    server.login(self.username, self.password)
                server.send_message(mail)
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            raise _failure(max(codes, default=0)) from error
        except smtplib.SMTPResponseException as error:
            raise _failure(error.smtp_code) from error
        except (smtplib.SMTPException, OSError) as error:
            raise MailFailed(f"no answer: {type(error).__name__}") from error
        return str(mail["Message-ID"])

    def _connect(self) -> smtplib.SMTP:
        if self.security == "tls":
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(self.host, self.port, timeout=PATIENCE, context=context)
        server = smtplib.SMTP(self.host, self.port, timeout=PATIENCE)
        if self.security == "starttls":
            try:
                server.starttls(context=ssl.create_default_context())
            except BaseException:
                server.close()
                raise
        return server


def _failure(code: int) -> MailFailed:
    """A server's 5xx is for good, but for 53x, which is about us and not about the message."""
    for_good = 550 <= code < 560
    kind = MailRefused if for_good else MailFailed
    return kind(f"the server answered {code}")


@dataclass(frozen=True, kw_only=True)
class FileMailer:
    """Puts every message into a folder as an `.eml` file, for trying things out."""

    folder: Path
    sender: str

    def send(self, message: Message) -> str:
        """See Mailer."""
        mail = as_email(message, self.sender)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            name = f"{now():%Y%m%d-%H%M%S-%f}-{message.key[:40]}.eml"
            # Whoever looks into the folder meanwhile finds whole messages only.
            begun = self.folder / f"{name}.part"
            begun.write_bytes(mail.as_bytes())
            begun.rename(self.folder / name)
        except OSError as error:
            raise MailFailed(f"{self.folder}: {error.strerror}") from error
        return str(mail["Message-ID"])


@dataclass(frozen=True, kw_only=True)
class NoMailer:
    """For a house without e-mail: whatever is sent is refused."""

    def send(self, message: Message) -> str:
        """See Mailer."""
        raise MailRefused(f"e-mail is switched off: {message.key}")


def mailer_for(address: str, sender: str) -> Mailer:
    """The mailer of a setting.

    `smtp://user:password@host:587` speaks TLS after STARTTLS, `smtps://host:465` from the start,
    `smtp://host:25?security=none` never; `file:///path/of/folder` and `none` speak for themselves.
    Raises ValueError for anything else.
    """
    if address == "none":
        return NoMailer()
    parts = urlsplit(address)
    if parts.scheme == "file" and parts.path:
        return FileMailer(folder=Path(unquote(parts.path)), sender=sender)
    if parts.scheme in _PORTS and parts.hostname:
        return _smtp(parts, sender)
    raise ValueError("write smtp://host:587, smtps://host:465, file:///folder or none")


#: Where each protocol is usually answered.
_PORTS = {"smtp": 587, "smtps": 465}
_SECURITIES = frozenset({"starttls", "tls", "none"})


def _smtp(parts: SplitResult, sender: str) -> SmtpMailer:
    usual = "tls" if parts.scheme == "smtps" else "starttls"
    security = parse_qs(parts.query).get("security", [usual])[0]
    if security not in _SECURITIES:
        raise ValueError("security is starttls, tls or none")
    return SmtpMailer(
        host=parts.hostname or "",
        port=parts.port or _PORTS[parts.scheme],
        sender=sender,
        security=security,
        username=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )
