"""Proofs and budgets as problems of the shape that the engine's checker uses."""

from collections.abc import Iterator
from decimal import Decimal

from app.analysis.budget import Budget, Fit
from app.analysis.hours import Counting
from app.analysis.verdicts import Proof, Verdict
from app.engine import Diagram, Problem, Severity
from app.foundation.text import LazyString, lazy_gettext


def proof_problems(diagram: Diagram, proof: Proof) -> tuple[Problem, ...]:
    """One problem for each finding; a proof that gave up only warns."""
    return tuple(
        _problem(
            diagram,
            f"proof.{finding.verdict.value}",
            finding.elements[0] if finding.elements else None,
            finding.sentence,
            finding.hint,
            error=finding.verdict is not Verdict.GAVE_UP,
        )
        for finding in proof.findings
    )


def budget_problems(diagram: Diagram, budget: Budget) -> tuple[Problem, ...]:
    """An error where the steps take longer than the law allows; warnings for what is unknown."""
    return (*_fit(diagram, budget), *_missing(diagram, budget))


def _fit(diagram: Diagram, budget: Budget) -> Iterator[Problem]:
    if budget.fit is Fit.OVER:
        yield _problem(
            diagram,
            "budget.over",
            None,
            lazy_gettext(
                "The steps take %(total)s hours; the legal term is %(term)s hours.",
                total=_plain(budget.total_hours),
                term=_plain(budget.term_hours),
            ),
            lazy_gettext("Shorten steps on the longest way, or let them run in parallel."),
            error=True,
        )
    elif budget.fit is not Fit.EQUAL:
        yield _doubt(diagram, budget)


def _doubt(diagram: Diagram, budget: Budget) -> Problem:
    told = {
        Fit.UNDER: lazy_gettext(
            "The steps take only %(total)s of the %(term)s hours of the legal term.",
            total=_plain(budget.total_hours),
            term=_plain(budget.term_hours),
        ),
        Fit.DEPENDS: lazy_gettext(
            "Whether the steps fit into the legal term depends on: %(names)s.",
            names=", ".join(budget.depends_on),
        ),
        Fit.GAVE_UP: lazy_gettext("The hours of the longest way could not be added up."),
    }
    hint = lazy_gettext("The hours of the steps should add up to the legal term.")
    return _problem(diagram, f"budget.{budget.fit.value}", None, told[budget.fit], hint)


def _missing(diagram: Diagram, budget: Budget) -> Iterator[Problem]:
    for row in budget.rows:
        if row.counting is Counting.MISSING:
            yield _problem(
                diagram,
                "budget.no-hours",
                row.step,
                lazy_gettext("The step has no working hours."),
                lazy_gettext("Enter “workingHours”: a number, or a FEEL expression."),
            )


def _problem(
    diagram: Diagram,
    code: str,
    element: str | None,
    message: LazyString,
    hint: LazyString,
    *,
    error: bool = False,
) -> Problem:
    node = diagram.by_id.get(element or "")
    return Problem(
        code=code,
        severity=Severity.ERROR if error else Severity.WARNING,
        element_id=element,
        element_name=node.name or None if node else None,
        line=node.line if node else None,
        message=message,
        hint=hint,
    )


def _plain(hours: Decimal) -> str:
    return f"{hours.normalize():f}"
