"""Decisions ready to run: every cell compiled, shared by every thread and never changed."""

from dataclasses import dataclass, field
from enum import Enum
from unicodedata import normalize

from app import feel
from app.engine.decisions.kinds import Kind


class Policy(Enum):
    """What to do with the rules that apply (DMN 1.5, 8.2.8)."""

    #: At most one rule may apply.
    UNIQUE = "UNIQUE"
    #: Several may apply if all of them say the same.
    ANY = "ANY"
    #: The first one in the order of the table.
    FIRST = "FIRST"
    #: The one whose outputs come first in the lists of output values.
    PRIORITY = "PRIORITY"
    #: All, in the order of the table.
    RULE_ORDER = "RULE ORDER"
    #: All, in the order of the lists of output values.
    OUTPUT_ORDER = "OUTPUT ORDER"
    #: All, or with an aggregator one value made of them.
    COLLECT = "COLLECT"

    @property
    def ranks(self) -> bool:
        """Whether the lists of output values decide."""
        return self in {Policy.PRIORITY, Policy.OUTPUT_ORDER}

    @property
    def lists(self) -> bool:
        """Whether several rules are meant to apply together."""
        return self in {Policy.RULE_ORDER, Policy.OUTPUT_ORDER, Policy.COLLECT}


class Aggregator(Enum):
    """How COLLECT makes one value of several."""

    SUM = "SUM"
    MIN = "MIN"
    MAX = "MAX"
    COUNT = "COUNT"


@dataclass(frozen=True, kw_only=True)
class Input:
    """A column that asks."""

    label: str
    expression: feel.Compiled
    kind: Kind | None = None
    #: Values the expression may have; others are refused.
    allowed: feel.UnaryTests | None = None


@dataclass(frozen=True, kw_only=True)
class Output:
    """A column that answers. `ranking` lists its values, the most important first."""

    name: str
    label: str
    kind: Kind | None = None
    allowed: feel.UnaryTests | None = None
    ranking: tuple[object, ...] = ()
    default: feel.Compiled | None = None


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One row; `number` counts from 1, as the modelers show it."""

    number: int
    id: str | None
    line: int | None
    tests: tuple[feel.UnaryTests, ...]
    outputs: tuple[feel.Compiled, ...]


@dataclass(frozen=True, kw_only=True)
class Table:
    """A decision table."""

    policy: Policy
    aggregator: Aggregator | None
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]

    def parts(self) -> tuple[feel.Compiled | feel.UnaryTests, ...]:
        """Everything compiled in it."""
        return (
            *(column.expression for column in self.inputs),
            *(test for rule in self.rules for test in rule.tests),
            *(value for rule in self.rules for value in rule.outputs),
            *(column.default for column in self.outputs if column.default),
        )


@dataclass(frozen=True, kw_only=True)
class Decision:
    """One decision with all those it requires."""

    id: str
    name: str
    #: Name of its result in the decisions that require it, which may also use its id.
    variable: str
    logic: Table | feel.Compiled
    requires: tuple["Decision", ...] = field(default=(), repr=False, compare=False)
    #: Variables that it and those it requires read from outside.
    variables: frozenset[str] = frozenset()

    @property
    def outputs(self) -> tuple[str, ...]:
        """Names of its outputs if it has several; a single one needs no name."""
        if isinstance(self.logic, Table) and len(self.logic.outputs) > 1:
            return tuple(column.name for column in self.logic.outputs)
        return ()

    @property
    def result_names(self) -> frozenset[str]:
        """What its result is called in FEEL."""
        return frozenset((self.id, normalize("NFC", self.variable)))


def variables_of(logic: Table | feel.Compiled, requires: tuple[Decision, ...]) -> frozenset[str]:
    """What a decision reads from outside, through those it requires too."""
    parts = logic.parts() if isinstance(logic, Table) else (logic,)
    own = {name for part in parts for name in part.names | part.filter_names}
    given = {name for decision in requires for name in decision.result_names}
    deeper = {name for decision in requires for name in decision.variables}
    return frozenset(own - given | deeper)
