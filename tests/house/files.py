"""The files of the project that people wrote, by kind."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
#: Made by machines, or not ours.
FOREIGN = {
    ".git", ".venv", "node_modules", "dist", "build", "var", "__pycache__", "htmlcov",
    ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", ".import_linter_cache",
}  # fmt: skip


@cache
def written(*suffixes: str, below: str = ".") -> tuple[Path, ...]:
    """Files with one of the suffixes, relative to the project."""
    return tuple(sorted(_walk(ROOT / below, suffixes)))


def _walk(folder: Path, suffixes: tuple[str, ...]) -> list[Path]:
    found: list[Path] = []
    for path in folder.iterdir():
        if path.name in FOREIGN or path.name.startswith(".venv"):
            continue
        if path.is_dir():
            found += _walk(path, suffixes)
        elif path.suffix in suffixes:
            found.append(path.relative_to(ROOT))
    return found


def text_of(path: Path) -> str:
    """What is in a file of the project."""
    return (ROOT / path).read_text(encoding="utf-8")


@cache
def parsed(path: Path) -> ast.Module:
    """A Python file of the project as a syntax tree."""
    return ast.parse(text_of(path))
