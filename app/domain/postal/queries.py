"""Reading how results go back."""

from sqlalchemy.orm import Session

from app.domain.postal.choice import ReturnChoice, ReturnMethod
from app.domain.postal.model import ResultReturn


def choice_of(session: Session, dossier_id: int) -> ReturnChoice:
    """What was chosen for the dossier; the counter where nobody has chosen."""
    row = session.get(ResultReturn, dossier_id, populate_existing=True)
    return row.choice if row else ReturnChoice(method=ReturnMethod.COUNTER)
