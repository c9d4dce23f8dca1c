"""How the dates of a dossier are counted, as clients are told it."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.api.reads.reader import Reading
from app.domain.journal.queries import entries_of
from app.queries.clock_accounts import Account, AccountKind, clock_accounts
from app.worktime import LedgerEntry


def clock_told(session: Session, reading: Reading, at: datetime) -> dict[str, Any]:
    """Every clock; steps and shares are the office's own business."""
    found = clock_accounts(session, reading.dossier, entries_of(session, reading.dossier.id), at)
    shown = [one for one in found.accounts if reading.inner or one.kind is not AccountKind.STEP]
    return {
        "accounts": [_account(one) for one in shown],
        "shares": [
            asdict(share) | {"holder": share.holder.value}
            for share in (found.shares if reading.inner else ())
        ],
    }


def _account(account: Account) -> dict[str, Any]:
    counted, late = account.ledger, account.late
    return {
        "kind": account.kind.value,
        "name": account.name,
        "caused_at": account.caused_at,
        "starts_at": counted.start,
        "due_at": account.due_at,
        "ended_at": account.ended_at,
        "edition": account.edition,
        "estimated": bool(account.estimates),
        "working_seconds": counted.working,
        "paused_seconds": counted.paused,
        "late_seconds": late.working if late else 0,
        "stretches": [_stretch(one) for one in counted.entries],
    }


def _stretch(entry: LedgerEntry) -> dict[str, Any]:
    return {
        "kind": entry.kind.value,
        "begins": entry.begins,
        "ends": entry.ends,
        "seconds": entry.seconds,
        "name": entry.name,
        "source": entry.source,
        "confirmed": entry.confirmed,
    }
