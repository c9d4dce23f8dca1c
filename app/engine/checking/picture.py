"""The drawing: what has no shape cannot be seen by those who read the diagram."""

from app.engine.checking.findings import Findings, Known
from app.engine.diagram import Diagram
from app.foundation.text import lazy_gettext


def check_picture(diagram: Diagram, findings: Findings, known: Known) -> None:
    """Warn about elements and flows that are not drawn."""
    del known
    if not diagram.drawn:
        findings.warning(
            "picture.none",
            diagram,
            lazy_gettext("The file has no drawing."),
            lazy_gettext("Open it in the modeler, arrange the elements and save it."),
        )
        return
    for subject in diagram.subjects:
        if subject.id and subject.id not in diagram.drawn:
            findings.warning(
                "picture.missing",
                subject,
                lazy_gettext("This element is in the file, but not in the drawing."),
                lazy_gettext("Delete it, or draw it again."),
            )
