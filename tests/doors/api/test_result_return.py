"""Programs choose how the result comes back, too."""

import pytest
from flask import Flask

from tests.doors.api.support import BIRTH, Caller
from tests.support.postal import POST


@pytest.fixture
def postal(app: Flask) -> Flask:
    app.config["POSTAL_RETURN"] = True
    return app


def test_an_address_is_kept_and_told(postal: Flask, mai: Caller) -> None:
    answer = mai.submit(BIRTH, result_return=POST)
    assert answer.status_code == 201
    assert mai.get(f"/dossiers/{answer.json['code']}").json["result_return"] == POST
    again = mai.submit(BIRTH)
    told = mai.get(f"/dossiers/{again.json['code']}").json["result_return"]
    assert told == {"method": "counter"}


def test_every_line_is_checked_under_its_name(postal: Flask, mai: Caller) -> None:
    answer = mai.submit(BIRTH, result_return=POST | {"phone": "1", "street": ""})
    assert answer.status_code == 422
    assert set(answer.json["errors"]) == {"result_return.phone", "result_return.street"}


def test_where_the_province_sends_nothing_it_says_so(mai: Caller) -> None:
    answer = mai.submit(BIRTH, result_return=POST)
    assert list(answer.json["errors"]) == ["result_return.method"]


def test_a_key_does_not_speak_for_another_address(postal: Flask, mai: Caller) -> None:
    assert mai.submit(BIRTH, key="k", result_return=POST).status_code == 201
    assert mai.submit(BIRTH, key="k", result_return=POST).status_code == 201
    assert mai.submit(BIRTH, key="k", result_return={"method": "counter"}).status_code == 422
