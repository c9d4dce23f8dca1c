"""Following a dossier, with and without an account."""

from collections.abc import Callable

from flask import Flask

from tests.doors.web.applying import APPLICANT, applied
from tests.doors.web.page_client import Reader


def look_up(reader: Reader, code: str, identity: str, status: int = 200) -> str:
    """The path of the page that the lookup leads to."""
    form = reader.open("/tra-cuu").form("identity")
    return form.send(code=code, identity=identity, status=status).path


def test_code_and_identity_number_open_a_dossier(app: Flask, reader: Reader) -> None:
    code = applied(app, reader)
    other = Reader(app.test_client())
    assert other.open(f"/ho-so/{code}").path == "/tra-cuu"
    assert look_up(other, code.lower(), APPLICANT["owner_identity"]) == f"/ho-so/{code}"
    assert other.open(f"/ho-so/{code}").path == f"/ho-so/{code}"


def test_knowing_the_e_mail_address_opens_nothing(app: Flask, reader: Reader) -> None:
    code = applied(app, reader)
    other = Reader(app.test_client())
    look_up(other, code, APPLICANT["owner_email"], status=422)


def test_a_wrong_pair_looks_like_a_dossier_that_does_not_exist(app: Flask, reader: Reader) -> None:
    code = applied(app, reader)
    other = Reader(app.test_client())
    texts = set()
    for told, secret in (
        (code, "000000000000"),
        ("H27.30-241104-9999", "000000000000"),
        (code, ""),
    ):
        form = other.open("/tra-cuu").form("identity")
        page = form.send(code=told, identity=secret, status=422)
        texts.add(page.text.split("Mã hồ sơ")[0])
    assert len(texts) == 1


def test_nobody_else_sees_a_citizens_dossier_or_its_files(
    app: Flask, logged_in: Callable[[str], Reader]
) -> None:
    mine = logged_in("congdan1")
    code = applied(app, mine)
    status = mine.open(f"/ho-so/{code}")
    file = next(a.get("href", "") for a in status.root.iter("a") if "/tep/" in a.get("href", ""))
    assert mine.client.get(file).status_code == 200
    for stranger in (logged_in("congdan2"), logged_in("quyen.cambinh")):
        stranger.open(f"/ho-so/{code}", status=404)
        stranger.open(file, status=404)
    assert Reader(app.test_client()).client.get(file).status_code == 404
    assert logged_in("linh.camxuyen").client.get(file).status_code == 200
    assert logged_in("kiemtra").client.get(file).status_code == 200


def test_my_dossiers_lists_what_i_sent_and_what_i_have_begun(
    app: Flask, logged_in: Callable[[str], Reader]
) -> None:
    mine = logged_in("congdan1")
    empty = mine.open("/ho-so-cua-toi")
    assert "H27" not in empty.text
    codes = {applied(app, mine) for _ in range(2)}
    page = mine.open("/ho-so-cua-toi")
    assert all(code in page.text for code in codes)
    assert mine.open("/ho-so-cua-toi?before=1").path == "/ho-so-cua-toi"


def test_a_file_is_never_shown_inside_our_pages(app: Flask, reader: Reader) -> None:
    code = applied(app, reader)
    page = reader.open(f"/ho-so/{code}")
    file = next(a.get("href", "") for a in page.root.iter("a") if "/tep/" in a.get("href", ""))
    answer = reader.client.get(file)
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "no-store" in answer.headers["Cache-Control"]
