"""Expressions made to hurt end in time and in little memory (all of them: `make bench`)."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_no_hostile_expression_takes_more_than_32_megabytes() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "tests.support.hostile", "11"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr[-2000:]
    assert json.loads(ended.stdout)["expressions"] > 200
