"""The band on top of a page."""

import re

from tests.doors.web.page_client import Page

_ACTIVE = re.compile(r'govuk-service-navigation__item--active">(.*?)</li>', re.DOTALL)


def marked(page: Page) -> str:
    """The words of the one door that the page says it lies behind."""
    (found,) = _ACTIVE.findall(page.html)
    return " ".join(re.sub(r"<[^>]*>", " ", found).split())
