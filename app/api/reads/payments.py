"""What a dossier has to pay, as clients are told it."""

from typing import Any

from sqlalchemy.orm import Session

from app.api.reads.reader import Reading
from app.domain.payments.queries import payments_of


def payments_told(session: Session, reading: Reading) -> dict[str, Any]:
    """Every demand of the dossier, the newest first."""
    return {
        "payments": [
            {
                "number": one.number,
                "state": one.state.value,
                "method": one.method.value if one.method else None,
                "lines": one.lines,
                "total": one.total,
                "demanded_at": one.demanded_at,
                "pay_by": one.pay_by,
                "settled_at": one.settled_at,
                "receipt": one.receipt,
            }
            for one in payments_of(session, reading.dossier.id)
        ]
    }
