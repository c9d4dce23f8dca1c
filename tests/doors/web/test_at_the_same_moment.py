"""Impatient fingers: the same button, many times, at once, on both databases."""

from concurrent.futures import ThreadPoolExecutor

from flask import Flask
from sqlalchemy import func, select

from app.domain.dossiers.model import Dossier
from app.foundation.db import db
from tests.doors.web.applying import begin, fill_in
from tests.doors.web.page_client import Form, Reader

CLICKS = 6


def click(app: Flask, reader: Reader, form: Form) -> tuple[int, str]:
    """One more browser with the same session presses the same button."""
    twin = app.test_client()
    cookie = reader.client.get_cookie("session")
    assert cookie is not None
    twin.set_cookie("session", cookie.value)
    data = form.held()
    data["declaration"] = "yes"
    answer = twin.post(form.page.path, data=data)
    return answer.status_code, answer.location or ""


def test_many_clicks_at_the_same_moment_make_one_dossier(any_app: Flask) -> None:
    reader = Reader(any_app.test_client())
    form = fill_in(any_app, begin(reader)).form("declaration")
    with ThreadPoolExecutor(CLICKS) as fingers:
        waiting = [fingers.submit(click, any_app, reader, form) for _ in range(CLICKS)]
        told = {one.result() for one in waiting}
    ((status, location),) = told
    assert status == 303
    assert location.endswith("/da-gui")
    with any_app.app_context():
        assert db.session().scalar(select(func.count()).select_from(Dossier)) == 1
