"""Before a session ends its page says so; one press lets it last longer."""

from typing import Any

from app.actions.prolong_session import prolong_session
from app.foundation.clock import now
from app.foundation.db import transaction
from app.web.account.room import blueprint
from app.web.session import LIFE, LONGEST_LIFE, LogInFirst, current_session, seconds_left


@blueprint.post("/tai-khoan/phien/tiep-tuc")
def stay() -> dict[str, Any]:
    """Prolong it; says how many seconds are left now, for the page's own script."""
    opened = current_session()
    if opened is None:
        raise LogInFirst
    with transaction() as session:
        ends_at = prolong_session(
            session, opened.session_id, life=LIFE, most=LONGEST_LIFE, at=now()
        )
    return {"left": seconds_left(ends_at)}
