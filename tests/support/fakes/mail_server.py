"""A mail server of the tests: takes mail over SMTP, keeps it, and answers as it is told."""

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.support.server import free_port


class MailServer:
    """What has arrived, and what to answer next; empty answers mean yes."""

    def __init__(self) -> None:
        self.port = free_port()
        self.mails: list[EmailMessage] = []
        #: Answers to the next messages, in turn, such as `451 try later`.
        self.answers: list[str] = []
        #: Answers to recipients, by address.
        self.refused: dict[str, str] = {}

    @property
    def url(self) -> str:
        """For `MAIL_URL`."""
        return f"smtp://127.0.0.1:{self.port}?security=none"

    def to(self, address: str) -> list[EmailMessage]:
        """What came for somebody."""
        return [mail for mail in self.mails if address in mail["To"]]

    async def handle_RCPT(  # noqa: N802 - the library calls it so
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        """Say yes to recipients nobody has anything against."""
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - the library calls it so
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Keep the message unless told otherwise."""
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250"):
            told = message_from_bytes(envelope.original_content or b"", policy=default)
            self.mails.append(told)  # type: ignore[arg-type] # the policy makes this kind
        return answer


@contextmanager
def mail_server(server: MailServer | None = None) -> Iterator[MailServer]:
    """A server that listens as long as the block lasts."""
    server = server or MailServer()
    controller = Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()
