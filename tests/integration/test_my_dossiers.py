"""The folders of "my dossiers", on either database."""

import pytest
from flask import Flask
from sqlalchemy import update

from app.domain.dossiers.folders import STATUSES, Folder, folder_of, shows_process
from app.domain.dossiers.model import Dossier
from app.domain.dossiers.status import Status
from app.domain.people.queries import person_by_username
from app.foundation.db import db, transaction
from app.queries import my_dossiers
from app.queries.my_dossiers import folder_counts, in_folder, looked_for, waiting_for
from tests.support.story import Story

P6 = "thanh-lap-ho-kinh-doanh"


def _lies(app: Flask, code: str, status: Status, *, owner: str = "congdan1") -> None:
    """Put a dossier into a status without a way there."""
    with app.app_context(), transaction() as session:
        person = person_by_username(session, owner)
        session.execute(
            update(Dossier).where(Dossier.code == code).values(status=status, owner_id=person.id)
        )


def _number(username: str = "congdan1") -> int:
    return person_by_username(db.session(), username).id


def test_every_status_has_one_folder_and_three_folders_tell_the_process() -> None:
    told = [status for found in STATUSES.values() for status in found]
    assert sorted(told) == sorted(Status)
    shown = {folder_of(status) for status in Status if shows_process(status)}
    assert shown == {Folder.IN_PROGRESS, Folder.RESULT, Folder.RETURNED}


def test_a_dossier_lies_in_its_folder_and_is_counted_once_for_its_owner_who_sent_it(
    any_app: Flask,
) -> None:
    story = Story(any_app)
    codes = {status: story.submit(P6) for status in (Status.REFUSED, Status.RESULT_READY)}
    for status, code in codes.items():
        _lies(any_app, code, status)
    story.submit(P6)
    with any_app.app_context():
        counts = folder_counts(db.session(), _number())
        assert counts == dict.fromkeys(Folder, 0) | {
            Folder.SENT: 1,
            Folder.IN_PROGRESS: 1,
            Folder.RETURNED: 1,
        }
        for status, code in codes.items():
            found = in_folder(db.session(), _number(), folder_of(status))
            assert [dossier.code for dossier, _name in found.rows] == [code]
        assert not any(folder_counts(db.session(), _number("congdan2")).values())


def test_a_folder_is_paged_from_the_newest_on(
    any_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(my_dossiers, "PAGE", 2)
    story = Story(any_app)
    codes = [story.submit(P6) for _ in range(3)]
    with any_app.app_context():
        first = in_folder(db.session(), _number(), Folder.SENT)
        assert [dossier.code for dossier, _name in first.rows] == codes[:0:-1]
        second = in_folder(db.session(), _number(), Folder.SENT, first.before)
        assert [dossier.code for dossier, _name in second.rows] == codes[:1]
        assert second.before is None


def test_counting_ends_at_a_bound(any_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(my_dossiers, "COUNTED", 1)
    story = Story(any_app)
    for _ in range(3):
        story.submit(P6)
    with any_app.app_context():
        assert folder_counts(db.session(), _number())[Folder.SENT] == 2


def test_a_search_needs_no_marks_and_finds_in_every_folder(any_app: Flask) -> None:
    story = Story(any_app)
    kept, other = story.submit(P6), story.submit("dang-ky-khai-sinh")
    _lies(any_app, kept, Status.STOPPED)
    with any_app.app_context():

        def found(asked: str) -> list[str]:
            return [one.code for one, _name in looked_for(db.session(), _number(), asked).rows]

        assert found("ho kinh doanh") == [kept]
        assert found(other.lower()) == [other]
        assert found("Nguyễn thị mai") == [other, kept]
        assert found("nothing of the kind") == []
        assert looked_for(db.session(), _number("congdan2"), "ho").rows == ()


def test_a_supplement_waits_on_top_with_the_time_that_is_left(any_app: Flask) -> None:
    story = Story(any_app)
    code = story.submit(P6)
    story.complete("reception", "linh.camxuyen", reception_decision="supplement")
    with any_app.app_context():
        (waits,) = waiting_for(db.session(), _number())
        assert (waits.dossier.code, waits.item_id) == (code, story.item("supplement").id)
        assert waits.until is not None
        assert waits.until > story.at
