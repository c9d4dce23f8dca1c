"""The diagram as a token net: is it sound, and do its steps fit into the legal term?

Pure: it reads the engine's diagrams and definitions and knows no database and no clock.
"""

from app.analysis.soundness import prove
from app.analysis.verdicts import Finding, Proof, Verdict

__all__ = ["Finding", "Proof", "Verdict", "prove"]
