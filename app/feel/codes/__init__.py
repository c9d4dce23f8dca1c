"""Turns syntax trees into closures; importing this package registers every maker."""

from app.feel.codes import calls, choices, loops, operators, values
from app.feel.codes.base import Code, Place, make

__all__ = ["Code", "Place", "calls", "choices", "loops", "make", "operators", "values"]
