"""Taking a running instance over into another version of its diagram."""

from app.engine.migrating.ahead import Ahead, ahead_of, newly_read
from app.engine.migrating.moving import Moved, move
from app.engine.migrating.obstacles import CannotMove, MappingInvalid, Obstacle
from app.engine.migrating.proposals import Proposal, proposals
from app.engine.migrating.route import Route, diagram_of, mappable
from app.engine.migrating.standing import Level, Token, standing_in

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
    "diagram_of",
    "mappable",
    "move",
    "newly_read",
    "proposals",
    "standing_in",
]
