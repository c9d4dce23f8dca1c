"""What the analyst says beforehand, because no file can know it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """Which process to take, and what foreign names are called here."""

    #: Id or name of the process to take; nothing lets the import choose.
    process: str | None = None
    #: Role keys by group or person of the old engine, by name of a lane, or by the id of a step.
    roles: Mapping[str, str] = field(default_factory=dict)
    #: Service types by topic, type, class or expression of the old engine, or by the id of a step.
    services: Mapping[str, str] = field(default_factory=dict)
    #: Form ids by form key of the old engine, or by the id of a step.
    forms: Mapping[str, str] = field(default_factory=dict)
