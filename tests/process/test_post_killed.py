"""Killed between sending and noting it, the post sends again under the same name: at least once."""

import asyncio
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Flask
from sqlalchemy import update

from app.domain.notices.model import Delivery, DeliveryState
from app.foundation.db import transaction
from tests.support.fakes.mail_server import MailServer, mail_server
from tests.support.post import deliveries
from tests.support.server import running
from tests.support.story import Story

pytestmark = pytest.mark.process


class SlowServer(MailServer):
    """Takes the first message and never says so."""

    async def handle_DATA(  # noqa: N802 - the library calls it so
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Keep it; the first time nobody learns of it."""
        answer = await super().handle_DATA(server, session, envelope)
        if len(self.mails) == 1:
            await asyncio.sleep(60)
        return answer


def until(holds: Callable[[], bool]) -> None:
    give_up = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < give_up, "it did not happen"
        time.sleep(0.05)


def test_a_message_whose_fate_nobody_knows_is_sent_again_under_the_same_name(
    any_app: Flask, tmp_path: Path
) -> None:
    Story(any_app).submit("thanh-lap-ho-kinh-doanh")
    with mail_server(SlowServer()) as mails:
        settings = {
            "DATABASE_URL": any_app.config["SQLALCHEMY_DATABASE_URI"],
            "MAIL_URL": mails.url,
            "MAIL_FROM": "no-reply@motcua.example",
        }
        with running(tmp_path, settings) as server:
            until(lambda: len(mails.mails) == 1)
            server.kill()
            (message,) = deliveries(any_app)
            assert (message.state, message.attempts) == (DeliveryState.QUEUED, 1)
            assert message.next_try_at is not None
            with any_app.app_context(), transaction() as session:
                lease_over = message.next_try_at - timedelta(minutes=10)
                session.execute(update(Delivery).values(next_try_at=lease_over))
            server.start()
            until(lambda: len(mails.mails) == 2)
            until(lambda: deliveries(any_app)[0].state is DeliveryState.SENT)
    first, second = mails.mails
    assert first["Message-ID"] == second["Message-ID"]
    assert deliveries(any_app)[0].attempts == 2
