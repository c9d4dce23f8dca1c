"""Where the carrier says what became of a parcel."""

from flask import current_app
from werkzeug.wrappers import Response

from app.actions.postal.follow_parcel import hear_carrier
from app.domain.postal.messages import UNREADABLE
from app.domain.postal.vnpost import carrier_of
from app.web.portal.callbacks import take_callback
from app.web.portal.room import blueprint
from app.web.security import limiter


@blueprint.post("/buu-chinh/trang-thai")
@limiter.limit(lambda: str(current_app.config["POSTAL_RATE_LIMIT"]))
def carrier_callback() -> Response:
    """Take what the carrier says."""
    return take_callback(carrier_of(current_app.config), hear_carrier, unreadable=UNREADABLE)
