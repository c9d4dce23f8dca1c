"""Exactly one process leads, and another takes over when it is gone."""

from collections.abc import Iterator
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
    assert second.take() is not None
    assert first.take() is None


def test_giving_up_twice_or_without_leading_is_harmless(rivals: tuple[Lease, Lease]) -> None:
    first, second = rivals
    first.give_up()
    second.give_up()
    assert first.take() is not None


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
    assert second.take() is not None
    assert first.take() is None, "it comes back as a follower"
    first.give_up()
    second.give_up()
    engine.dispose()


def test_on_sqlite_the_lock_lies_beside_the_database(tmp_path: Path) -> None:
    lease = FileLease(create_engine(f"sqlite:///{tmp_path / 'data.sqlite3'}"))
    assert lease.take() is not None
    assert (tmp_path / "data.sqlite3.leader").exists()
    lease.give_up()
