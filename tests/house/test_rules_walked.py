"""Every rule that promises applicants something is walked through in a real browser."""

import ast
from collections.abc import Iterator

from tests.house.files import parsed, written

#: The guide for applicants (R3), the circular on online services (R2), the province's rules (R4).
PROMISED = frozenset(
    [f"R3-{number:02}" for number in range(1, 51)]
    + [f"R2-{number:02}" for number in range(1, 16)]
    + [f"R4-{number:02}" for number in range(8, 16)]
)
#: What concerns officers and their superiors alone, and why no applicant meets it.
OTHERS = {
    "R2-05": "binds reception officers to a decree; its rules stand on their own",
    "R2-08": "how officers work: reception, digitising, forwarding",
    "R2-10": "monthly figures for managers",
}


def test_what_applicants_are_promised_is_walked_through_in_a_browser() -> None:
    walked = set(_walked())
    assert PROMISED - walked == set(OTHERS)
    assert walked <= PROMISED, "a rule nobody knows"


def _walked() -> Iterator[str]:
    """Rules named by `pytest.mark.rules` in front of the tests of the browser."""
    for path in written(".py", below="tests/browser"):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                for mark in node.decorator_list:
                    if ast.unparse(mark).startswith("pytest.mark.rules("):
                        yield from _words(mark)


def _words(mark: ast.expr) -> Iterator[str]:
    for node in ast.walk(mark):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
