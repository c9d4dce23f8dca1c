"""Drafts to go on with: where each stands, and how long it is kept."""

from dataclasses import dataclass
from datetime import date, datetime

from flask import current_app, url_for
from sqlalchemy.orm import Session

from app.domain.dossiers.drafts import is_begun, keeping_of
from app.domain.dossiers.model import Draft
from app.forms import answered
from app.foundation.actor import Actor
from app.queries.definitions import loaded_version
from app.web.portal import applicants
from app.web.portal.paper import missing


@dataclass(frozen=True, kw_only=True)
class Begun:
    """One draft as lists show it."""

    procedure_name: str
    case_name: str
    url: str
    check_url: str
    delete_url: str
    created_at: datetime
    updated_at: datetime
    #: The last day on which it is there.
    kept_until: date
    #: Questions answered, those about the applicant included.
    answered: int
    #: Answers that are missing or wrong; none when it can be sent.
    left: int


def begun(session: Session, draft: Draft, actor: Actor) -> Begun:
    """Where the draft stands; reads nothing that its version does not hold."""
    version = loaded_version(session, draft.version_id)
    case = version.case(draft.case_key)
    form = version.form(case.application_form)
    return Begun(
        procedure_name=version.catalogue.name,
        case_name=case.name if len(version.catalogue.cases) > 1 else "",
        url=url_for("portal.apply", draft_id=draft.id),
        check_url=url_for("portal.check", draft_id=draft.id),
        delete_url=url_for("portal.ask_to_delete", draft_id=draft.id),
        created_at=draft.created_at,
        updated_at=draft.updated_at,
        kept_until=kept_until(draft),
        answered=applicants.answered(draft.applicant) + answered(form, draft.data),
        left=sum(len(errors) for errors in missing(draft, form, actor)),
    )


def kept_until(draft: Draft) -> date:
    """The last day on which the draft is there, if nobody writes in it."""
    return keeping_of(current_app.config).last_day(draft.updated_at)


def saved_at(draft: Draft) -> datetime | None:
    """When the draft was saved last; a click on the start button alone saves nothing."""
    return draft.updated_at if is_begun(draft) else None
