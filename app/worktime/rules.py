"""The province's policy on counting: part of a calendar edition, so that it is pinned with it."""

from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from enum import Enum

from app.foundation.text import gettext
from app.worktime.errors import CalendarInvalid

#: Half a year of work; more is a slip of the pen.
MAX_RULE_HOURS = 1000


class OutOfHours(Enum):
    """When the reception of a dossier sent outside working hours begins (spec SLA-3, R4-11)."""

    STRICT = "strict"  # at the next opening
    LENIENT = "lenient"  # one working hour after the next opening, the longest the text allows
    HARD = "hard"  # at the next opening, and it has to be over one working hour later


@dataclass(frozen=True, kw_only=True)
class Rules:
    """How this province counts where the law leaves a choice, and when it wants to be warned."""

    out_of_hours: OutOfHours = OutOfHours.STRICT
    #: Whether a dossier sent in the lunch break was sent out of hours (SLA-4, the literal text).
    lunch_is_out_of_hours: bool = True
    #: Dossiers received later than this are handed over at the next opening; None for no such hour.
    handover_cutoff: time | None = time(15)
    #: Shares of a term at which somebody is warned.
    warn_ratios: tuple[Decimal, ...] = (Decimal("0.75"), Decimal(1))
    #: Who is told of an overdue step, one after the other.
    escalation_roles: tuple[str, ...] = ("division_head", "director")
    #: Working hours between one of them and the next.
    escalation_hours: Decimal = Decimal(8)
    #: Working hours before the end of a term at which a letter of apology is due (spec L-06).
    apology_hours: Decimal = Decimal(8)

    def __post_init__(self) -> None:
        errors = {}
        if not _rising(self.warn_ratios):
            errors["warn_ratios"] = [gettext("Give rising numbers above 0, at most 2.")]
        if not 0 < self.escalation_hours <= MAX_RULE_HOURS:
            errors["escalation_hours"] = [gettext("Give a number of hours above 0.")]
        if not 0 <= self.apology_hours <= MAX_RULE_HOURS:
            errors["apology_hours"] = [gettext("Give a number of hours, 0 or more.")]
        if errors:
            raise CalendarInvalid(errors=errors)


def _rising(ratios: tuple[Decimal, ...]) -> bool:
    return list(ratios) == sorted(set(ratios)) and all(0 < ratio <= 2 for ratio in ratios)
