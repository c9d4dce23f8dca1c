"""The picture of a process: where things stand, and how room is made for what is added."""

from app.engine.importing.drawing.picture import Picture

__all__ = ["Picture"]
