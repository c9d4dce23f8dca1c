"""What is late and was put before the reader: leaders read it, the work stays where it is."""

from typing import Any

from flask import render_template, request, url_for
from flask_babel import get_locale

from app.domain.deadlines.escalations import LateKind
from app.foundation.clock import now
from app.foundation.db import db
from app.foundation.text import LazyString, gettext, lazy_gettext
from app.queries.escalations import LateWork, Overdue, escalations_page
from app.web.desk.room import blueprint
from app.web.filters import hours_vn
from app.web.session import current_actor
from app.web.time_left import late_by

#: What is late where it is no step.
CLOCKS: dict[LateKind, LazyString] = {
    LateKind.RECEPTION: lazy_gettext("Reception of the dossier"),
    LateKind.TERM: lazy_gettext("Result of the dossier"),
}


@blueprint.get("/viec/bao-len-toi")
def escalations() -> str:
    """The longest late first."""
    page = escalations_page(
        db.session(), current_actor(), at=now(), cursor=request.args.get("cursor")
    )
    more = url_for("desk.escalations", cursor=page.cursor) if page.cursor else None
    return render_template(
        "desk/escalations.html", rows=[_row(one) for one in page.rows], next_url=more
    )


def _row(row: Overdue) -> dict[str, Any]:
    return {
        "name": row.step or str(CLOCKS[row.kind]),
        "url": _address(row),
        "dossier_url": url_for("desk.dossier", code=row.code),
        "code": row.code,
        "procedure_name": row.procedure_name,
        "owner_name": row.owner_name,
        "due_at": row.due_at,
        "late_by": late_by(row.late_by),
        "told_at": row.told_at,
        "holders": [_holder(one) for one in row.open_work],
        "causes": _causes(row),
    }


def _address(row: Overdue) -> str:
    """The task where a step is late, the dossier otherwise."""
    if row.kind is LateKind.STEP and row.open_work:
        return url_for("desk.task", item_id=row.open_work[0].id)
    return url_for("desk.dossier", code=row.code)


def _holder(work: LateWork) -> dict[str, str]:
    role = work.role_names[1 if str(get_locale()) == "en" else 0]
    return {"person": work.holder, "role": role, "unit": work.unit}


def _causes(row: Overdue) -> list[str]:
    """What the record says, the steps that took too long first."""
    told = [
        gettext(
            "“%(name)s” (%(unit)s) took %(used)s instead of %(hours)s.",
            name=one.name,
            unit=one.unit,
            used=hours_vn(one.used),
            hours=hours_vn(one.hours),
        )
        for one in row.slow_work
    ]
    told += [gettext("Nobody has taken it.") for one in row.open_work if not one.holder][:1]
    return told or [gettext("Every step kept its hours.")]
