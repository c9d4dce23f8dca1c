"""The built-in functions of FEEL; importing this package registers them all."""

from app.feel.functions import (
    contexts,
    days,
    lists,
    numbers,
    patterns,
    ranges,
    relations,
    statistics,
    strings,
    truth,
    working,
)
from app.feel.functions.registry import REGISTRY, Form, as_value, builtin, call_forms

__all__ = [
    "REGISTRY",
    "Form",
    "as_value",
    "builtin",
    "call_forms",
    "contexts",
    "days",
    "lists",
    "numbers",
    "patterns",
    "ranges",
    "relations",
    "statistics",
    "strings",
    "truth",
    "working",
]
