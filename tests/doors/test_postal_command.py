"""`postal`: the pool of item codes, where parcels are, everything tried now."""

from pathlib import Path

import pytest
from flask import Flask

from app.cli import postal
from tests.support.postal import CODES, parcel, ready
from tests.support.story import Story


def run(app: Flask, *words: str, code: int = 0) -> str:
    result = app.test_cli_runner().invoke(args=[postal.group.name or "", *words])
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    return result.output


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_codes_come_from_a_file_whatever_wrote_it(
    app: Flask, tmp_path: Path, encoding: str
) -> None:
    file = tmp_path / "codes.txt"
    file.write_text("\r\n".join([*CODES, ""]), encoding=encoding)
    assert run(app, "add-codes", str(file)) == "3 added, 3 left\n"
    assert run(app, "add-codes", str(file)) == "0 added, 3 left\n"


@pytest.mark.parametrize("content", [b"", b"EA 1\n", "mã số".encode("utf-16"), bytes(range(256))])
def test_another_file_is_refused_with_a_sentence(
    app: Flask, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "codes.txt"
    file.write_bytes(content)
    assert "codes: " in run(app, "add-codes", str(file), code=1)
    assert run(app, "list") == "0 item codes left\n"


def test_parcels_are_listed_and_hurried(app: Flask) -> None:
    story = ready(Story(app))
    assert f"{story.code}\t{story.code}-KQ\t-\twaiting" in run(app, "list", "--messages")
    assert run(app, "hurry") == "1 to be ordered\n"
    with app.app_context():
        due = parcel(story).act_at
    assert due is not None
    assert due > story.at
