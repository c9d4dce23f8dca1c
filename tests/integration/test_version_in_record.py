"""The journal names the content of the version a dossier runs on: nobody can exchange it later."""

from collections.abc import Mapping
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.actions import submit_dossier
from app.domain.journal.events import FIELDS, Event
from app.domain.journal.queries import entries_of
from app.domain.procedures.model import ProcedureVersion
from app.domain.procedures.rules import content_hash
from app.foundation.db import db, transaction
from tests.support.story import Story

BIRTH = "dang-ky-khai-sinh"


@pytest.fixture
def story(app: Flask) -> Story:
    """A dossier that has just been sent."""
    story = Story(app)
    story.submit(BIRTH)
    return story


def exchange(story: Story, *, hash_too: bool) -> None:
    """Change a word in the diagram of the dossier's version, as whoever has the database can."""
    with story.app.app_context(), transaction() as session:
        number = story.dossier().version_id
        files = dict(_files(session, number))
        files["bpmn/process.bpmn"] = files["bpmn/process.bpmn"].replace("Tiếp nhận", "Xem qua")
        forged: dict[str, Any] = {"files": files}
        if hash_too:
            forged["content_hash"] = content_hash(files)
        changed = update(ProcedureVersion).where(ProcedureVersion.id == number).values(**forged)
        session.execute(changed)


def _files(session: Session, number: int) -> Mapping[str, str]:
    found = select(ProcedureVersion.files).where(ProcedureVersion.id == number)
    files: Mapping[str, str] = session.scalars(found).one()
    return files


def verified(story: Story) -> tuple[int, str]:
    """Exit code and words of `audit verify`."""
    result = story.app.test_cli_runner().invoke(args=["audit", "verify"])
    return result.exit_code, result.output


def test_the_submission_names_the_content_of_its_version(story: Story) -> None:
    with story.app.app_context():
        session = db.session()
        entry = entries_of(session, story.dossier().id)[0]
        assert (
            entry.payload["version_hash"] == content_hash(_files(session, entry.version_id)).hex()
        )
    assert verified(story) == (0, "1 dossiers checked, 0 broken\n")


def test_files_changed_behind_the_hash_are_found(story: Story) -> None:
    exchange(story, hash_too=False)
    code, told = verified(story)
    assert (code, "procedure version differs from the journal: version " in told) == (1, True)


def test_files_changed_together_with_their_hash_are_found(story: Story) -> None:
    exchange(story, hash_too=True)
    code, told = verified(story)
    assert code == 1
    assert "procedure version differs from the journal: content of version " in told
    assert "(entry 1)" in told
    (found,) = story.replayed().disagreements
    assert (found.what, found.seq) == ("procedure version", 1)


def test_a_journal_from_before_it_was_named_still_holds(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    advance = submit_dossier.advance

    def as_before(*args: Any, told: Mapping[str, Any], **kwargs: Any) -> None:
        old = {name: value for name, value in told.items() if name != "version_hash"}
        advance(*args, told=old, **kwargs)

    fields = FIELDS[Event.DOSSIER_SUBMITTED] - {"version_hash"}
    monkeypatch.setitem(FIELDS, Event.DOSSIER_SUBMITTED, fields)
    monkeypatch.setattr(submit_dossier, "advance", as_before)
    story = Story(app)
    story.submit(BIRTH)
    story.complete("reception", "quyen.cambinh")
    assert verified(story) == (0, "1 dossiers checked, 0 broken\n")
    assert story.replayed().identical
