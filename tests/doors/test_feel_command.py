"""Trying expressions at the prompt."""

import pytest
from click.testing import Result
from flask import Flask


def typed(app: Flask, *arguments: str) -> Result:
    """What comes of `flask feel ...`, which runs inside the application."""
    with app.app_context():
        return app.test_cli_runner().invoke(args=["feel", *arguments])


@pytest.mark.parametrize(
    ("arguments", "printed"),
    [
        (["eval", "1 + x", "--context", '{"x": 2.5}'], "3.5"),
        (["eval", "hồ sơ.số", "--context", '{"hồ sơ": {"số": 7}}'], "7"),
        (["eval", "today()", "--now", "2024-11-08T23:00"], '"2024-11-08"'),
        (
            ["eval", "working hours from(now(), 8)", "--now", "2024-11-08T16:00:00+07:00"],
            '"2024-11-11T16:00:00+07:00"',
        ),
        (["cell", "> 5, 3", "7"], "true"),
        (["cell", "> 5, 3", "4"], "false"),
        (["cell", "? > low", "4", "--context", '{"low": 3}'], "true"),
    ],
)
def test_a_value_is_printed(app: Flask, arguments: list[str], printed: str) -> None:
    result = typed(app, *arguments)
    assert (result.exit_code, result.output.strip()) == (0, printed)


def test_a_mistake_is_shown_at_its_place_in_both_languages(app: Flask) -> None:
    result = typed(app, "eval", "1 + lenght(x)")
    assert result.exit_code == 1
    assert result.output.splitlines() == [
        "1 + lenght(x)",
        "    ^",
        "Không đọc được biểu thức (dòng 1, cột 5). Không có hàm “lenght”.",
        "Error: The expression cannot be read (line 1, column 5). There is no function “lenght”.",
    ]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--context", "{"], "no JSON"),
        (["--context", "[1]"], "no object"),
        (["--now", "soon"], "no moment"),
        (["--now", "1900-01-01"], "no working calendar"),
    ],
)
def test_what_cannot_be_used_is_refused(app: Flask, arguments: list[str], told: str) -> None:
    result = typed(app, "eval", "working days from(now(), 1)", *arguments)
    assert result.exit_code != 0
    assert told in result.output
