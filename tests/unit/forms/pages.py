"""Draws the templates of forms without an application, and reads the pages back."""

from collections.abc import Iterator
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    Template,
)
from werkzeug.datastructures import MultiDict

PAGE = """{% from "forms/fields.html" import answers, error_summary, render_fields -%}
<!DOCTYPE html><html lang="vi"><head><title>Form</title></head><body><main>
{{ error_summary(views) }}<form method="post">{{ render_fields(views) }}</form>
{{ answers(rows, "/change", file_url) }}</main></body></html>"""


def draw(views: Any, rows: Any = ()) -> str:
    return template().render(views=views, rows=rows, file_url=lambda file: f"/files/{file}")


@cache
def template() -> Template:
    components = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    environment = Environment(
        loader=ChoiceLoader([FileSystemLoader("app/web/templates"), components]),
        autoescape=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_null_translations(newstyle=True)  # type: ignore[attr-defined] # by i18n
    # What pages of the application know of files; without one there is nothing to tell.
    environment.globals.update(
        file_card=lambda _file_id: None, upload_place=lambda: None, upload_words=lambda: None
    )
    environment.filters.update(acceptable=lambda accept: accept, upload_rules=lambda accept: accept)
    return environment.from_string(PAGE)


def read(html: str) -> Element:
    """The page as a tree; raises where the HTML is not valid."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree: Element = parser.parse(html)
    return tree


def controls(page: Element) -> list[Element]:
    """Everything that can be filled in, hidden inputs not."""
    shown = (one for one in page.iter() if one.get("type") != "hidden")
    return [one for one in shown if one.tag in ("input", "select", "textarea")]


def posted(page: Element) -> MultiDict[str, str]:
    """What a browser sends when nothing is touched."""
    return MultiDict(pair for one in page.iter() for pair in _pairs(one))


def _pairs(one: Element) -> Iterator[tuple[str, str]]:
    name = one.get("name", "")
    if one.tag == "textarea":
        yield name, one.text or ""
    elif one.tag == "select":
        yield from (
            (name, option.get("value", "")) for option in one if "selected" in option.attrib
        )
    elif one.tag == "input" and one.get("type") in ("checkbox", "radio"):
        if "checked" in one.attrib:
            yield name, one.get("value", "")
    elif one.tag == "input" and one.get("type") != "file":
        yield name, one.get("value", "")
