"""In pages: without a number at hand, a code from the mailbox opens the dossier."""

import re
from collections.abc import Callable

from flask import Flask

from tests.doors.web.applying import APPLICANT, applied
from tests.doors.web.page_client import Page, Reader
from tests.support.mailbox import Mailbox

ASK = "/tra-cuu/gui-ma"


def ask(reader: Reader, code: str, status: int = 200) -> Page:
    """Press “send me a code” on the lookup page."""
    token = reader.open("/tra-cuu").form("identity").held()["csrf_token"]
    return reader.post(ASK, {"csrf_token": token, "code": code}, status=status)


def digits_in(mailbox: Mailbox) -> str:
    (mail,) = [one for one in mailbox.deliver() if one.to == APPLICANT["owner_email"]]
    found = re.search(r": (\d{6})$", mail.subject)
    assert found is not None, mail.subject
    assert found[1] in mail.text
    return found[1]


def test_a_code_by_mail_opens_the_dossier(app: Flask, reader: Reader, mailbox: Mailbox) -> None:
    code = applied(app, reader)
    other = Reader(app.test_client())
    page = ask(other, code.lower())
    assert page.path == "/tra-cuu/ma"
    assert 'name="claim"' not in page.html
    digits = digits_in(mailbox)
    wrong = page.form("digits").send(digits="12", status=422)
    assert wrong.form("digits").send(digits=digits).path == f"/ho-so/{code}"
    third = Reader(app.test_client())
    third.open(f"/tra-cuu/ma?code={code}").form("digits").send(digits=digits, status=422)


def test_an_unknown_code_gets_the_same_page_and_no_letter(
    app: Flask, reader: Reader, mailbox: Mailbox
) -> None:
    code = applied(app, reader)
    known, unknown = ask(reader, code), ask(reader, "H27.30-200101-0001")
    assert known.text.replace(code, "") == unknown.text.replace("H27.30-200101-0001", "")
    assert len(mailbox.deliver()) == 1
    assert "H27.01-241101-0001" in ask(reader, "?", status=422).text


def test_whoever_has_an_account_takes_it_over_with_the_code(
    app: Flask, reader: Reader, logged_in: Callable[[str], Reader], mailbox: Mailbox
) -> None:
    code = applied(app, reader)
    mine, theirs = logged_in("congdan1"), logged_in("congdan2")
    form = ask(mine, code).form("digits")
    form.send(digits=digits_in(mailbox), claim="yes")
    assert code in mine.open("/ho-so-cua-toi?folder=sent").text
    late = ask(theirs, code).form("digits")
    page = late.send(digits=digits_in(mailbox), claim="yes")
    assert "đã thuộc một tài khoản" in page.text
    assert code not in theirs.open("/ho-so-cua-toi?folder=sent").text


def test_an_officer_of_another_unit_is_turned_away_with_the_code_as_well(
    app: Flask, reader: Reader, logged_in: Callable[[str], Reader], mailbox: Mailbox
) -> None:
    code = applied(app, reader)
    officer = logged_in("tai.cambinh")
    form = ask(officer, code).form("digits")
    form.send(digits=digits_in(mailbox), status=403)
