"""The scheduler starts with the server's process and ends with it."""

import threading
import time

from flask import Flask

from app.foundation.db import db
from app.jobs import Scheduler
from app.jobs.lease import lease_for
from tests.support.story import Story

P6 = "thanh-lap-ho-kinh-doanh"


def test_it_does_what_is_due_by_itself_and_leaves_nothing_running(app: Flask) -> None:
    story = Story(app)
    story.submit(P6)  # in 2024, so that its first step is late today
    before = set(threading.enumerate())
    app.config["TICK_SECONDS"] = 0.05
    scheduler = Scheduler(app)
    scheduler.start()
    give_up = time.monotonic() + 30
    while "step_overdue" not in story.events() and time.monotonic() < give_up:
        time.sleep(0.02)
    scheduler.stop()
    assert story.events() == ["dossier_submitted", "step_overdue"]
    assert {thread for thread in set(threading.enumerate()) - before if thread.is_alive()} == set()


def test_stopping_lets_another_process_lead_at_once(app: Flask) -> None:
    first = Scheduler(app)
    first.start()
    first.stop()
    with app.app_context():
        second = lease_for(db.engine)
    assert second.take() is not None
    second.give_up()


def test_making_an_application_starts_no_thread(app: Flask) -> None:
    names = {thread.name for thread in threading.enumerate()}
    assert not [name for name in names if "APScheduler" in name]
