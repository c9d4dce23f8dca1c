"""A visitor who checks every page it opens, reads it like a person and fills in its forms."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from io import BytesIO
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tests.support import papers

#: A file is (name, bytes).
Upload = tuple[str, bytes]
LABELLED = frozenset({"input", "select", "textarea"})
UNLABELLED_TYPES = frozenset({"hidden", "submit", "button"})
#: html5lib knows HTML as it was in 2015 and minds what is allowed by now.
TOLERATED: frozenset[str] = frozenset()
PDF = papers.PDF


class PageInvalid(AssertionError):
    """The page is not what a page must be."""


class Reader:
    """Opens pages, follows redirects one by one, remembers cookies."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.at = "/"

    def open(self, address: str, *, status: int = 200) -> "Page":
        """The page at the address, after redirects."""
        return self._arrive(self.client.get(address), address, status)

    def post(self, address: str, data: Any, *, status: int = 200) -> "Page":
        """The page a post leads to; every redirect after a post is a 303."""
        answer = self.client.post(
            address, data=data, content_type="multipart/form-data", buffered=True
        )
        if answer.location and answer.status_code != 303:
            raise PageInvalid(f"{address} answers a post with {answer.status_code}")
        return self._arrive(answer, address, status)

    def log_in(self, username: str, password: str) -> "Page":
        """Through the log-in page, as everybody."""
        form = self.open("/dang-nhap").form("password")
        return form.send(username=username, password=password)

    def log_out(self) -> None:
        """Through the button in the header."""
        self.open("/").form(action="/dang-xuat").send()

    def _arrive(self, answer: TestResponse, address: str, status: int) -> "Page":
        while answer.location:
            address = urljoin(address, answer.location)
            answer = self.client.get(address)
        if answer.status_code != status:
            raise PageInvalid(f"{address}: {answer.status_code}, not {status}\n{_plain(answer)}")
        self.at = urlsplit(address).path
        return Page(reader=self, path=self.at, html=answer.get_data(as_text=True))


def _plain(answer: TestResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)))[:3000]


@dataclass(kw_only=True)
class Page:
    """A page that has passed every check."""

    reader: Reader
    path: str
    html: str
    root: Element = field(init=False)

    def __post_init__(self) -> None:
        self.root = parse(self.html)
        check(self.root, self.html)

    @property
    def text(self) -> str:
        """What a person reads in the main part."""
        main = next(one for one in self.root.iter("main"))
        return words(main)

    @property
    def heading(self) -> str:
        """The one main heading."""
        return words(next(self.root.iter("h1")))

    def form(self, field_name: str = "", *, action: str = "") -> "Form":
        """The form that has the field, or that is sent to the address."""
        for element in self.root.iter("form"):
            named = any(one.get("name") == field_name for one in element.iter())
            if (field_name and named) or (action and element.get("action") == action):
                return Form(page=self, element=element)
        raise PageInvalid(f"{self.path} has no form with {field_name or action}:\n{self.text}")

    def link(self, words_of_link: str) -> "Page":
        """Follow the first link with these words."""
        for element in self.root.iter("a"):
            if words_of_link in words(element):
                return self.reader.open(urljoin(self.path, element.get("href", "")))
        raise PageInvalid(f"{self.path} has no link “{words_of_link}”:\n{self.text}")


@dataclass(kw_only=True)
class Form:
    """A form with what it already holds."""

    page: Page
    element: Element

    @property
    def names(self) -> set[str]:
        """Names of the inputs."""
        return {one.get("name", "") for one in self.element.iter() if one.get("name")}

    def held(self) -> MultiDict[str, Any]:
        """What a browser would send if nothing were typed."""
        return MultiDict(pair for one in self.element.iter() for pair in _held(one))

    def send(
        self,
        answers: Mapping[str, Any] | None = None,
        *,
        button: tuple[str, str] | None = None,
        status: int = 200,
        **more: Any,
    ) -> Page:
        """Type the answers and press a button (its name and value)."""
        data = self.held()
        for name, value in {**(answers or {}), **more}.items():
            if name not in self.names:
                raise PageInvalid(f"the form has no {name}; it has {sorted(self.names)}")
            data.setlist(
                name, [_file(one) for one in (value if isinstance(value, list) else [value])]
            )
        if button:
            data.add(*button)
        action = self.element.get("action") or self.page.path
        if self.element.get("method", "get").lower() == "get":
            query = "&".join(f"{name}={value}" for name, value in data.items(multi=True))
            return self.page.reader.open(f"{action}?{query}")
        return self.page.reader.post(action, data, status=status)


def _file(value: Any) -> Any:
    return (BytesIO(value[1]), value[0]) if isinstance(value, tuple) else value


def _held(element: Element) -> Iterator[tuple[str, str]]:
    name = element.get("name")
    if not name:
        return
    if element.tag == "textarea":
        yield name, (element.text or "").removeprefix("\n")
    elif element.tag == "select":
        chosen = [one for one in element.iter("option") if "selected" in one.attrib]
        options = chosen or list(element.iter("option"))[:1]
        yield from ((name, one.get("value", words(one))) for one in options)
    elif element.tag == "input" and element.get("type") in ("checkbox", "radio"):
        if "checked" in element.attrib:
            yield name, element.get("value", "on")
    elif element.tag == "input" and element.get("type") not in ("file", "submit", "button"):
        yield name, element.get("value", "")


def parse(html: str) -> Element:
    """The page as a tree; raises PageInvalid for HTML that browsers would have to repair."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    root: Element = parser.parse(html)
    wrong = [
        f"line {place[0]}: {code} {told}"
        for place, code, told in parser.errors
        if code not in TOLERATED
    ]
    if wrong:
        raise PageInvalid("not valid HTML: " + "; ".join(wrong))
    return root


def words(element: Element) -> str:
    """The text of an element, white space made uniform."""
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()


def check(root: Element, html: str) -> None:
    """What every page owes its reader."""
    every = [one for one in root.iter() if isinstance(one.tag, str)]
    for problem in (
        *_title(root),
        *_headings(every),
        *_ids(every),
        *_labels(every),
        *_inline(every),
        *_forms(every),
        *_messages(html),
    ):
        raise PageInvalid(problem)


def _title(root: Element) -> Iterator[str]:
    title = root.find("head/title")
    if title is None or not words(title).removesuffix("– Một Cửa").strip():
        yield "the page has no title"
    if root.get("lang") not in ("vi", "en"):
        yield "the page does not say its language"


def _headings(every: list[Element]) -> Iterator[str]:
    mains = [words(one) for one in every if one.tag == "h1"]
    if len(mains) != 1:
        yield f"there must be one h1, not {mains}"
    if any(re.fullmatch(r"h[1-6]", one.tag) and not words(one) for one in every):
        yield "a heading is empty"


def _ids(every: list[Element]) -> Iterator[str]:
    ids = [one.get("id", "") for one in every if "id" in one.attrib]
    twice = {one for one in ids if ids.count(one) > 1}
    if twice or "" in ids:
        yield f"ids are not unique: {sorted(twice)}"
    for one in every:
        for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            for wanted in one.get(attribute, "").split():
                if wanted not in ids:
                    yield f"{attribute}={wanted} points nowhere"
        href = one.get("href", "")
        if one.tag == "a" and href.startswith("#") and href[1:] not in ids:
            yield f"the link {href} points nowhere"


def _labels(every: list[Element]) -> Iterator[str]:
    labelled = {one.get("for") for one in every if one.tag == "label" and words(one)}
    for one in every:
        if one.tag in LABELLED and one.get("type") not in UNLABELLED_TYPES:
            named = one.get("id") in labelled or one.get("aria-label") or one.get("aria-labelledby")
            if not named:
                yield f"<{one.tag} name={one.get('name')}> has no label"
        if one.tag in ("button", "a") and not (words(one) or one.get("aria-label")):
            yield f"a <{one.tag}> says nothing"
        if one.tag == "img" and "alt" not in one.attrib:
            yield "an image has no text"


def _inline(every: list[Element]) -> Iterator[str]:
    for one in every:
        code = one.tag == "script" and one.get("type") != "application/json"
        if code and (one.text or "").strip():
            yield "a script stands in the page"
        if one.tag == "style" or "style" in one.attrib:
            yield f"a style stands in the page: <{one.tag} {one.attrib}>"
        handlers = [name for name in one.attrib if str(name).startswith("on")]
        if handlers:
            yield f"<{one.tag}> has {handlers}"


def _forms(every: list[Element]) -> Iterator[str]:
    for one in every:
        posts = one.tag == "form" and one.get("method", "get").lower() == "post"
        if posts and not any(inner.get("name") == "csrf_token" for inner in one.iter()):
            yield f"the form to {one.get('action')} has no token"


class _Texts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def _messages(html: str) -> Iterator[str]:
    """Placeholders that nobody filled in."""
    reader = _Texts()
    reader.feed(html)
    text = " ".join(reader.found)
    for leak in re.findall(r"%\(\w+\)s|\{\{|\}\}|LazyString|<bound method|None None", text):
        yield f"the page says {leak!r}"
