"""The audit: for people whose office it is to look."""

from flask import Blueprint

blueprint = Blueprint("audit", __name__)
