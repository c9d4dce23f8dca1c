"""The reader's own dossiers and drafts, in the folders of spec R3-33."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from flask import render_template, request, url_for
from sqlalchemy.orm import Session

from app.domain.dossiers.folders import Folder, folder_of
from app.domain.dossiers.model import Dossier
from app.domain.dossiers.status import Status
from app.foundation.clock import now
from app.foundation.db import db
from app.foundation.text import LazyString, gettext, lazy_gettext
from app.queries.citizen_pages import my_drafts
from app.queries.my_dossiers import (
    COUNTED,
    MyDossiers,
    Waiting,
    folder_counts,
    in_folder,
    looked_for,
    waiting_for,
)
from app.web.addresses import seen_before
from app.web.facts import facts_of, soon
from app.web.filters import left_vn
from app.web.portal.begun import begun
from app.web.portal.room import blueprint
from app.web.session import current_actor, require_login
from app.web.words import word_for

#: Which folder opens by itself: the first of these that is not empty (spec R3-32).
FIRST = (
    Folder.SUPPLEMENT,
    Folder.DRAFTS,
    Folder.SENT,
    Folder.IN_PROGRESS,
    Folder.RESULT,
    Folder.RETURNED,
)

#: What the column of actions offers in each folder (spec R3-17, R3-35..39, R3-42).
LOOK: Mapping[Folder, LazyString] = {
    Folder.SENT: lazy_gettext("Look at the dossier"),
    Folder.SUPPLEMENT: lazy_gettext("Look at the request"),
    Folder.IN_PROGRESS: lazy_gettext("Look at the process"),
    Folder.RESULT: lazy_gettext("Look at the result"),
    Folder.RETURNED: lazy_gettext("Look at reason and details"),
}


@blueprint.get("/ho-so-cua-toi")
def my_dossiers() -> str:
    """What waits for the reader on top, then one folder, newest first; or what he looks for."""
    require_login()
    session, actor = db.session(), current_actor()
    person_id, proved = actor.person_id or 0, actor.proved_number
    before, asked = seen_before(), request.args.get("q", "").strip()[:200]
    counts = folder_counts(session, person_id, proved)
    folder = _folder(request.args.get("folder", ""), counts)
    drafts = my_drafts(session, person_id) if folder is Folder.DRAFTS and not asked else ()
    if asked:
        page = looked_for(session, person_id, asked, proved)
    elif folder is Folder.DRAFTS:
        page = MyDossiers(rows=())
    else:
        page = in_folder(session, person_id, folder, before, proved)
    waits = counts[Folder.SUPPLEMENT] or counts[Folder.IN_PROGRESS]
    return render_template(
        "portal/my_dossiers.html",
        q=asked,
        folder=folder,
        tabs=[_tab(one, counts[one]) for one in Folder],
        actions=[_action(one) for one in waiting_for(session, person_id)] if waits else [],
        drafts=[begun(session, draft, current_actor()) for draft in drafts],
        dossiers=_listed(session, page),
        previous_url=_address(folder) if before and not asked else None,
        next_url=_address(folder, page.before) if page.before else None,
    )


def _folder(name: str, counts: Any) -> Folder:
    try:
        return Folder(name)
    except ValueError:
        return next((one for one in FIRST if counts[one]), Folder.SENT)


def _address(folder: Folder, before: int | None = None) -> str:
    return url_for("portal.my_dossiers", folder=folder.value, before=before)


def _tab(folder: Folder, count: int) -> dict[str, Any]:
    many = count > COUNTED
    return {
        "key": folder.value,
        "text": word_for(folder),
        "url": _address(folder),
        "count": gettext("more than %(number)s", number=COUNTED) if many else str(count),
        "hot": folder is Folder.SUPPLEMENT and count > 0,
    }


def _listed(session: Session, page: MyDossiers) -> list[dict[str, Any]]:
    soon_at = soon(session) if page.rows else now()
    return [_row(dossier, name, soon_at) for dossier, name in page.rows]


def _row(dossier: Dossier, name: str, soon_at: datetime) -> dict[str, Any]:
    facts = facts_of(dossier, procedure_name=name, handling_unit="", soon_at=soon_at)
    address = url_for("portal.status", code=dossier.code)
    return asdict(facts) | {"url": address, "look": _look(dossier, address)}


def _look(dossier: Dossier, address: str) -> dict[str, str]:
    """Where the column of actions leads: to every step, or to all there is to see."""
    folder = folder_of(dossier.status)
    if folder is Folder.IN_PROGRESS:
        address = url_for("portal.process", code=dossier.code)
    return {"url": address, "text": str(LOOK[folder])}


def _action(one: Waiting) -> dict[str, Any]:
    """What the reader has to do, and how long there is time for it."""
    dossier = one.dossier
    supplements = dossier.status is Status.SUPPLEMENT_REQUESTED and one.item_id is not None
    address = (
        url_for("portal.supplement", code=dossier.code, item_id=one.item_id)
        if supplements
        else url_for("portal.status", code=dossier.code)
    )
    return {
        "url": address,
        "text": gettext("Complete the dossier") if supplements else gettext("Look and answer"),
        "status": dossier.status,
        "code": dossier.code,
        "procedure_name": one.procedure_name,
        "until": one.until,
        "left": left_vn(one.until - now()) if one.until else "",
    }
