"""Before a session ends it can be prolonged; after it, what was typed is offered again."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.cli.demo import PASSWORD
from app.domain.accounts.model import AccountSession
from app.foundation.clock import now
from app.foundation.db import db, transaction
from tests.doors.web.applying import begin
from tests.doors.web.page_client import PageInvalid, Reader

STAY = "/tai-khoan/phien/tiep-tuc"
LoggedIn = Callable[[str], Reader]


def change(app: Flask, **values: object) -> None:
    with app.app_context(), transaction() as session:
        session.execute(update(AccountSession).values(**values))


def ends(app: Flask) -> float:
    """Hours until the session ends."""
    with app.app_context():
        ends_at = db.session().scalars(select(AccountSession.expires_at)).one()
    return (ends_at - now()) / timedelta(hours=1)


def token(reader: Reader) -> dict[str, str]:
    """What the page's script sends along."""
    (dialog,) = reader.open("/tai-khoan").root.iter("dialog")
    return {"X-CSRFToken": dialog.get("data-token", "")}


def left(reader: Reader, address: str = "/tai-khoan") -> int:
    page = reader.open(address)
    (dialog,) = page.root.iter("dialog")
    return int(dialog.get("data-session-left", ""))


def test_pages_say_how_long_the_session_lasts_and_visitors_are_told_nothing(
    app: Flask, reader: Reader, logged_in: LoggedIn
) -> None:
    assert 11 * 3600 < left(logged_in("congdan1")) <= 12 * 3600
    assert "<dialog" not in reader.open("/dang-nhap").html


def test_staying_prolongs_the_session_but_not_for_ever(app: Flask, logged_in: LoggedIn) -> None:
    me = logged_in("congdan1")
    change(app, expires_at=now() + timedelta(minutes=4))
    assert left(me) <= 240
    sent = token(me)
    answer = me.client.post(STAY, headers=sent)
    assert answer.json is not None
    assert answer.json["left"] > 11 * 3600
    assert 11.9 < ends(app) <= 12
    change(app, expires_at=now() + timedelta(minutes=4), created_at=now() - timedelta(hours=23))
    me.client.post(STAY, headers=sent)
    assert 0.9 < ends(app) <= 1


def test_a_session_that_is_over_stays_over(app: Flask, reader: Reader, logged_in: LoggedIn) -> None:
    me = logged_in("congdan1")
    sent = token(me)
    change(app, expires_at=now() - timedelta(minutes=1))
    assert me.client.post(STAY, headers=sent).status_code == 303
    assert ends(app) < 0
    assert reader.client.post(STAY).status_code == 400


@pytest.mark.parametrize("part", ["", "/phan/3"])
def test_a_draft_sent_after_the_session_has_ended_loses_nothing(
    app: Flask, logged_in: LoggedIn, part: str
) -> None:
    me = logged_in("congdan1")
    draft = begin(me, "dang-ky-khai-sinh" if part else "thanh-lap-ho-kinh-doanh")
    page = me.open(draft.path + part)
    name = "child.full_name" if part else "owner_name"
    change(app, expires_at=now() - timedelta(minutes=1))
    asked = page.form("seen").send({name: "LÊ AN"}, button=("action", "save"), status=401)
    form = asked.form("password")
    again = form.send(username="congdan1", password=PASSWORD)
    saved = again.form(action=draft.path + part).send()
    assert saved.path == "/ho-so-cua-toi"
    assert me.open(draft.path + part).form("seen").held()[name] == "LÊ AN"


def test_a_draft_opened_after_the_session_has_ended_asks_to_log_in(
    app: Flask, logged_in: LoggedIn
) -> None:
    me = logged_in("congdan1")
    draft = begin(me)
    change(app, expires_at=now() - timedelta(minutes=1))
    with pytest.raises(PageInvalid):
        me.open(draft.path).form("owner_name")
    form = me.open(draft.path).form("password")
    assert form.held()["next"] == draft.path
