"""Look a diagram over in every way there is: checked, proven, and added up."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from app.actions.services import HANDLERS
from app.analysis import (
    Budget,
    Fit,
    Proof,
    Verdict,
    budget_problems,
    hours_budget,
    proof_problems,
    prove,
)
from app.domain.dossiers.status import Channel
from app.engine import Definition, DefinitionInvalid, Problem, Severity, check, outline, read
from app.engine.decisions import Decision

#: What the checker says in words of its own; the proof need not repeat it.
_SAID_BY_CHECKER = {Verdict.DEAD_TASK, Verdict.AMBIGUOUS, Verdict.GAVE_UP}


@dataclass(frozen=True, kw_only=True)
class Examination:
    """Everything that is known about one diagram before it runs."""

    #: Errors before warnings.
    problems: tuple[Problem, ...]
    #: Nothing where there is no process to prove anything of.
    proof: Proof | None = None
    #: By the key of each case that uses the diagram; empty where the diagram has errors.
    budgets: Mapping[str, Budget] = field(default_factory=dict)


def examine_diagram(
    xml: bytes,
    *,
    forms: Collection[str] | None = None,
    roles: Collection[str] | None = None,
    decisions: Mapping[str, Decision] | None = None,
    terms: Mapping[str, Decimal] | None = None,
) -> Examination:
    """Check, prove and add up; `terms` are the legal terms in hours by case (spec Q-02)."""
    problems = check(xml, forms=forms, roles=roles, services=HANDLERS.keys(), decisions=decisions)
    try:
        diagram = outline(xml)
    except DefinitionInvalid:
        return Examination(problems=problems)
    proof = prove(diagram)
    budgets: dict[str, Budget] = {}
    proven = proof_problems(diagram, proof)
    if _has_errors(problems):
        said = {f"proof.{verdict.value}" for verdict in _SAID_BY_CHECKER}
        proven = tuple(problem for problem in proven if problem.code not in said)
    elif terms and (definition := _definition(xml, decisions)):
        budgets = {case: _budget(definition, term) for case, term in terms.items()}
    counted = [p for budget in budgets.values() for p in budget_problems(diagram, budget)]
    every = dict.fromkeys((*problems, *proven, *counted))
    ranked = sorted(every, key=lambda problem: problem.severity is not Severity.ERROR)
    return Examination(problems=tuple(ranked), proof=proof, budgets=budgets)


def _definition(xml: bytes, decisions: Mapping[str, Decision] | None) -> Definition | None:
    """The definition; none while a table that the diagram asks cannot be read."""
    try:
        return read(xml, decisions=decisions)
    except DefinitionInvalid:
        return None


def _has_errors(problems: tuple[Problem, ...]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)


def _budget(definition: Definition, term: Decimal) -> Budget:
    """The budget; where the channel decides about it, that of the slowest channel."""
    budget = hours_budget(definition, term_hours=term)
    if budget.fit is Fit.DEPENDS and budget.depends_on == ("channel",):
        return max(_by_channel(definition, term), key=lambda found: found.total_hours)
    return budget


def _by_channel(definition: Definition, term: Decimal) -> Iterator[Budget]:
    for channel in Channel:
        yield hours_budget(definition, term_hours=term, variables={"channel": channel.value})
