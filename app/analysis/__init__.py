"""The diagram as a token net: is it sound, from where an instance stands too, and does it fit
into the legal term?

Pure: it reads the engine's diagrams and definitions and knows no database and no clock.
"""

from app.analysis.budget import Budget, Fit, Outcome, Row, hours_budget
from app.analysis.hours import Counting
from app.analysis.positions import Prospect, prospect
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
    "Prospect",
    "Row",
    "Verdict",
    "budget_problems",
    "hours_budget",
    "proof_problems",
    "prospect",
    "prove",
]
