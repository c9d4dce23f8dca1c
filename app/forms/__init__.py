"""Forms: form-js JSON becomes a checked definition, the server-side truth and a render model.

Pure: no database and no web. Present time comes from the foundation's clock.
"""

from app.forms.errors import FormInvalid, FormUnreadable
from app.forms.lists import apply_list_action, initial
from app.forms.model import Field, FormDefinition, Kind
from app.forms.posting import file_ids, from_html, place_files, stored_files
from app.forms.progress import answered
from app.forms.reading import read_form
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
    "RowView",
    "SummaryGroup",
    "SummaryRow",
    "answered",
    "apply_list_action",
    "file_ids",
    "from_html",
    "initial",
    "place_files",
    "read_form",
    "stored_files",
    "summary",
    "validate",
    "view",
]
