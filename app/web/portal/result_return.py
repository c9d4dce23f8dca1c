"""How the result comes back: a step before sending, and a page of the dossier until it is ready."""

from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.actions.postal.choose_return import choose_return
from app.domain.postal.choice import RULES, ReturnChoice, ReturnMethod, read_choice
from app.domain.postal.queries import choice_of
from app.domain.postal.rules import ensure_still_open, may_choose
from app.foundation.clock import now
from app.foundation.db import db, transaction
from app.foundation.errors import Conflict, Invalid
from app.foundation.text import gettext
from app.queries.dossier_pages import DossierPage, UnknownDossier, dossier_page
from app.web.portal.paper import Paper, already_sent, open_to_write, opened
from app.web.portal.room import blueprint
from app.web.result_returns import allowed, connected, line_labels, offered, typed_of
from app.web.session import current_actor, remember_draft, require_proof

Errors = dict[str, list[str]]
#: Longer than any line may be; a draft is no place for a book.
LONGEST = 300


@blueprint.get("/ho-so-nhap/<draft_id>/nhan-ket-qua")
def return_step(draft_id: str) -> str | Response:
    """The step before the check page; where there is nothing to choose it leads on."""
    paper = opened(db.session(), draft_id, current_actor())
    if elsewhere := already_sent(db.session(), paper.draft) or _nothing_to_choose(paper):
        return elsewhere
    remember_draft(draft_id)
    return _step(paper, paper.draft.result_return, {})


@blueprint.post("/ho-so-nhap/<draft_id>/nhan-ket-qua")
def choose_in_draft(draft_id: str) -> tuple[str, int] | Response:
    """Keep the choice with the draft, and go on."""
    # Who was logged out meanwhile is asked to log in, and keeps what he typed.
    opened(db.session(), draft_id, current_actor())
    with transaction() as session:
        paper = open_to_write(session, draft_id, current_actor())
        if elsewhere := already_sent(session, paper.draft) or _nothing_to_choose(paper):
            return elsewhere
        try:
            paper.draft.result_return = read_choice(request.form).as_dict()
        except Invalid as refusal:
            return _step(paper, _typed(), refusal.errors), 422
    return redirect(url_for("portal.check", draft_id=draft_id), 303)


@blueprint.get("/ho-so/<code>/nhan-ket-qua")
def change_return(code: str) -> str:
    """The same for a dossier on its way."""
    page = _open(code)
    chosen = choice_of(db.session(), page.dossier.id)
    return _change(page, chosen.as_dict(), {})


@blueprint.post("/ho-so/<code>/nhan-ket-qua")
def save_return(code: str) -> tuple[str, int] | Response:
    """Keep another choice."""
    page = _open(code)
    try:
        choice = read_choice(request.form)
    except Invalid as refusal:
        return _change(page, _typed(), refusal.errors), 422
    with transaction() as session:
        choose_return(session, code, choice, allowed=allowed(), actor=current_actor(), at=now())
    flash(gettext("How you get the result is saved."), "success")
    return redirect(url_for("portal.status", code=code), 303)


def must_choose(paper: Paper) -> bool:
    """Whether the draft cannot be checked before its writer has been asked."""
    return paper.draft.result_return is None and offered(paper.version.catalogue)


def chosen_in(paper: Paper) -> ReturnChoice | None:
    """What the writer has chosen; nothing where the post is not offered (any more)."""
    kept = paper.draft.result_return
    return read_choice(kept) if kept and offered(paper.version.catalogue) else None


def can_change(page: DossierPage) -> bool:
    """Whether the reader may still choose, and has a choice."""
    try:
        ensure_still_open(page.dossier)
    except Conflict:
        return False
    return offered(page.version.catalogue) and may_choose(page.dossier, current_actor())


def _nothing_to_choose(paper: Paper) -> Response | None:
    if offered(paper.version.catalogue):
        return None
    return redirect(url_for("portal.check", draft_id=paper.draft.id), 303)


def _open(code: str) -> DossierPage:
    """The dossier for whose choice it is; raises UnknownDossier and TooLateToChoose."""
    require_proof(code)
    page = dossier_page(db.session(), code, current_actor())
    if not may_choose(page.dossier, current_actor()) or not offered(page.version.catalogue):
        raise UnknownDossier(code=code)
    ensure_still_open(page.dossier)
    return page


def _typed() -> dict[str, str]:
    return {name: request.form.get(name, "")[:LONGEST] for name in ("method", *RULES)}


def _step(paper: Paper, chosen: dict[str, Any] | None, errors: Errors) -> str:
    applicant = paper.draft.applicant
    known = {"recipient": applicant.get("name", ""), "phone": applicant.get("phone", "")}
    return _page(
        chosen,
        known,
        errors,
        caption=paper.version.catalogue.name,
        back_url=url_for("portal.apply", draft_id=paper.draft.id),
        button=gettext("Continue"),
    )


def _change(page: DossierPage, chosen: dict[str, Any], errors: Errors) -> str:
    dossier = page.dossier
    known = {"recipient": dossier.owner_name, "phone": dossier.owner_phone or ""}
    return _page(
        chosen,
        known,
        errors,
        caption=dossier.code,
        back_url=url_for("portal.status", code=dossier.code),
        button=gettext("Save"),
    )


def _page(
    chosen: dict[str, Any] | None,
    known: dict[str, str],
    errors: Errors,
    *,
    caption: str,
    back_url: str,
    button: str,
) -> str:
    known["province"] = current_app.config["PROVINCE_NAME"]
    return render_template(
        "portal/result_return.html",
        caption=caption,
        back_url=back_url,
        button=button,
        values=typed_of(chosen, known),
        labels=line_labels(),
        longest={name: rule.most for name, rule in RULES.items()},
        methods=list(ReturnMethod),
        followed=connected(),
        errors=errors,
    )
