"""No page of citizens is a burden on a slow line: at most 150 KB when it is opened first.

The forms of applications are allowed a little more. Pages that `test_every_page` does not visit are
looked at with axe as well.
"""

from collections.abc import Mapping

import pytest
from flask import Flask
from playwright.sync_api import Browser

from tests.browser.axe import violations
from tests.browser.visitor import PHONE, Visitor
from tests.browser.weighing import MOST_BYTES, weight_of
from tests.support.pages import CITIZEN, CITIZEN_PAGES, MORE, draft_of, scenes
from tests.support.server import Server

pytestmark = pytest.mark.browser
#: Steps of an application that are no form.
ELSEWHERE = ("/kiem-tra", "/nhan-ket-qua")
MOST_BYTES_OF_FORM = 160_000
#: The longest pages there are.
FORMS = ("dang-ky-khai-sinh", "hoi-nghi-quoc-te")


@pytest.fixture
def places(app: Flask) -> Mapping[str, str]:
    return scenes(app)


@pytest.mark.parametrize("person", ["", CITIZEN], ids=["visitor", "citizen"])
def test_the_first_visit_of_every_page_is_light_and_without_barriers(
    app: Flask, places: Mapping[str, str], server: Server, browser: Browser, person: str
) -> None:
    visitor = Visitor(browser, f"http://127.0.0.1:{server.port}", "weight", PHONE)
    addresses = [path.format(**places) for path in CITIZEN_PAGES[person]]
    if person:
        visitor.log_in(person)
        addresses += [f"/ho-so-nhap/{draft_of(app, form)}" for form in FORMS]
    weights, barriers = {}, {}
    others = {path.format(**places) for path in MORE[person]}
    for address in addresses:
        weights[address] = weight_of(visitor, address)
        barriers[address] = violations(visitor.page) if address in others else []
    visitor.leave()
    assert {path: found for path, found in barriers.items() if found} == {}
    assert min(weights.values()) > 1000
    assert {path: size for path, size in weights.items() if size > _most(path)} == {}


def _most(address: str) -> int:
    """An application brings its whole form at once, and pages leave uncompressed."""
    is_form = address.startswith("/ho-so-nhap/") and not address.endswith(ELSEWHERE)
    return MOST_BYTES_OF_FORM if is_form else MOST_BYTES
