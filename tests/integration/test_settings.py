"""Wrong settings and a database that is away end in one sentence, never in a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from app.cli.database import database_trouble
from config import Config, ConfigError, database_url
from tests.house.files import ROOT

CHECK = ("procedures", "check", "bpmn/dang-ky-khai-sinh")


def flask(folder: Path, *args: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """The command as an engineer types it."""
    return subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "flask", "--app", "wsgi", *args],
        cwd=ROOT,
        env=os.environ | {"MOTCUA_VAR": str(folder)} | settings,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("args", "settings", "told"),
    [
        (CHECK, {"DATABASE_URL": "mysql://root:secret@db/x"}, "Error: DATABASE_URL: write"),
        (CHECK, {"TICK_SECONDS": "abc"}, "Error: TICK_SECONDS: “abc”"),
        (CHECK, {}, "Error: The database is not up to date (no such table: roles)."),
        (
            ("db", "upgrade"),
            {"DATABASE_URL": "sqlite:////nowhere/at/all"},
            "The database cannot be used",
        ),
    ],
)
def test_commands_end_with_one_sentence(
    tmp_path: Path, args: tuple[str, ...], settings: dict[str, str], told: str
) -> None:
    result = flask(tmp_path, *args, **settings)
    assert result.returncode == 1
    assert told in result.stderr
    assert "Traceback" not in result.stderr
    assert "secret" not in result.stderr


@pytest.mark.parametrize("url", ["mysql://x/y", "garbage", "postgresql://u@h:abc/x", "sqlite+x://"])
def test_only_databases_that_are_tested_can_be_named(url: str) -> None:
    with pytest.raises(ConfigError, match="DATABASE_URL"):
        database_url(url)


@pytest.mark.parametrize("given", ["abc", "0", "-1", "nan", "inf"])
def test_seconds_are_above_zero(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, given: str
) -> None:
    monkeypatch.setenv("MOTCUA_VAR", str(tmp_path))
    monkeypatch.setenv("TICK_SECONDS", given)
    with pytest.raises(ConfigError, match="TICK_SECONDS"):
        Config.from_environment()


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("CLAMD", "localhost:3310"),
        ("CLAMD", "unix:clamd.sock"),
        ("MAX_FILE_MB", "0"),
        ("MAX_FILE_MB", "many"),
        ("UPLOADS_KEPT_DAYS", "-1"),
        ("DRAFTS_KEPT_DAYS", "0"),
        ("DRAFTS_TOLD_DAYS", "soon"),
    ],
)
def test_settings_of_files_are_what_they_can_be(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, given: str
) -> None:
    monkeypatch.setenv("MOTCUA_VAR", str(tmp_path))
    monkeypatch.setenv(name, given)
    with pytest.raises(ConfigError, match=name):
        Config.from_environment()


def test_a_folder_that_cannot_be_written_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("MOTCUA_VAR", str(tmp_path / "file"))
    monkeypatch.delenv("SECRET_KEY", raising=False)
    with pytest.raises(ConfigError, match="MOTCUA_VAR"):
        Config.from_environment()


def test_a_server_that_starts_knows_whether_its_database_is_ready(
    app: Flask, tmp_path: Path
) -> None:
    assert database_trouble(app.config["SQLALCHEMY_DATABASE_URI"]) is None
    assert "make migrate" in (database_trouble(f"sqlite:///{tmp_path / 'new'}") or "")
    away = database_trouble("postgresql+psycopg://u@127.0.0.1:1/x") or ""
    assert away.startswith("The database cannot be used: connection failed")
