"""The diagram as a token net: is it sound, and do its steps fit into the legal term?

Pure: it reads the engine's diagrams and definitions and knows no database and no clock.
"""

from app.analysis.budget import Budget, Fit, Outcome, Row, hours_budget
from app.analysis.hours import Counting
from app.analysis.problems import budget_problems, proof_problems
from app.analysis.soundness import prove
from app.analysis.verdicts import Finding, Proof, Verdict

__all__ = [
    "Budget",
    "Counting",
    "Finding",
    "Fit",
    "Outcome",
    "Proof",
    "Row",
    "Verdict",
    "budget_problems",
    "hours_budget",
    "proof_problems",
    "prove",
]
