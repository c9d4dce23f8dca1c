"""The templates of forms: valid, labelled, escaped, and they post what they show."""

from collections import Counter
from typing import Any

import pytest

from app.forms import FormInvalid, from_html, summary, validate, view
from tests.unit.forms.building import field, form_of
from tests.unit.forms.pages import controls, draw, posted, read

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
REQUIRED = {"required": True}
EVIL_OPTIONS = [{"value": EVIL, "label": EVIL}, {"value": "b", "label": "B"}]


def demanding(kind: str, key: str, **more: Any) -> dict[str, Any]:
    options = {"values": EVIL_OPTIONS} if "values" in field(kind) else {}
    return {**field(kind, key, **more), **options, "label": EVIL + key, "description": EVIL}


ROW = [
    demanding("textfield", "name", validate=REQUIRED),
    demanding("checkbox", "foreign"),
    demanding("textfield", "passport", conditional={"hide": "=not(this.foreign)"}),
    demanding("dynamiclist", "jobs", components=[demanding("number", "year", validate=REQUIRED)]),
]
FORM = form_of(
    {"type": "text", "text": f"# {EVIL}\n[{EVIL}](https://a.vn)"},
    demanding("radio", "kind", validate=REQUIRED),
    demanding("textfield", "org", conditional={"hide": '=kind != "b"'}),
    {
        **demanding("group", "owner", components=[demanding("textfield", "name")]),
        "description": None,
    },
    demanding("datetime", "birth", properties={"autocomplete": "bday"}),
    demanding("datetime", "meeting", subtype="datetime", validate=REQUIRED),
    demanding("datetime", "opens", subtype="time"),
    demanding("textarea", "reason", validate={"maxLength": 300}),
    demanding("textarea", "more", validate=REQUIRED),
    demanding("number", "capital", appearance={"prefixAdorner": EVIL, "suffixAdorner": EVIL}),
    demanding("select", "ward", validate=REQUIRED, properties={"autocomplete": "address-level2"}),
    demanding("checklist", "goods", validate=REQUIRED),
    demanding("taglist", "days"),
    demanding("filepicker", "papers", multiple=True, accept=".pdf"),
    demanding("filepicker", "photo", validate=REQUIRED),
    demanding("textfield", "office", readonly=True, defaultValue=EVIL),
    demanding("textfield", "email", validate={"validationType": "email"}),
    demanding("dynamiclist", "members", components=ROW, validate={"maxItems": 9}),
    {"type": "separator"},
    {"type": "group", "components": [demanding("checkbox", "agree", validate=REQUIRED)]},
)
GOOD: dict[str, Any] = {
    "kind": EVIL,
    "owner": {"name": EVIL},
    "birth": "1990-06-05",
    "meeting": "2027-06-05T08:30",
    "opens": "07:05",
    "reason": f"  {EVIL}\n  second line",
    "more": "m",
    "capital": 1234.5,
    "ward": EVIL,
    "goods": ["b"],
    "days": [EVIL, "b"],
    "papers": ["f1", "f2"],
    "photo": ["f3"],
    "email": "an@example.com",
    "members": [
        {"name": "A", "jobs": [{"year": 1999}, {"year": 2001}]},
        {"name": EVIL, "foreign": True, "passport": "P1"},
    ],
    "agree": True,
}
NAMES = {"f1": EVIL, "f2": "b.pdf"}


def errors_for(data: dict[str, Any]) -> dict[str, list[str]]:
    try:
        validate(FORM, data)
    except FormInvalid as refusal:
        return refusal.errors
    return {}


STATES: list[dict[str, Any] | None] = [
    None,
    {},
    GOOD,
    {"members": [{"jobs": [{}]}], "capital": EVIL, "meeting": EVIL, "unknown": 1, "reason": EVIL},
]


@pytest.fixture(scope="module", params=STATES, ids=["new", "empty", "good", "bad"])
def page(request: pytest.FixtureRequest) -> Any:
    data: dict[str, Any] | None = request.param
    errors = {} if data is None else errors_for(data)
    views = view(FORM, data, errors, file_names=NAMES)
    return read(draw(views, summary(FORM, data or {}, file_names=NAMES)))


def test_a_page_is_valid_and_ids_are_unique(page: Any) -> None:
    ids = Counter(one.get("id") for one in page.iter() if one.get("id"))
    assert [name for name, count in ids.items() if count > 1] == []


def test_every_input_has_its_label(page: Any) -> None:
    labelled = {one.get("for") for one in page.iter("label")}
    assert [one.get("name") for one in controls(page) if one.get("id") not in labelled] == []


def test_what_describes_an_input_is_there(page: Any) -> None:
    ids = {one.get("id") for one in page.iter()}
    described = [word for one in page.iter() for word in one.get("aria-describedby", "").split()]
    assert [word for word in described if word not in ids] == []


def test_error_links_lead_to_something(page: Any) -> None:
    ids = {one.get("id") for one in page.iter()}
    links = [one.get("href") for one in page.iter("a") if (one.get("href") or "").startswith("#")]
    assert [link for link in links if link[1:] not in ids] == []


def test_choices_stand_in_a_fieldset_with_a_legend(page: Any) -> None:
    for fieldset in page.iter("fieldset"):
        assert fieldset[0].tag == "legend"
        assert "".join(fieldset[0].itertext()).strip()


def test_nothing_that_people_write_becomes_markup(page: Any) -> None:
    assert list(page.iter("script")) == []
    assert list(page.iter("img")) == []
    handlers = [name for one in page.iter() for name in one.attrib if name.startswith("on")]
    assert handlers == []
    assert [one.tag for one in page.iter() if "style" in one.attrib] == []


def test_a_page_posts_what_it_shows() -> None:
    clean = validate(FORM, GOOD)
    files = {"papers": ["f1", "f2"], "photo": ["f3"]}
    post = posted(read(draw(view(FORM, clean))))
    assert validate(FORM, from_html(FORM, post, files)) == clean


def test_answers_lead_back_to_their_questions() -> None:
    rows = summary(FORM, GOOD, file_names=NAMES)
    page = read(draw(view(FORM, GOOD), rows))
    ids = {one.get("id") for one in page.iter()}
    hrefs = (one.get("href") or "" for one in page.iter("a"))
    links = [href for href in hrefs if "/change" in href]
    assert len(links) > 15
    assert [link for link in links if link.removeprefix("/change#") not in ids] == []
    assert [one.get("href") for one in page.iter("a") if one.text == "b.pdf"] == ["/files/f2"]


def test_without_a_list_there_is_no_hidden_button() -> None:
    assert list(read(draw(view(form_of(field("textfield"))))).iter("button")) == []
    buttons = list(read(draw(view(FORM, GOOD))).iter("button"))
    assert buttons[0].get("name") is None
    assert {button.get("name") for button in buttons[1:]} == {"_add", "_remove"}


def test_an_error_says_that_it_is_one() -> None:
    html = draw(view(FORM, {}, errors_for({})))
    messages = [one for one in read(html).iter("p") if one.get("class") == "govuk-error-message"]
    assert len(messages) >= 7
    assert all("".join(one.itertext()).strip().startswith("Error:") for one in messages)
