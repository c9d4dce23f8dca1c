"""Files and functions stay small enough to be read at once."""

import ast

from tests.house.files import parsed, text_of, written

MAX_FILE = 400
MAX_FUNCTION = 50


def test_no_file_has_more_than_400_lines() -> None:
    long = {
        str(path): lines
        for path in written(".py", ".html", ".js", ".css", ".scss", ".lark")
        if (lines := len(text_of(path).splitlines())) > MAX_FILE
    }
    assert long == {}


def test_no_function_of_the_program_has_more_than_50_lines() -> None:
    long = {
        f"{path}:{node.name}": lines
        for path in written(".py", below="app")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef)
        and (lines := (node.end_lineno or 0) - node.lineno + 1) > MAX_FUNCTION + _docstring(node)
    }
    assert long == {}


def _docstring(node: ast.FunctionDef) -> int:
    """Lines of explanation and of the signature are not lines of code."""
    first = node.body[0]
    signature = first.lineno - node.lineno
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
        return signature + (first.end_lineno or 0) - first.lineno + 1
    return signature
