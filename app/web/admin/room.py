"""The administration: rooms for those who look after the house."""

from flask import Blueprint

from app.domain.calendars.rules import ADMINISTRATORS
from app.foundation.errors import NotAllowed
from app.web.session import current_actor, require_login

blueprint = Blueprint("admin", __name__)


@blueprint.before_request
def guard() -> None:
    """Let administrators in, of the province or of a unit."""
    require_login()
    if not any(current_actor().holds(role) for role in ADMINISTRATORS):
        raise NotAllowed
