"""A folder that e-mails go to, read like a mailbox."""

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask

from app.foundation.clock import now
from app.foundation.db import db
from app.jobs.account_post import account_post_of
from app.jobs.errands import Errand


@dataclass(frozen=True, kw_only=True)
class Mail:
    """One e-mail as its reader sees it."""

    to: str
    subject: str
    text: str

    @property
    def link(self) -> str:
        """The path of the last link but those of every e-mail."""
        found = re.findall(r"https?://\S+", self.text)
        return urlsplit(found[-1]).path


class Mailbox:
    """What the application has written to people."""

    def __init__(self, app: Flask, folder: Path) -> None:
        self._app, self._folder = app, folder
        app.config["MAIL_URL"] = folder.as_uri()

    def deliver(self) -> list[Mail]:
        """Do what the tick would, then empty the box."""
        letters, *_ = account_post_of(self._app)
        with self._app.app_context():
            due = letters.rows.due(db.session(), now(), 100)
            db.session.remove()
        assert isinstance(letters.act, Errand)
        for one in due:
            letters.act.run(self._app, one.row, now())
        return self.read()

    def read(self) -> list[Mail]:
        """What has come, the oldest first, and is then gone."""
        mails = []
        for path in sorted(self._folder.glob("*.eml")):
            mail = message_from_bytes(path.read_bytes(), policy=default)
            assert isinstance(mail, EmailMessage)
            body = mail.get_body(("plain",))
            assert body is not None
            mails.append(Mail(to=mail["To"], subject=mail["Subject"], text=body.get_content()))
            path.unlink()
        return mails
