"""A long application as a list of its parts: what is done, what is still to do."""

from collections.abc import Iterator
from typing import Any

from flask import render_template, url_for

from app.forms import ErrorLink, Progress, progress, view
from app.foundation.db import db
from app.web.form_posts import Errors
from app.web.portal import applicants
from app.web.portal.begun import kept_until, saved_at
from app.web.portal.paper import Paper, address_of, asked_places, replaced
from app.web.portal.places import Place


def page(paper: Paper, in_block: Errors, in_form: Errors, *, checking: bool) -> str:
    """The list; while checking it leads to every question that keeps the draft from being sent."""
    draft = paper.draft
    tasks = [
        {
            "title": place.title,
            "url": address_of(draft, place),
            "progress": _progress(paper, place, in_block, in_form),
        }
        for place in asked_places(paper)
    ]
    return render_template(
        "portal/task_list.html",
        catalogue=paper.version.catalogue,
        case=paper.case,
        tasks=tasks,
        left=sum(task["progress"] not in _SETTLED for task in tasks),
        unsettled=list(_links(paper, in_block, in_form)) if checking else [],
        replaces=replaced(db.session(), draft),
        check_url=url_for("portal.check", draft_id=draft.id),
        back_url=url_for("portal.procedure", key=paper.version.key),
        delete_url=url_for("portal.ask_to_delete", draft_id=draft.id),
        saved_at=saved_at(draft),
        kept_until=kept_until(draft),
    )


#: Nothing of these parts keeps the draft from being sent.
_SETTLED = (Progress.DONE, Progress.OPTIONAL)


def _progress(paper: Paper, place: Place, in_block: Errors, in_form: Errors) -> Progress:
    if place.section is not None:
        return progress(paper.form, place.section, paper.draft.data, in_form)
    if not in_block:
        return Progress.DONE
    begun = applicants.answered(paper.draft.applicant)
    return Progress.IN_PROGRESS if begun else Progress.NOT_BEGUN


def _links(paper: Paper, in_block: Errors, in_form: Errors) -> Iterator[ErrorLink]:
    """Every problem with the part it is in, as parts ask the same of different people."""
    left = dict(in_form)
    for place in asked_places(paper):
        page = url_for("portal.apply", draft_id=paper.draft.id, number=place.number, check=1)
        here = {path: left.pop(path) for path in list(left) if place.asks(path)}
        for link in (*_of_block(place, in_block), *_of_part(paper, place, here)):
            yield ErrorLink(text=f"{place.title}: {link.text}", href=page + link.href)
    for told in left.values():
        yield from (ErrorLink(text=text, href="") for text in told)


def _of_block(place: Place, in_block: Errors) -> Iterator[ErrorLink]:
    if place.applicant:
        for name, told in in_block.items():
            yield from (ErrorLink(text=text, href=f"#{name}") for text in told)


def _of_part(paper: Paper, place: Place, errors: Errors) -> Iterator[ErrorLink]:
    if errors:
        fields: Any = view(paper.form, paper.draft.data or None, errors, part=place.part)
        for field in fields:
            yield from field.error_links
