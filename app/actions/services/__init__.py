"""Handlers of service tasks, by the type a diagram names; each is idempotent per task."""

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from app.actions.casework import Casework
from app.actions.services.allot_register_number import allot_register_number

#: Takes the dossier at hand and the moment, returns routing variables.
Handler = Callable[[Session, Casework, datetime], Mapping[str, object]]

HANDLERS: dict[str, Handler] = {"allot-register-number": allot_register_number}

#: Routing variables that each of them returns: what a diagram may read behind such a task.
OUTPUTS: dict[str, frozenset[str]] = {
    "allot-register-number": frozenset({"register_number", "result_number"})
}
