"""The Makefile explains itself, and continuous integration uses nothing else."""

import re
import subprocess
from pathlib import Path

from tests.house.files import ROOT, text_of

MAKEFILE = text_of(Path("Makefile"))
PROMISED = {
    "install", "run", "test", "test-fast", "lint", "format", "bench", "lock", "migrate",
    "messages", "clean",
}  # fmt: skip


def test_help_lists_every_target_people_may_type() -> None:
    told = subprocess.run(
        ["make", "--no-print-directory", "help"],  # noqa: S607 - whichever make is installed
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert {target for target in PROMISED if f"make {target} " not in told} == set()


def test_integration_runs_targets_of_the_makefile_only() -> None:
    lines = [line for line in text_of(Path(".ci/run")).splitlines() if line.startswith("make ")]
    used = {re.match(r"make ([a-z-]+)", line)[1] for line in lines}  # type: ignore[index] # each begins so
    assert used == {"test", "lint"}
    assert {target for target in used if not re.search(rf"^{target}:", MAKEFILE, re.M)} == set()
