"""The shape of the process: what BPMN leaves unsaid is drawn, so that everyone reads the same."""

from app.engine.importing.structure.passes import straighten

__all__ = ["straighten"]
