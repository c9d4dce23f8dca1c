"""A full inbox: its order, its pages, what it counts, and the indexes that carry it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event, insert, select, text, update

from app.domain.dossiers.model import Dossier
from app.domain.dossiers.status import Channel
from app.domain.inbox.due import rank_of
from app.domain.inbox.model import InboxItem
from app.foundation import clock
from app.foundation.actor import Actor
from app.foundation.db import db, transaction
from app.queries.inbox import InboxRow, Wanted, inbox_page
from app.queries.inbox_overview import MOST_COUNTED, steps_waiting, urgency
from tests.support.story import Story

P6 = "thanh-lap-ho-kinh-doanh"
MANY = 10_000


@pytest.fixture
def story(any_app: Flask) -> Story:
    """An online dossier and one of the counter, both at their reception."""
    made = Story(any_app)
    made.submit(P6, by="linh.camxuyen")
    made.submit(P6)
    return made


@pytest.fixture
def reader(story: Story) -> Iterator[Actor]:
    """The reception officer, in an application context at the story's moment."""
    with story.app.app_context(), clock.at(story.at):
        yield story.actor("linh.camxuyen")


def fill(story: Story, many: int, steps: tuple[str, ...] = ("reception", "return_result")) -> None:
    """So many more open items in the same queue, an hour apart, every other one online."""
    session = db.session()
    known = {
        channel: session.scalars(
            select(InboxItem)
            .join(Dossier, Dossier.id == InboxItem.dossier_id)
            .where(Dossier.channel == channel)
        ).one()
        for channel in (Channel.ONLINE, Channel.COUNTER)
    }
    rows = []
    for number in range(many):
        channel = Channel.ONLINE if number % 2 else Channel.COUNTER
        item, due_at = known[channel], story.at + timedelta(hours=number - many // 100)
        stage = 100 if due_at <= story.at else 0
        step = steps[number % 7 == 0] if len(steps) > 1 else steps[0]
        rows.append(
            {
                column.key: getattr(item, column.key)
                for column in InboxItem.__table__.columns
                if column.key not in ("id", "task_id")
            }
            | {
                "task_id": f"{number:032x}",
                "step": step,
                "name": f"Bước {step}",
                "due_at": due_at,
                "stage": stage,
                "rank": rank_of(channel, stage, due_at),
            }
        )
    with transaction() as session:
        session.execute(insert(InboxItem), rows)


def everything(reader: Actor, wanted: Wanted, limit: int = 40) -> list[InboxRow]:
    """All lines, page by page."""
    rows: list[InboxRow] = []
    cursor: str | None = None
    while True:
        page = inbox_page(db.session(), reader, wanted, cursor=cursor, limit=limit)
        rows += page.rows
        if (cursor := page.cursor) is None:
            return rows


def test_pages_follow_the_order_and_repeat_nothing(story: Story, reader: Actor) -> None:
    fill(story, 300)
    rows = everything(reader, Wanted())
    assert len({row.id for row in rows}) == len(rows) == 302
    assert [(row.rank, row.due_at, row.id) for row in rows] == sorted(
        (row.rank, row.due_at, row.id) for row in rows
    )
    urgent = [row for row in rows if row.rank == 0]
    assert [row.due_at for row in urgent] == sorted(row.due_at for row in urgent)
    days = [clock.local_date(row.due_at) for row in rows if row.rank]
    assert days == sorted(days), "no nearer day is hidden"


def test_filters_keep_the_order(story: Story, reader: Actor) -> None:
    fill(story, 300)
    whole = everything(reader, Wanted())
    for wanted, fits in (
        (Wanted(step="return_result"), lambda row: row.step == "return_result"),
        (Wanted(channel=Channel.COUNTER), lambda row: row.channel == "counter"),
        (Wanted(until=story.at), lambda row: row.due_at <= story.at),
        (
            Wanted(since=story.at, until=story.at + timedelta(hours=9)),
            lambda row: story.at < row.due_at <= story.at + timedelta(hours=9),
        ),
        (
            Wanted(step="reception", channel=Channel.ONLINE, until=story.at),
            lambda row: (
                (row.step, row.channel) == ("reception", "online") and row.due_at <= story.at
            ),
        ),
    ):
        found = [row.id for row in everything(reader, wanted)]
        assert found == [row.id for row in whole if fits(row)]
        assert found
    assert everything(reader, Wanted(step="no_such_step")) == []


def test_what_presses_is_counted_up_to_a_limit(story: Story, reader: Actor) -> None:
    soon = story.at + timedelta(hours=9)
    fill(story, 300)
    rows = everything(reader, Wanted())
    found = urgency(db.session(), reader, at=story.at, soon_at=soon)
    assert found.late == sum(row.due_at <= story.at for row in rows)
    assert found.soon == sum(story.at < row.due_at <= soon for row in rows)
    with transaction() as session:
        session.execute(update(InboxItem).values(due_at=story.at, rank=0))
    found = urgency(db.session(), reader, at=story.at, soon_at=soon)
    assert (found.late, found.soon) == (MOST_COUNTED, 0)


def test_the_steps_of_a_queue_are_found(story: Story, reader: Actor) -> None:
    assert steps_waiting(db.session(), reader) == {"reception": "Tiếp nhận và kiểm tra hồ sơ"}
    fill(story, 50)
    assert list(steps_waiting(db.session(), reader)) == ["reception", "return_result"]
    stranger = story.actor("hoa.sngv")
    assert steps_waiting(db.session(), stranger) == {}


@pytest.mark.postgres
@pytest.mark.parametrize("any_app", ["postgresql"], indirect=True)
def test_a_full_inbox_is_read_through_its_indexes(story: Story, reader: Actor) -> None:
    fill(story, MANY)
    with transaction() as session:
        session.execute(text("ANALYZE"))
    soon = story.at + timedelta(hours=9)
    deep = inbox_page(db.session(), reader, limit=100)
    for _ in range(20):
        deep = inbox_page(db.session(), reader, cursor=deep.cursor, limit=100)
    for read in (
        lambda: inbox_page(db.session(), reader),
        lambda: inbox_page(db.session(), reader, cursor=deep.cursor),
        lambda: inbox_page(db.session(), reader, Wanted(step="return_result")),
        lambda: inbox_page(db.session(), reader, Wanted(until=story.at)),
        lambda: inbox_page(db.session(), reader, Wanted(since=story.at, until=soon)),
        lambda: urgency(db.session(), reader, at=story.at, soon_at=soon),
        lambda: steps_waiting(db.session(), reader),
    ):
        plans = explained(read)
        assert plans
        for plan in plans:
            assert "Seq Scan on inbox_items" not in plan, plan
            assert "ix_inbox_items_" in plan, plan


def explained(read: object) -> list[str]:
    """The plan of every statement about inbox items that a reading makes."""
    told: list[tuple[str, object]] = []

    def note(
        _connection: object, _cursor: object, statement: str, parameters: object, *_rest: object
    ) -> None:
        if "inbox_items" in statement:
            told.append((statement, parameters))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        assert callable(read)
        read()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    connection = db.session().connection()
    return [
        "\n".join(
            row[0] for row in connection.exec_driver_sql(f"EXPLAIN {statement}", parameters).all()
        )
        for statement, parameters in told
    ]
