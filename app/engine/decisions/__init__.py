"""Decision tables: DMN files read into decisions, checked strictly and worked out by FEEL.

A room of its own in the engine: the library that runs the diagrams is not asked, because it knows
neither the hit policies nor the language of the cells.
"""

from app.engine.decisions.entrance import check_decisions, gather, read_decisions
from app.engine.decisions.errors import DecisionConflict, DecisionFailed
from app.engine.decisions.evaluating import evaluate
from app.engine.decisions.model import Decision

__all__ = [
    "Decision",
    "DecisionConflict",
    "DecisionFailed",
    "check_decisions",
    "evaluate",
    "gather",
    "read_decisions",
]
