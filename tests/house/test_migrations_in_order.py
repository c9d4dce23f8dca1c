"""Migrations are numbered and end in one head."""

import re

from alembic.script import ScriptDirectory

from tests.house.files import ROOT, written


def test_there_is_one_head_and_no_gap() -> None:
    scripts = ScriptDirectory(str(ROOT / "migrations"))
    walked = [script.revision for script in scripts.walk_revisions()]
    assert len(scripts.get_heads()) == 1
    assert walked == [f"{number:04d}" for number in range(len(walked), 0, -1)]


def test_file_names_tell_number_and_content() -> None:
    names = [path.name for path in written(".py", below="migrations/versions")]
    assert [name for name in names if not re.fullmatch(r"\d{4}_[a-z0-9_]+\.py", name)] == []
