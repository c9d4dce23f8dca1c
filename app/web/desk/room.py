"""The desk: rooms for people who hold a seat in a unit."""

from flask import Blueprint

blueprint = Blueprint("desk", __name__)
