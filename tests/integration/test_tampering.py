"""Whatever somebody changes in the database behind our back, the audit finds it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import undefer

from app.actions.store_file import store_file
from app.actions.take_in_file import take_in
from app.domain.calendars.model import CalendarEdition
from app.domain.calendars.rules import FIRST, hash_of
from app.foundation.db import canonical_json, db, transaction
from app.queries.replay import Replay
from tests.support.papers import PDF
from tests.support.story import Story
from tests.support.tampering import DAMAGE, DAMAGED_ROWS, DAMAGED_WORK, damage, tamper

BUSINESS = "thanh-lap-ho-kinh-doanh"
#: An erased payload keeps its digest, so that everything after it still links.
ERASE = "UPDATE journal_entries SET payload = NULL, salt = NULL WHERE seq = 2"
REWRITE = "UPDATE journal_entries SET payload = CAST('{}' AS BLOB) WHERE seq = 2"


@pytest.fixture
def story(app: Flask) -> Story:
    """A dossier with a paper, in the middle of its way; another one untouched beside it."""
    story = Story(app)
    story.submit(BUSINESS)
    story.wait(minutes=1)
    story.submit(BUSINESS)
    story.claim("reception", "linh.camxuyen")
    story.complete("reception", "linh.camxuyen")
    return story


@pytest.fixture
def finished(story: Story) -> Story:
    """The same dossier at its end, with a result file."""
    story.complete("appraisal", "nam.camxuyen")
    story.complete("approval", "oanh.camxuyen")
    story.tick()
    story.complete("stamping", "phuc.camxuyen")
    with story.app.app_context(), transaction() as session:
        actor = story.actor("linh.camxuyen")
        taken = take_in("a.pdf", PDF, max_size=10_000)
        kept = store_file(session, taken, actor=actor, at=story.at)
    story.complete(
        "return_result", "linh.camxuyen", result_method="electronic", result_file=[kept.id]
    )
    return story


def verified(story: Story, *codes: str) -> tuple[int, str]:
    """Exit code and words of `audit verify`."""
    result = story.app.test_cli_runner().invoke(args=["audit", "verify", *codes])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def replayed(story: Story, code: str) -> tuple[int, str]:
    """Exit code and words of `audit replay`."""
    result = story.app.test_cli_runner().invoke(args=["audit", "replay", code])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def kinds(verdict: Replay) -> set[str]:
    return {one.what for one in verdict.disagreements}


def test_untouched_dossiers_hold(finished: Story) -> None:
    assert verified(finished) == (0, "2 dossiers checked, 0 broken\n")
    verdict = finished.replayed()
    assert verdict.disagreements == ()
    assert verdict.identical
    code, told = replayed(finished, finished.code)
    assert code == 0
    assert told.endswith("\nidentical\n")


@pytest.mark.parametrize(
    ("what", "column", "value"),
    [
        ("application", "code", "H27.30-241104-9999"),
        ("application", "case_key", "other"),
        ("application", "channel", "counter"),
        ("application", "owner_kind", "enterprise"),
        ("application", "owner_id", 3),
        ("application", "owner_name", "Somebody else"),
        ("application", "owner_identity", "042000000999"),
        ("application", "owner_phone", "0999999999"),
        ("application", "owner_email", "else@example.vn"),
        ("application", "owner_address", "Elsewhere"),
        ("application", "submitter_id", 3),
        ("application", "submitter_name", "Somebody else"),
        ("application", "assisted_by_id", 3),
        ("application", "receiving_unit_id", 1),
        ("application", "handling_unit_id", 1),
        ("application", "submitted_at", "2024-11-01 02:00:00.000000"),
        ("application", "data", b"{}"),
        ("course", "status", 9),
        ("course", "supplement_requests", 1),
        ("course", "received_at", "2024-11-01 02:00:00.000000"),
        ("course", "finished_at", "2024-11-01 02:00:00.000000"),
        ("course", "closed_at", "2024-11-01 02:00:00.000000"),
        ("clocks", "clock", "paused"),
        ("clocks", "due_at_original", "2025-11-01 02:00:00.000000"),
        ("clocks", "due_at_current", "2025-11-01 02:00:00.000000"),
        ("clocks", "reception_started_at", "2024-11-01 02:00:00.000000"),
        ("clocks", "reception_due_at", "2025-11-01 02:00:00.000000"),
        ("clocks", "reception_met_at", "2024-11-01 02:00:00.000000"),
        ("clocks", "paused_at", "2024-11-01 02:00:00.000000"),
        ("clocks", "paused_for", "payment"),
    ],
)
def test_a_forged_column_of_the_dossier_is_found(
    story: Story, what: str, column: str, value: object
) -> None:
    forge = f"UPDATE dossiers SET {column} = :value WHERE id = :id"  # noqa: S608 - columns from above
    tamper(story, forge, value=value)
    code, told = verified(story)
    assert code == 1
    assert f"{what} differs from the journal: {column.removesuffix('_key')}" in told
    assert "2 dossiers checked, 1 broken" in told


@pytest.mark.parametrize(
    ("what", "statement"),
    [
        ("process", "UPDATE processes SET state = 'completed' WHERE dossier_id = :id"),
        ("process", "UPDATE processes SET state = 'incident' WHERE dossier_id = :id"),
        ("open work", "DELETE FROM inbox_items WHERE dossier_id = :id AND state = 'open'"),
        ("open work", "UPDATE inbox_items SET state = 'open' WHERE dossier_id = :id"),
        ("open work", "UPDATE inbox_items SET state = 'done' WHERE dossier_id = :id"),
        ("clocks", "UPDATE dossiers SET due_at_current = '2025-11-01 02:00:00.000000'"),
        ("due dates", "UPDATE dossiers SET calendar_version_id = 2"),
        ("due dates", "UPDATE inbox_items SET due_at = '2025-11-01 02:00:00.000000'"),
        ("due dates", "UPDATE inbox_items SET calendar_version_id = 2"),
        ("open work", "UPDATE inbox_items SET step = 'x' WHERE dossier_id = :id"),
        ("done work", "UPDATE inbox_items SET done_by_id = 1 WHERE dossier_id = :id"),
        ("done work", "UPDATE inbox_items SET state = 'cancelled' WHERE dossier_id = :id"),
        ("done work", "UPDATE inbox_items SET state = 'done' WHERE dossier_id = :id"),
        ("done work", "UPDATE inbox_items SET done_status = 9 WHERE dossier_id = :id"),
        ("procedure version", "UPDATE procedure_versions SET files = CAST('{}' AS BLOB)"),
        ("procedure version", "UPDATE procedure_versions SET content_hash = zeroblob(32)"),
        ("calendar", "UPDATE calendar_versions SET content = CAST('{}' AS BLOB)"),
        ("calendar", "UPDATE calendar_versions SET hash = zeroblob(32)"),
        ("calendar", "UPDATE calendar_versions SET reason = 'Another'"),
        ("calendar", "UPDATE calendar_versions SET created_at = '2024-01-01 00:00:00.000000'"),
        ("calendar", "DELETE FROM calendar_versions"),
    ],
)
def test_forged_work_is_found(story: Story, what: str, statement: str) -> None:
    tamper(story, statement)
    code, told = verified(story)
    assert code == 1
    assert f"{what} differs from the journal" in told
    verdict = story.replayed()
    assert what in kinds(verdict)
    assert not verdict.identical


def test_an_edition_forged_together_with_its_hash_contradicts_the_journals(story: Story) -> None:
    with story.app.app_context():
        edition = db.session().get_one(
            CalendarEdition, 1, options=[undefer(CalendarEdition.content)]
        )
        edition.content = edition.content | {"exceptions": []} | {"hours": []}
        forged = hash_of(edition, FIRST)
        content = canonical_json(edition.content)
        db.session().rollback()
    tamper(
        story,
        "UPDATE calendar_versions SET content = :content, hash = :hash WHERE id = 1",
        content=content,
        hash=forged,
    )
    code, told = verified(story)
    assert code == 1
    assert "calendar differs from the journal: edition 1 (entry 1)" in told


@pytest.mark.parametrize("state", ["running", "incident"])
def test_a_forged_state_of_a_finished_process_is_found(finished: Story, state: str) -> None:
    tamper(finished, "UPDATE processes SET state = :state WHERE dossier_id = :id", state=state)
    assert kinds(finished.replayed()) == {"process"}


def test_a_forged_snapshot_is_found(story: Story) -> None:
    tamper(story, "UPDATE processes SET snapshot = CAST('{}' AS BLOB) WHERE dossier_id = :id")
    assert not story.replayed().state_identical
    assert replayed(story, story.code)[0] == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE stored_files SET sha256 = zeroblob(32) WHERE dossier_id = :id",
        "UPDATE stored_files SET name = 'b.pdf' WHERE dossier_id = :id",
        "DELETE FROM stored_files WHERE dossier_id = :id",
        "UPDATE stored_files SET dossier_id = NULL WHERE dossier_id = :id",
    ],
)
def test_a_forged_paper_is_found(finished: Story, statement: str) -> None:
    tamper(finished, statement)
    code, told = verified(finished)
    assert code == 1
    assert "files differs from the journal: file " in told


@pytest.mark.parametrize("forge", [Path.unlink, lambda path: path.write_bytes(b"other")])
def test_changed_or_missing_bytes_of_a_paper_are_found(
    finished: Story, forge: Callable[[Path], object]
) -> None:
    with finished.app.app_context():
        (key,) = db.session().scalars(text("SELECT id FROM stored_files"))
    forge(Path(finished.app.config["FILE_STORE"]) / key)
    code, told = replayed(finished, finished.code)
    assert code == 1
    assert f"content of file {key}" in told
    assert told.endswith("NOT identical\n")


@pytest.mark.parametrize(
    ("reason", "statement"),
    [
        ("entry 2 (erased)", f"{ERASE} AND dossier_id = :id"),
        (
            "entry 1 (erased)",
            "UPDATE journal_entries SET payload = CAST('null' AS BLOB) WHERE dossier_id = :id",
        ),
        ("entry 1 (erased)", "UPDATE journal_entries SET salt = NULL WHERE dossier_id = :id"),
        ("entry 1 (empty)", "DELETE FROM journal_entries WHERE dossier_id = :id"),
        ("entry 2 (missing)", "DELETE FROM journal_entries WHERE dossier_id = :id AND seq = 2"),
        ("entry 6 (tail)", "DELETE FROM journal_entries WHERE dossier_id = :id AND seq = 6"),
        ("entry 1 (hash)", "UPDATE journal_entries SET actor_id = 1 WHERE dossier_id = :id"),
        (
            "entry 2 (payload)",
            f"{REWRITE} AND dossier_id = :id",
        ),
    ],
)
def test_a_broken_chain_is_found(story: Story, reason: str, statement: str) -> None:
    tamper(story, statement)
    code, told = verified(story)
    assert code == 1
    assert f"{story.code}: broken\n  chain broken at {reason}" in told
    assert not story.replayed().identical


def test_a_journal_without_its_dossier_is_found(story: Story) -> None:
    tamper(story, "DELETE FROM dossiers WHERE id = :id")
    code, told = verified(story)
    assert code == 1
    assert told.endswith("1 dossiers checked, 0 broken\n1 journals belong to no dossier: 2\n")


def test_a_chain_emptied_together_with_its_head_is_found(story: Story) -> None:
    tamper(story, "DELETE FROM journal_entries WHERE dossier_id = :id")
    tamper(
        story,
        "UPDATE processes SET head_seq = 0, head_hash = zeroblob(32) WHERE dossier_id = :id",
    )
    assert "chain broken at entry 1 (empty)" in verified(story, story.code)[1]


@pytest.mark.parametrize("statement", [*DAMAGE, *DAMAGED_ROWS, DAMAGED_WORK])
def test_what_cannot_be_read_is_broken_and_the_others_are_checked(
    story: Story, statement: str
) -> None:
    damage(story, statement)
    code, told = verified(story)
    assert code == 1
    assert f"{story.code}: broken\n" in told
    assert told.endswith("2 dossiers checked, 1 broken\n")
    code, _ = replayed(story, story.code)
    assert code == 1


@pytest.mark.parametrize("statement", DAMAGE)
def test_a_replay_that_stops_says_where(story: Story, statement: str) -> None:
    damage(story, statement)
    code, told = replayed(story, story.code)
    assert code == 1
    assert "replay stops at entry 4: " in told
    assert told.endswith("NOT identical\n")


def test_details_name_columns_and_never_what_they_hold(story: Story) -> None:
    tamper(story, "UPDATE dossiers SET owner_name = 'Secret Name' WHERE id = :id")
    assert "Secret" not in verified(story)[1]
    (found,) = story.replayed().disagreements
    assert (found.what, found.seq, found.detail) == ("application", 1, "owner_name")
