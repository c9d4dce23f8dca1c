"""Results that go back by post, for stories and pages."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Flask

from app.actions.postal.choose_return import choose_return
from app.actions.postal.hand_over import prepare_hand_over
from app.actions.postal.item_codes import add_item_codes
from app.domain.dossiers.status import Status
from app.domain.postal.choice import ReturnChoice, read_choice
from app.domain.postal.model import Parcel
from app.domain.postal.queries import parcel_of
from app.domain.postal.states import ParcelState
from app.foundation import clock
from app.foundation.actor import SYSTEM
from app.foundation.db import db, transaction
from app.jobs.errands import Errand
from app.jobs.worklist import DELIVERIES, PARCELS
from tests.support.apps import MONDAY
from tests.support.procedures import KEY
from tests.support.story import Story

POST = {
    "method": "post",
    "recipient": "Nguyễn Thị Mai",
    "phone": "0900000001",
    "province": "Tỉnh Hà Tĩnh",
    "commune": "Xã Cẩm Bình",
    "street": "Thôn Đông Trung, số 7",
}
COUNTER = {"method": "counter"}


def choose(
    story: Story, told: dict[str, Any] = POST, *, by: str = "congdan1", allowed: bool = True
) -> bool:
    """Somebody chooses how the story's dossier comes back."""
    with story.app.app_context(), clock.at(story.at):
        actor = story.actor(by)
        with transaction() as session:
            return choose_return(
                session, story.code, read_choice(told), allowed=allowed, actor=actor, at=story.at
            )


def by_post(app: Flask, **other: str) -> ReturnChoice:
    """A choice; nothing of the application is needed for it but its language."""
    with app.test_request_context():
        return read_choice(POST | other)


DESK, SPECIALIST, LEADER, CLERK = (
    "linh.camxuyen",
    "nam.camxuyen",
    "oanh.camxuyen",
    "phuc.camxuyen",
)
CODES = ("EA000000001VN", "EA000000002VN", "EA000000003VN")
#: What an officer writes of a result, whatever way it goes.
ANSWERS = {
    "result_number": "12/GCN",
    "result_date": "2024-11-05",
    "result_summary": "Giấy chứng nhận đăng ký hộ kinh doanh",
}


def fill_pool(app: Flask, *codes: str, at: datetime = MONDAY) -> int:
    """The carrier has allotted item codes to us."""
    with app.app_context(), transaction() as session:
        return add_item_codes(session, codes or CODES, actor=SYSTEM, at=at)


def ready(story: Story, told: dict[str, Any] = POST) -> Story:
    """A dossier whose result is ready and goes by post."""
    story.submit(KEY)
    choose(story, told)
    story.complete("reception", DESK)
    story.complete("appraisal", SPECIALIST)
    story.complete("approval", LEADER)
    story.tick()
    story.complete("stamping", CLERK)
    return story


def posts(story: Story) -> int:
    """What the scheduler does about parcels now; returns how many rows were settled."""
    app, done = story.app, 0
    for work in (PARCELS, DELIVERIES):
        with app.app_context():
            due = work.rows.due(db.session(), story.at, 100)
            db.session.remove()
        for one in due:
            with clock.at(story.at):
                if isinstance(work.act, Errand):
                    done += work.act.run(app, one.row, story.at)
                else:
                    with app.app_context(), transaction() as session:
                        done += work.act(session, one.row, at=story.at)
    return done


def prepare(story: Story, by: str = DESK, **answers: Any) -> None:
    """An officer packs the result and writes the last step's answers."""
    with story.app.app_context(), clock.at(story.at):
        actor, item = story.actor(by), story.item("return_result").id
        with transaction() as session:
            told = ANSWERS | answers
            prepare_hand_over(session, item, told, actor=actor, at=story.at)


def parcel(story: Story) -> Parcel:
    """The parcel as it stands; needs an application context."""
    found = parcel_of(db.session(), story.dossier().id)
    assert found is not None
    return found


def until(holds: Callable[[], object]) -> None:
    """Wait for another process, a minute at the longest."""
    give_up = time.monotonic() + 60
    while not holds() and time.monotonic() < give_up:
        time.sleep(0.2)
    assert holds()


def state(story: Story) -> ParcelState:
    """Where the parcel is now, whoever has moved it."""
    with story.app.app_context():
        found = parcel(story).state
        db.session.remove()
    return found


def status(story: Story) -> Status:
    """Where the dossier stands now."""
    with story.app.app_context():
        found = story.dossier().status
        db.session.remove()
    return found
