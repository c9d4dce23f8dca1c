"""How much of the conformance kit of the standard (OMG DMN TCK) is met."""

from pathlib import Path

import pytest

from tests.support.conformance import CASES, cases, meets

#: The cases that fail, one name a line; the test demands exactly these.
KNOWN = Path(__file__).with_name("known_failures.txt")

#: The part of the kit that has to be met.
WANTED = 0.97


def _known() -> set[str]:
    lines = KNOWN.read_text(encoding="utf-8").splitlines()
    return {line for line in lines if line and not line.startswith("#")}


@pytest.mark.skipif(not CASES.exists(), reason="the conformance cases lie beside the project")
def test_the_conformance_kit_is_met_but_for_the_known_failures() -> None:
    all_cases = cases()
    failed = {f"{case['suite']} {case['case']}" for case in all_cases if not meets(case)}
    assert failed == _known()
    assert len(failed) <= len(all_cases) * (1 - WANTED)
