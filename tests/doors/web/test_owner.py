"""Whose dossier it is: the account's own only when it is about the person of the account."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from app.domain.dossiers.model import Dossier
from app.domain.people.queries import person_by_username
from app.foundation.db import db
from tests.doors.web.answers import answers
from tests.doors.web.applying import APPLICANT, BUSINESS, begin, send
from tests.doors.web.page_client import Reader

OWN = {"owner_name": "nguyễn thị  mai", "owner_identity": "042000000001"}


@pytest.mark.parametrize(
    ("told", "own"),
    [
        (OWN, True),
        (OWN | {"owner_name": "Lê Thị Thanh"}, False),
        (OWN | {"owner_identity": "042000000009"}, False),
    ],
)
def test_an_account_owns_what_is_about_its_person(
    app: Flask, logged_in: Callable[[str], Reader], told: dict[str, str], own: bool
) -> None:
    citizen = logged_in("congdan1")
    form = begin(citizen).form("owner_name")
    given = APPLICANT | answers(app, BUSINESS, "application", form) | told
    code = send(form.send(given, button=("action", "check")))
    with app.app_context():
        person = person_by_username(db.session(), "congdan1")
        found = db.session().scalars(select(Dossier).where(Dossier.code == code)).one()
        assert found.owner_id == (person.id if own else None)
        assert found.submitter_id == person.id
    assert code in citizen.open("/ho-so-cua-toi").text
