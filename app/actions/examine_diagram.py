"""Look diagrams over in every way there is: checked, proven, and added up."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
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
from app.engine import Definition, Diagram, Family, Problem, Severity, look_over
from app.engine.decisions import Decision

#: What the checker says in words of its own; the proof need not repeat it.
_SAID_BY_CHECKER = {Verdict.DEAD_TASK, Verdict.AMBIGUOUS, Verdict.GAVE_UP}

#: Legal terms in hours, by case (spec Q-02).
Terms = Mapping[str, Decimal]


@dataclass(frozen=True, kw_only=True)
class Examination:
    """Everything that is known about one diagram before it runs."""

    #: Errors before warnings.
    problems: tuple[Problem, ...]
    #: Nothing where there is no process to prove anything of.
    proof: Proof | None = None
    #: By the key of each case that uses the diagram; empty where the diagram has errors.
    budgets: Mapping[str, Budget] = field(default_factory=dict)

    def with_problems(self, more: Collection[Problem]) -> "Examination":
        """The same with more problems, each said once and errors first."""
        every = dict.fromkeys((*self.problems, *more))
        ranked = sorted(every, key=lambda problem: problem.severity is not Severity.ERROR)
        return replace(self, problems=tuple(ranked))


def examine_diagram(
    xml: bytes,
    *,
    forms: Collection[str] | None = None,
    roles: Collection[str] | None = None,
    decisions: Mapping[str, Decision] | None = None,
) -> Examination:
    """Check and prove one file that calls no other."""
    family = look_over(
        {"": xml}, forms=forms, roles=roles, services=HANDLERS.keys(), decisions=decisions
    )
    return examine_family(family)[""]


def examine_family(
    family: Family, terms: Mapping[str, Terms] | None = None
) -> dict[str, Examination]:
    """Check, prove and add up files that may call each other; `terms` by file.

    What a caller's hours tell about a step of a called process is a problem of the called file.
    """
    found = {name: _proven(family, name) for name in family.problems}
    for name, by_case in (terms or {}).items():
        definition = family.definitions.get(name)
        if definition is None or _has_errors(found[name].problems):
            continue
        budgets = {case: _budget(definition, case, term) for case, term in by_case.items()}
        found[name] = replace(found[name], budgets=budgets)
        for budget in budgets.values():
            for file, problem in _of_budget(family, name, definition.diagram, budget):
                found[file] = found[file].with_problems([problem])
    return found


def _proven(family: Family, name: str) -> Examination:
    examined = Examination(problems=family.problems[name])
    diagram = family.diagrams.get(name)
    if diagram is None:
        return examined
    proof = prove(diagram, called=_callable(family))
    proven = proof_problems(diagram, proof)
    if _has_errors(examined.problems):
        said = {f"proof.{verdict.value}" for verdict in _SAID_BY_CHECKER}
        proven = tuple(problem for problem in proven if problem.code not in said)
    return replace(examined, proof=proof).with_problems(proven)


def _callable(family: Family) -> dict[str, Diagram]:
    return {process: family.diagrams[name] for process, name in family.by_process.items()}


def _of_budget(
    family: Family, name: str, diagram: Diagram, budget: Budget
) -> Iterator[tuple[str, Problem]]:
    """The problems of a budget, each with the file that its element is drawn in."""
    for problem in budget_problems(diagram, budget):
        process, _, element = (problem.element_id or "").rpartition("/")
        if not process:
            yield name, problem
            continue
        file = family.by_process[process]
        node = family.diagrams[file].by_id[element]
        yield (
            file,
            replace(problem, element_id=element, element_name=node.name or None, line=node.line),
        )


def _has_errors(problems: tuple[Problem, ...]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)


def _budget(definition: Definition, case: str, term: Decimal) -> Budget:
    """The budget; where the channel decides about it, that of the slowest channel."""
    budget = hours_budget(definition, term_hours=term, variables={"case": case})
    if budget.fit is Fit.DEPENDS and budget.depends_on == ("channel",):
        found = _by_channel(definition, case, term)
        return max(found, key=lambda budget: budget.total_hours)
    return budget


def _by_channel(definition: Definition, case: str, term: Decimal) -> Iterator[Budget]:
    for channel in Channel:
        variables = {"case": case, "channel": channel.value}
        yield hours_budget(definition, term_hours=term, variables=variables)
