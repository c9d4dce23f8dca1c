"""In pages: an account takes a visitor's dossier over."""

from collections.abc import Callable

from flask import Flask

from tests.doors.web.applying import APPLICANT, applied
from tests.doors.web.page_client import Reader

ADDRESS = "/ho-so-cua-toi/them"


def test_a_dossier_sent_without_account_comes_among_mine(
    app: Flask, reader: Reader, logged_in: Callable[[str], Reader]
) -> None:
    code = applied(app, reader)
    mine = logged_in("congdan1")
    page = mine.open("/ho-so-cua-toi?lang=en").link("Add a dossier sent without an account")
    assert page.path == ADDRESS
    wrong = page.form("identity").send(code=code, identity="042000000000", status=422)
    unknown = page.form("identity").send(
        code="H27.30-200101-0001", identity=APPLICANT["owner_identity"], status=422
    )
    assert "No dossier sent without an account fits" in wrong.text
    assert "No dossier sent without an account fits" in unknown.text
    assert "042000000000" not in wrong.html
    taken = page.form("identity").send(code=code.lower(), identity=APPLICANT["owner_identity"])
    assert taken.path == f"/ho-so/{code}"
    assert code in mine.open("/ho-so-cua-toi?folder=sent").text
    assert "Add it to my dossiers" not in taken.text


def test_guessing_is_slowed_down(
    app: Flask, reader: Reader, logged_in: Callable[[str], Reader]
) -> None:
    app.config["GUESS_RATE_LIMIT"] = "2 per minute"
    code = applied(app, reader)
    form = logged_in("congdan1").open(ADDRESS).form("identity")
    for _ in range(2):
        form.send(code=code, identity="042000000000", status=422)
    form.send(code=code, identity="042000000000", status=429)


def test_the_page_of_a_dossier_leads_there(
    app: Flask, reader: Reader, logged_in: Callable[[str], Reader]
) -> None:
    code = applied(app, reader)
    mine = logged_in("congdan1")
    lookup = mine.open("/tra-cuu?lang=en").form("identity")
    opened = lookup.send(code=code, identity=APPLICANT["owner_identity"])
    claim = opened.link("Add it to my dossiers")
    assert claim.path == ADDRESS
    assert f'value="{code}"' in claim.html


def test_officers_have_no_such_page(logged_in: Callable[[str], Reader]) -> None:
    logged_in("linh.camxuyen").open(ADDRESS, status=403)
