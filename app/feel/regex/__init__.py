"""Regular expressions of XPath, matched under the budget of the run.

Python's own `re` can be made to work for hours by a short pattern and cannot be stopped.
"""

from app.feel.regex.machine import Found, find_all, first
from app.feel.regex.syntax import PatternError, Program, compile_pattern

__all__ = ["Found", "PatternError", "Program", "compile_pattern", "find_all", "first"]
