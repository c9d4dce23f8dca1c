"""FEEL, the expression language of diagrams and forms; others import from here only."""

from app.feel.errors import FeelError
from app.feel.program import Compiled, compile_zeebe, evaluate
from app.feel.program import compile_expression as compile  # noqa: A004 - the verb of the language
from app.feel.run import Calendar
from app.feel.showing import to_json
from app.feel.unary import UnaryTests, compile_unary

__all__ = [
    "Calendar",
    "Compiled",
    "FeelError",
    "UnaryTests",
    "compile",
    "compile_unary",
    "compile_zeebe",
    "evaluate",
    "to_json",
]
