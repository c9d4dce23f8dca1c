"""The public portal; every page works for visitors unless it says otherwise."""

from flask import Blueprint

blueprint = Blueprint("portal", __name__)
