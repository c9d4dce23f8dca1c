"""What must happen in one place only happens there."""

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.house.files import parsed, text_of, written

Sees = Callable[[ast.AST], bool]


def _is_commit(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "commit"
    )


def _reads_environment(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv", "putenv"}


def _asks_the_time(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"now", "utcnow", "today"}
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"datetime", "date"}
    )


def _evaluates(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"eval", "exec", "__import__"}
    )


PROGRAM = (*written(".py", below="app"), Path("config.py"), Path("wsgi.py"))


def _where(sees: Sees) -> set[str]:
    return {str(path) for path in PROGRAM for node in ast.walk(parsed(path)) if sees(node)}


@pytest.mark.parametrize(
    ("sees", "places"),
    [
        pytest.param(_is_commit, {"app/foundation/db.py"}, id="commit"),
        pytest.param(_reads_environment, {"config.py"}, id="environment"),
        pytest.param(_asks_the_time, {"app/foundation/clock.py"}, id="present time"),
        pytest.param(_evaluates, set(), id="evaluated Python"),
    ],
)
def test_it_happens_in_one_place(sees: Sees, places: set[str]) -> None:
    assert _where(sees) == places


def test_top_level_folders_are_on_the_map() -> None:
    told = text_of(Path("docs/map.md"))
    rooms = {path.parts[1] for path in written(".py", below="app") if len(path.parts) > 2}
    assert {room for room in rooms if f"`app/{room}/" not in told} == set()


def test_there_is_no_attic() -> None:
    attics = {"utils", "util", "helpers", "common", "misc", "lib", "core", "base"}
    assert {str(path) for path in PROGRAM if attics & {*path.parts, path.stem}} <= {
        "app/feel/codes/base.py"
    }
