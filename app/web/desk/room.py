"""The desk: rooms for people who hold a seat in a unit."""

from flask import Blueprint

from app.web.session import require_staff

blueprint = Blueprint("desk", __name__)
blueprint.before_request(require_staff)
