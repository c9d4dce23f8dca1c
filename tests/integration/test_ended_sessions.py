"""What a national system vouched with is kept no longer than the session it opened."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.change_password import end_sessions
from app.actions.end_session import end_session, log_out_here
from app.actions.log_in import begin_session
from app.domain.accounts.events import Whence
from app.domain.accounts.model import AccountSession, LogInMethod
from app.domain.people.queries import person_by_username
from app.foundation.db import db, transaction
from tests.support.apps import MONDAY

WHENCE = Whence(remote="192.0.2.1", browser="")


def _everywhere_else(session: Session, row: AccountSession, _token: str) -> None:
    end_sessions(session, row.person_id, at=MONDAY, but="the cookie of another session")


def _there(session: Session, row: AccountSession, _token: str) -> None:
    end_session(session, row.id, row.person_id, whence=WHENCE, at=MONDAY)


def _here(session: Session, _row: AccountSession, token: str) -> None:
    assert log_out_here(session, token, whence=WHENCE, at=MONDAY) == b"sealed"


@pytest.mark.parametrize("end", [_everywhere_else, _there, _here])
def test_an_ended_session_keeps_no_token(
    app: Flask, end: Callable[[Session, AccountSession, str], None]
) -> None:
    with app.app_context():
        with transaction() as session:
            token = begin_session(
                session,
                person_by_username(session, "congdan1").id,
                method=LogInMethod.EID,
                life=timedelta(hours=8),
                whence=WHENCE,
                at=MONDAY,
                id_token=b"sealed",
            )
        with transaction() as session:
            end(session, session.scalars(select(AccountSession)).one(), token)
        db.session.remove()
        kept = db.session().scalars(select(AccountSession)).one()
        assert (kept.ended_at, kept.id_token) == (MONDAY, None)
