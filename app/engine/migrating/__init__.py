"""Taking a running instance over into another version of its diagram."""

from app.engine.migrating.ahead import Ahead, ahead_of
from app.engine.migrating.moving import Moved, move
from app.engine.migrating.obstacles import CannotMove, MappingInvalid, Obstacle
from app.engine.migrating.proposals import Proposal, proposals
from app.engine.migrating.route import Route
from app.engine.migrating.standing import Level, Token

__all__ = [
    "Ahead",
    "CannotMove",
    "Level",
    "MappingInvalid",
    "Moved",
    "Obstacle",
    "Proposal",
    "Route",
    "Token",
    "ahead_of",
    "move",
    "proposals",
]
