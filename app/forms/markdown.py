"""A small subset of Markdown for the words between questions; everything else is plain text.

Headings, paragraphs, lists, **bold** and links (https, mailto, tel or relative). Nothing is ever
passed through as HTML: every piece of text is escaped, and only our own elements stand around it.
"""

import re
from collections.abc import Iterator

from markupsafe import Markup, escape

_LINK = re.compile(r"\[([^\[\]]{1,300})\]\(([^()\s]{1,1000})\)")
_BOLD = re.compile(r"\*\*([^*]{1,1000})\*\*")
_ITEM = re.compile(r"(?:[-*]|(\d{1,3})[.)])\s+(.*)")
_HEADING = re.compile(r"(#{1,4})\s+(.*)")
_SAFE_TARGET = re.compile(r"(?:https://|mailto:|tel:|/(?!/)|#|\?)[^\\\x00-\x20]*")
_SIZES = {1: "l", 2: "m", 3: "s", 4: "s"}


def render(text: str) -> Markup:
    """Safe HTML of `text`, with the class names of GOV.UK Frontend."""
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return Markup("\n").join(part for block in blocks for part in _block(block))


def _block(block: str) -> Iterator[Markup]:
    """One block may hold a heading, then a list or a paragraph, without a blank line between."""
    lines = [line.strip() for line in block.split("\n") if line.strip()]
    while lines:
        first = lines[0]
        if heading := _HEADING.fullmatch(first):
            lines.pop(0)
            yield _heading(len(heading[1]), heading[2])
        elif item := _ITEM.fullmatch(first):
            yield _list([found[2] for found in _take(lines, _ITEM)], numbered=bool(item[1]))
        else:
            yield _paragraph(lines)


def _take(lines: list[str], pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    while lines and (found := pattern.fullmatch(lines[0])):
        lines.pop(0)
        yield found


def _paragraph(lines: list[str]) -> Markup:
    words = [lines.pop(0)]
    while lines and not _ITEM.fullmatch(lines[0]) and not _HEADING.fullmatch(lines[0]):
        words.append(lines.pop(0))
    return Markup('<p class="govuk-body">{}</p>').format(_inline(" ".join(words)))


def _heading(level: int, text: str) -> Markup:
    # The page owns h1, so that a form's first level is h2.
    return Markup('<h{0} class="govuk-heading-{1}">{2}</h{0}>').format(
        min(level + 1, 4), _SIZES[level], _inline(text)
    )


def _list(items: list[str], *, numbered: bool) -> Markup:
    tag, style = ("ol", "number") if numbered else ("ul", "bullet")
    rows = Markup().join(Markup("<li>{}</li>").format(_inline(item)) for item in items)
    return Markup('<{0} class="govuk-list govuk-list--{1}">{2}</{0}>').format(tag, style, rows)


def _inline(text: str) -> Markup:
    parts, end = [], 0
    for link in _LINK.finditer(text):
        if _SAFE_TARGET.fullmatch(link[2]):
            parts += [_bold(text[end : link.start()]), _anchor(link[1], link[2])]
            end = link.end()
    return Markup().join([*parts, _bold(text[end:])])


def _anchor(words: str, target: str) -> Markup:
    return Markup('<a class="govuk-link" href="{}">{}</a>').format(target, _bold(words))


def _bold(text: str) -> Markup:
    parts, end = [], 0
    for strong in _BOLD.finditer(text):
        parts += [escape(text[end : strong.start()]), _strong(strong[1])]
        end = strong.end()
    return Markup().join([*parts, escape(text[end:])])


def _strong(words: str) -> Markup:
    return Markup("<strong>{}</strong>").format(words)
