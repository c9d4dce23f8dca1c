"""Two people at once for one name or address: the second is answered like anybody who is late."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.actions.change_email import confirm_email
from app.actions.register import activate
from app.domain.accounts.events import Whence
from app.domain.accounts.registrations import AccountLink, LinkPurpose, LinkVoid, Registration
from app.domain.accounts.throttling import (
    FORGIVEN_AFTER,
    NAME_PAUSES,
    OLD_FAILURES,
    Paused,
    Throttle,
    count_failure,
    ensure_open,
    forget_failures,
)
from app.domain.people.model import Person
from app.domain.people.queries import person_by_username
from app.domain.people.rules import digest_of
from app.foundation.db import db, transaction
from tests.support.apps import MONDAY

ADDRESS = "moi@example.vn"
WHENCE = Whence(remote="192.0.2.1", browser="")


def one_after_the_other(
    app: Flask, first: Callable[[Session], object], second: Callable[[Session], object]
) -> None:
    """The second comes while the first has not committed yet; raises what the second raises."""

    def come_late() -> None:
        with app.app_context(), transaction() as session:
            second(session)

    with ThreadPoolExecutor(1) as pool:
        with app.app_context(), transaction() as session:
            first(session)
            late: Future[None] = pool.submit(come_late)
            # Long enough for the second to get stuck, where it can.
            time.sleep(0.3)
        late.result()


def registered(app: Flask, token: str) -> Callable[[Session], object]:
    """A link sent to somebody who wants the address; follows it."""
    with app.app_context(), transaction() as session:
        session.add(
            Registration(
                email=ADDRESS,
                name="Lê Thị Hoa",
                password_hash="",
                profile={},
                created_at=MONDAY,
                forget_at=MONDAY + timedelta(days=7),
                digest=digest_of(token),
                expires_at=MONDAY + timedelta(hours=1),
            )
        )
    return lambda session: activate(session, token, whence=WHENCE, at=MONDAY)


def asked_to_move(app: Flask, token: str, username: str) -> Callable[[Session], object]:
    """A link sent to somebody who wants to log in by that address; follows it."""
    with app.app_context(), transaction() as session:
        person = person_by_username(session, username)
        person.username = person.email = f"{username}@example.vn"
        session.add(
            AccountLink(
                person_id=person.id,
                purpose=LinkPurpose.CONFIRM_EMAIL,
                digest=digest_of(token),
                email=ADDRESS,
                created_at=MONDAY,
                expires_at=MONDAY + timedelta(hours=1),
            )
        )
    return lambda session: confirm_email(session, token, whence=WHENCE, language="vi", at=MONDAY)


def owners(app: Flask) -> int | None:
    """How many log in by the address."""
    with app.app_context():
        wanted = select(func.count()).select_from(Person).where(Person.username == ADDRESS)
        return db.session().scalar(wanted)


def test_of_two_who_activate_one_address_one_gets_it(any_app: Flask) -> None:
    first, second = registered(any_app, "first"), registered(any_app, "second")
    with pytest.raises(LinkVoid):
        one_after_the_other(any_app, first, second)
    assert owners(any_app) == 1


def test_a_link_pressed_twice_at_once_makes_one_account(any_app: Flask) -> None:
    press = registered(any_app, "one")
    with pytest.raises(LinkVoid):
        one_after_the_other(any_app, press, press)
    assert owners(any_app) == 1


def test_of_two_who_move_to_one_address_one_gets_it(any_app: Flask) -> None:
    first = asked_to_move(any_app, "first", "congdan1")
    second = asked_to_move(any_app, "second", "congdan2")
    with pytest.raises(LinkVoid):
        one_after_the_other(any_app, first, second)
    assert owners(any_app) == 1


def test_an_address_that_was_just_registered_is_not_moved_to(any_app: Flask) -> None:
    first, second = registered(any_app, "first"), asked_to_move(any_app, "second", "congdan2")
    with pytest.raises(LinkVoid):
        one_after_the_other(any_app, first, second)
    assert owners(any_app) == 1


def fail(session: Session) -> bool:
    """A wrong secret for a name that nobody has."""
    return count_failure(session, "khong.co.ai", "192.0.2.1", MONDAY)


def test_two_first_failures_at_once_are_both_counted(any_app: Flask) -> None:
    one_after_the_other(any_app, fail, fail)
    with any_app.app_context():
        assert set(db.session().scalars(select(Throttle.failures))) == {2}


def test_failures_pause_a_name_and_are_forgotten_after_a_day(any_app: Flask) -> None:
    with any_app.app_context():
        paused = []
        for _ in range(NAME_PAUSES[0][0]):
            with transaction() as session:
                paused.append(fail(session))
        assert paused == [False, False, False, False, True]
        with pytest.raises(Paused):
            ensure_open(db.session(), "KHONG.co.ai", "198.51.100.1", MONDAY)
        later = MONDAY + FORGIVEN_AFTER
        assert OLD_FAILURES.next(db.session(), MONDAY) == later
        assert OLD_FAILURES.due(db.session(), later - timedelta(seconds=1)) == []
        due = OLD_FAILURES.due(db.session(), later)
        assert [one.instant for one in due] == [later, later]
        with transaction() as session:
            for one in due:
                assert forget_failures(session, one.row, at=later)
                assert not forget_failures(session, one.row, at=later)
        assert list(db.session().scalars(select(Throttle))) == []


def test_who_fails_again_after_a_day_begins_anew(any_app: Flask) -> None:
    with any_app.app_context():
        for at in (MONDAY, MONDAY, MONDAY + FORGIVEN_AFTER + timedelta(seconds=1)):
            with transaction() as session:
                count_failure(session, "khong.co.ai", "192.0.2.1", at)
        assert set(db.session().scalars(select(Throttle.failures))) == {1}
