"""Forms: form-js JSON becomes a checked definition, the server-side truth and a render model.

Pure: no database and no web. Present time comes from the foundation's clock.
"""

from app.forms.answering import answered
from app.forms.errors import FormInvalid, FormUnreadable
from app.forms.lists import apply_list_action, initial
from app.forms.model import Field, FormDefinition, Kind
from app.forms.posting import file_ids, from_html, place_files, stored_files
from app.forms.reading import read_form
from app.forms.sections import (
    Progress,
    Section,
    answers_in,
    errors_in,
    is_asked,
    progress,
    sections,
    with_part,
)
from app.forms.summary import FileLink, SummaryGroup, SummaryRow, summary
from app.forms.validation import validate
from app.forms.viewing import view
from app.forms.views import ErrorLink, FieldView, OptionView, RowView

__all__ = [
    "ErrorLink",
    "Field",
    "FieldView",
    "FileLink",
    "FormDefinition",
    "FormInvalid",
    "FormUnreadable",
    "Kind",
    "OptionView",
    "Progress",
    "RowView",
    "Section",
    "SummaryGroup",
    "SummaryRow",
    "answered",
    "answers_in",
    "apply_list_action",
    "errors_in",
    "file_ids",
    "from_html",
    "initial",
    "is_asked",
    "place_files",
    "progress",
    "read_form",
    "sections",
    "stored_files",
    "summary",
    "validate",
    "view",
    "with_part",
]
