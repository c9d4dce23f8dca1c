"""Exactly one process leads, and another takes over when it is gone."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from app.jobs.lease import FileLease, Lease, PostgresLease, lease_for
from config import database_url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def rivals(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Lease, Lease]]:
    """Two who want to lead on the same database."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'data.sqlite3'}"
    else:
        url = database_url(request.getfixturevalue("postgres_server"))
    engine = create_engine(url)
    first, second = lease_for(engine), lease_for(engine)
    yield first, second
    first.give_up()
    second.give_up()
    engine.dispose()


def test_one_leads_and_the_other_follows(rivals: tuple[Lease, Lease]) -> None:
    first, second = rivals
    assert first.take() is not None
    assert second.take() is None
    assert first.take() is not None, "the leader stays leader"
    assert second.take() is None


def test_the_follower_leads_when_the_leader_gives_up(rivals: tuple[Lease, Lease]) -> None:
    first, second = rivals
    first.take()
    second.take()
    first.give_up()
    assert _leads(second)
    assert first.take() is None


def test_giving_up_twice_or_without_leading_is_harmless(rivals: tuple[Lease, Lease]) -> None:
    first, second = rivals
    first.give_up()
    second.give_up()
    assert _leads(first)


def test_the_leader_hears_of_what_others_store(rivals: tuple[Lease, Lease]) -> None:
    leader, follower = rivals
    assert leader.take() is not None
    leader.heard()
    assert not leader.heard()
    follower.take()
    _store(follower)
    assert _soon(leader.heard)
    assert not leader.heard(), "it is told once"


def test_who_does_not_lead_hears_nothing(rivals: tuple[Lease, Lease]) -> None:
    with pytest.raises(RuntimeError, match="only the leader"):
        rivals[0].heard()


def _store(follower: Lease) -> None:
    """Something that calls for a look; where the file itself tells, by changing it."""
    if isinstance(follower, FileLease):
        with follower._engine.connect() as connection:
            connection.execute(text("CREATE TABLE stored (row INTEGER)"))
            connection.commit()
    follower.tell()


def _leads(lease: Lease) -> bool:
    """Whether it leads soon: the server needs a moment to see that a connection is closed."""
    return _soon(lambda: lease.take() is not None)


def _soon(true: Callable[[], bool]) -> bool:
    give_up = time.monotonic() + 10
    while not (found := true()) and time.monotonic() < give_up:
        time.sleep(0.01)
    return found


@pytest.mark.postgres
def test_a_broken_connection_ends_the_leadership(postgres_server: str) -> None:
    engine = create_engine(database_url(postgres_server))
    first, second = PostgresLease(engine), PostgresLease(engine)
    looking = first.take()
    assert looking is not None
    number = looking.scalar(text("SELECT pg_backend_pid()"))
    with engine.connect() as administrator:
        administrator.execute(text("SELECT pg_terminate_backend(:number)"), {"number": number})
    with pytest.raises(DBAPIError):
        looking.scalar(text("SELECT 1"))
    first.give_up()
    assert _leads(second)
    assert first.take() is None, "it comes back as a follower"
    first.give_up()
    second.give_up()
    engine.dispose()


def test_on_sqlite_the_lock_lies_beside_the_database(tmp_path: Path) -> None:
    lease = FileLease(create_engine(f"sqlite:///{tmp_path / 'data.sqlite3'}"))
    assert lease.take() is not None
    assert (tmp_path / "data.sqlite3.leader").exists()
    lease.give_up()
