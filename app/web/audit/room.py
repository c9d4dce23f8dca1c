"""The audit: for people whose office it is to look."""

from flask import Blueprint

from app.domain.dossiers.rules import AUDITOR
from app.web.session import require_role

blueprint = Blueprint("audit", __name__)
blueprint.before_request(lambda: require_role(AUDITOR))
