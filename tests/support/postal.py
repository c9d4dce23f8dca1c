"""Results that go back by post, for stories and pages."""

from typing import Any

from flask import Flask

from app.actions.postal.choose_return import choose_return
from app.domain.postal.choice import ReturnChoice, read_choice
from app.foundation import clock
from app.foundation.db import transaction
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
