"""Migrations and tests see every table."""

import ast

from app import models
from tests.house.files import parsed, written


def _names_a_table(node: ast.AST) -> bool:
    return isinstance(node, ast.ClassDef) and any(
        isinstance(line, ast.Assign)
        and any(isinstance(one, ast.Name) and one.id == "__tablename__" for one in line.targets)
        for line in node.body
    )


def test_every_table_is_imported_in_the_one_place() -> None:
    tables = {
        node.name
        for path in written(".py", below="app")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ClassDef) and _names_a_table(node)
    }
    assert tables == set(models.__all__) - {"MIGRATIONS"}
