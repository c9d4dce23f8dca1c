"""Fills any form-js form with the first thing that fits: the way an unsurprising case goes."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

#: Tried in turn where a question wants a pattern.
TEXTS = (
    "Nội dung thử",
    "042000000001",
    "0900000001",
    "0123456789",
    "4711",
    "someone@example.vn",
    "H27.01-241104-0001",
)
DAY = "2024-11-04"
MOMENT = "2024-11-04T08:30:00+07:00"


def fill(form: Mapping[str, Any], choose: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Answers to every question that wants one; `choose` overrides answers by key.

    First options lead to acceptance and approval in every shipped form. What does not apply is
    filled in as well; the platform drops it.
    """
    return _scope(form["components"], choose or {})


def _scope(components: list[dict[str, Any]], choose: Mapping[str, Any]) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for component in components:
        for path, value in _answers(component, choose):
            _put(answers, path, value)
    return answers


def _answers(component: Mapping[str, Any], choose: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    if component["type"] == "group":
        inner = _scope(component["components"], choose)
        yield from [(component["path"], inner)] if component.get("path") else inner.items()
    elif component["type"] == "dynamiclist":
        rows = choose.get(component["path"], [_scope(component["components"], choose)])
        yield component["path"], rows
    elif key := component.get("key"):
        value = choose.get(key, _value(component))
        if value is not None:
            yield key, value


def _put(answers: dict[str, Any], path: str, value: Any) -> None:
    """Dots in a key are steps into an object; two groups may share one."""
    *way, last = path.split(".")
    for part in way:
        answers = answers.setdefault(part, {})
    if isinstance(value, dict) and isinstance(answers.get(last), dict):
        answers[last].update(value)
    else:
        answers[last] = value


def _value(component: Mapping[str, Any]) -> Any:
    """None leaves the question unanswered."""
    if component.get("readonly") or component.get("disabled"):
        return None
    if "defaultValue" in component:
        return component["defaultValue"]
    # A file must be uploaded first; where one is demanded, the caller chooses it.
    if component["type"] == "filepicker":
        return None
    if not (component.get("validate") or {}).get("required"):
        return None
    return FIRST_FIT[component["type"]](component)


def _text(component: Mapping[str, Any]) -> str:
    rules = component["validate"]
    if rules.get("validationType") == "email":
        return "someone@example.vn"
    if rules.get("validationType") == "phone":
        return "0900000001"
    wanted = re.compile(rules.get("pattern", ""))
    most = rules.get("maxLength", 10_000)
    return next(text for text in TEXTS if wanted.search(text) and len(text) <= most)


def _time(component: Mapping[str, Any]) -> str:
    return DAY if component.get("subtype", "date") == "date" else MOMENT


def _first_option(component: Mapping[str, Any]) -> Any:
    return component["values"][0]["value"]


def _first_options(component: Mapping[str, Any]) -> list[Any]:
    return [_first_option(component)]


FIRST_FIT: dict[str, Callable[[Mapping[str, Any]], Any]] = {
    "textfield": _text,
    "textarea": _text,
    "number": lambda component: component["validate"].get("min", 1),
    "datetime": _time,
    "checkbox": lambda _: True,
    "radio": _first_option,
    "select": _first_option,
    "checklist": _first_options,
    "taglist": _first_options,
}
