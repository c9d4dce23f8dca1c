"""Why an expression is not translated, and where."""

from app.engine.problems import Text


class Untranslatable(Exception):
    """`reason` says why, `at` is the place in the text, counted from 1."""

    def __init__(self, at: int, reason: Text) -> None:
        super().__init__(at)
        self.at = at
        self.reason = reason
