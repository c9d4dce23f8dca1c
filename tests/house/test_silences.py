"""Whoever silences a tool says why on the same line."""

import re

from tests.house.files import text_of, written

SILENCE = re.compile(r"#\s*(noqa|type:\s*ignore|pragma:\s*no cover|fmt:\s*off)")
REASONED = re.compile(
    r"#\s*noqa:\s*[A-Z0-9, ]+\s+- \S|#\s*type:\s*ignore\[[\w, -]+\]\s+(#|- )\s*\S|#\s*pragma:.*- \S"
)
OWN = "tests/house/test_silences.py"


def test_every_silenced_check_carries_its_reason() -> None:
    bare = [
        f"{path}:{number}"
        for path in written(".py")
        if str(path) != OWN
        for number, line in enumerate(text_of(path).splitlines(), start=1)
        if SILENCE.search(line) and not REASONED.search(line)
    ]
    assert bare == []


def test_no_test_is_skipped_without_a_reason() -> None:
    bare = [
        f"{path}:{number}"
        for path in written(".py", below="tests")
        if str(path) != OWN
        for number, line in enumerate(text_of(path).splitlines(), start=1)
        if re.search(r"mark\.(skip|xfail)\b(?!\(.*reason)", line)
    ]
    assert bare == []
