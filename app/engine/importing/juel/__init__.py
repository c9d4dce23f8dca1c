"""JUEL, the expression language of Camunda 7, Activiti and Flowable, translated into FEEL.

The translation is true where the values have the kinds that the expression asks for: a missing
value counts as JUEL counts it, and no text is taken for a number. Two things differ: two missing
values compared by `<=` or `>=`, and a missing variable that is called like a built-in function.
What calls program code is not translated.
"""

from app.engine.importing.juel.errors import Untranslatable
from app.engine.importing.juel.logic import denies, exclude, opposite
from app.engine.importing.juel.texts import (
    assignment,
    condition,
    is_juel,
    plain_condition,
    value,
    variable_of,
)

__all__ = [
    "Untranslatable",
    "assignment",
    "condition",
    "denies",
    "exclude",
    "is_juel",
    "opposite",
    "plain_condition",
    "value",
    "variable_of",
]
