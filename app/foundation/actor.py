"""Who acts. Every verb is told explicitly; nothing is taken from thin air."""

from dataclasses import dataclass, field
from enum import Enum


class ActorKind(Enum):
    """What sort of actor stands behind an action."""

    PERSON = "person"  # somebody who logged in or sent a token
    VISITOR = "visitor"  # somebody without an account
    SYSTEM = "system"  # the platform itself: a timer, a service


@dataclass(frozen=True, kw_only=True)
class Seat:
    """A role held in a unit today, with the names as they are today."""

    unit_id: int
    unit_code: str
    unit_name: str
    role: str


@dataclass(frozen=True, kw_only=True)
class Actor:
    """The person, visitor or machine in whose name a verb runs."""

    kind: ActorKind
    name: str
    person_id: int | None = None
    username: str | None = None
    #: Number of the identity paper the account was opened with; never written to a log.
    identity_number: str | None = field(default=None, repr=False)
    #: Whether a national system, or an officer who saw the paper, vouches for that number. Only
    #: then does it open anything that the person has not handed in himself.
    is_identity_proved: bool = False
    seats: tuple[Seat, ...] = ()
    #: Codes of dossiers that the reader has proved to own in this session.
    opened_codes: frozenset[str] = field(default_factory=frozenset)

    def holds(self, role: str, unit_id: int | None = None) -> bool:
        """Whether the actor holds `role`, in that unit or, without one, anywhere."""
        return any(s.role == role and unit_id in (None, s.unit_id) for s in self.seats)

    def seat_for(self, role: str, unit_id: int) -> Seat | None:
        """The seat from which the actor does the work of `role` in `unit_id`."""
        return next((s for s in self.seats if s.role == role and s.unit_id == unit_id), None)

    def has_opened(self, code: str) -> bool:
        """Whether he has proved to own the dossier; officers know the proof from the papers."""
        return code in self.opened_codes and not self.is_staff

    @property
    def proved_number(self) -> str | None:
        """The identity number somebody vouches for; none where only the actor says it is his."""
        return self.identity_number if self.is_identity_proved else None

    @property
    def is_staff(self) -> bool:
        """Whether the actor holds any seat in a unit."""
        return bool(self.seats)


SYSTEM = Actor(kind=ActorKind.SYSTEM, name="Hệ thống")
VISITOR = Actor(kind=ActorKind.VISITOR, name="")
