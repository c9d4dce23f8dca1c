"""No page of citizens is a burden on a slow line: at most 150 KB when it is opened first.

Pages that `test_every_page` does not visit are
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
#: Applications that are filled in part by part, with the number of their longest part.
FORMS = {"dang-ky-khai-sinh": 2, "hoi-nghi-quoc-te": 4}


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
        for form, longest in FORMS.items():
            draft = f"/ho-so-nhap/{draft_of(app, form)}"
            addresses += [draft, f"{draft}/phan/{longest}"]
    weights, barriers = {}, {}
    others = {path.format(**places) for path in MORE[person]}
    for address in addresses:
        weights[address] = weight_of(visitor, address)
        barriers[address] = violations(visitor.page) if address in others else []
    visitor.leave()
    assert {path: found for path, found in barriers.items() if found} == {}
    assert min(weights.values()) > 1000
    assert {path: size for path, size in weights.items() if size > MOST_BYTES} == {}
