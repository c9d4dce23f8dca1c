"""Which paper form a completed step issues (spec L-02: 01 receipt, 02 supplement, 03 refusal)."""

from collections.abc import Mapping

from app import feel
from app.engine.definition import Definition


def slip_after(definition: Definition, step: str, variables: Mapping[str, object]) -> str | None:
    """The slip of a step just completed, in the light of its decision; None when it issues none.

    Raises FeelError where the expression fails on these variables.
    """
    written = definition.steps[step].slip
    if written is None:
        return None
    compiled = feel.compile_zeebe(written)
    value = compiled.evaluate(variables) if compiled else written
    return value if isinstance(value, str) else None
