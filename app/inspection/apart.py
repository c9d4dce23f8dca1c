"""Let another process open what may be hostile: with little memory and time, and nothing to lose.

The scripts beside this file print one word; a process that dies of a file prints none.
"""

import subprocess
import sys
from pathlib import Path

_HERE = Path(__file__).parent
#: Seconds by the wall; the scripts limit their own memory and processor time.
_PATIENCE = 40


def look_apart(script: str, *files: Path) -> str:
    """What the script has found; empty when it died or took too long."""
    try:
        done = subprocess.run(  # noqa: S603 - a script of ours, and names of temporary files
            [sys.executable, "-I", str(_HERE / script), *map(str, files)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
            # The house's keys and passwords lie in its environment.
            env={},
        )
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.decode("ascii", "replace") if done.returncode == 0 else ""
