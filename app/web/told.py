"""The page that tells who was told what, when and how; one for all audiences."""

from flask import render_template
from sqlalchemy.orm import Session

from app.domain.dossiers.model import Dossier
from app.domain.notices.model import Delivery
from app.domain.notices.reaching import masked
from app.domain.notices.wording import blocks_of
from app.queries.notice_pages import told_about
from app.web.notice_words import KIND_WORDS


def told_page(
    session: Session, dossier: Dossier, *, layout: str, back_url: str, staff: bool
) -> str:
    """What was told of one dossier; `staff` see what officers were told, and what failed."""
    return render_template(
        "notices/told.html",
        layout=layout,
        back_url=back_url,
        code=dossier.code,
        told=told_about(session, dossier.id, staff=staff),
        kinds=KIND_WORDS,
        staff=staff,
        blocks_of=blocks_of,
        shown=_shown,
    )


def _shown(delivery: Delivery) -> str:
    """An address as far as readers have to know it."""
    return masked(delivery.address)
