"""The pool of item codes that the carrier has allotted to us beforehand (spec §8)."""

import re
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, aliased

from app.domain.postal.model import LONGEST_CODE, ItemCode
from app.foundation.db import inserting
from app.foundation.errors import Invalid
from app.foundation.text import gettext

_CODE = re.compile(rf"[A-Z0-9]{{6,{LONGEST_CODE}}}")
#: Codes that may be added at once.
MOST = 5000


def take_item_code(session: Session, at: datetime) -> str | None:
    """The next free code, from now on nobody else's; None when the pool is empty.

    One statement: on PostgreSQL two at the same moment skip each other's row, and on SQLite there
    is one writer.
    """
    free = aliased(ItemCode)
    next_one = (
        select(free.code)
        .where(free.taken_at.is_(None))
        .order_by(free.code)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    return session.scalar(
        update(ItemCode)
        .where(ItemCode.code == next_one, ItemCode.taken_at.is_(None))
        .values(taken_at=at)
        .returning(ItemCode.code)
        .execution_options(synchronize_session=False)
    )


def add_codes(session: Session, told: Iterable[str], at: datetime) -> int:
    """Put codes into the pool; those that are known stay as they are. Returns how many are new.

    One statement: of two presses at the same moment the second finds nothing to add.
    Raises Invalid under `codes`, naming the first that is none.
    """
    codes = list(dict.fromkeys(one.strip().upper() for one in told if one.strip()))
    wrong = next((one for one in codes if not _CODE.fullmatch(one)), None)
    if wrong is not None:
        words = gettext("“%(code)s” is no item code: write letters and digits.", code=wrong[:40])
        raise Invalid(errors={"codes": [words]})
    if not codes or len(codes) > MOST:
        words = gettext("Enter between 1 and %(most)s item codes, one on each line.", most=MOST)
        raise Invalid(errors={"codes": [words]})
    rows = [{"code": one, "added_at": at} for one in codes]
    adding = inserting(session, ItemCode).on_conflict_do_nothing().returning(ItemCode.code)
    return len(session.execute(adding.values(rows)).all())


def codes_left(session: Session) -> int:
    """How many are free."""
    wanted = select(func.count()).select_from(ItemCode).where(ItemCode.taken_at.is_(None))
    return session.scalar(wanted) or 0
