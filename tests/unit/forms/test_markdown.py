"""The words between questions: a few marks become elements, all else is text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.forms.markdown import render


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Một\nhai", '<p class="govuk-body">Một hai</p>'),
        ("a\r\n\r\nb", '<p class="govuk-body">a</p>\n<p class="govuk-body">b</p>'),
        ("# To", '<h2 class="govuk-heading-l">To</h2>'),
        ("#### Nhỏ", '<h4 class="govuk-heading-s">Nhỏ</h4>'),
        ("#Không", '<p class="govuk-body">#Không</p>'),
        ("**đậm** và", '<p class="govuk-body"><strong>đậm</strong> và</p>'),
        (
            "- a\n- **b**",
            '<ul class="govuk-list govuk-list--bullet"><li>a</li><li><strong>b</strong></li></ul>',
        ),
        (
            "1. a\n2) b",
            '<ol class="govuk-list govuk-list--number"><li>a</li><li>b</li></ol>',
        ),
        (
            "Mở:\n* a\n## Tiếp",
            (
                '<p class="govuk-body">Mở:</p>\n'
                '<ul class="govuk-list govuk-list--bullet"><li>a</li></ul>\n'
                '<h3 class="govuk-heading-m">Tiếp</h3>'
            ),
        ),
        (
            "[tờ **khai**](https://a.vn/?x=1&y=2)!",
            (
                '<p class="govuk-body"><a class="govuk-link" href="https://a.vn/?x=1&amp;y=2">'
                "tờ <strong>khai</strong></a>!</p>"
            ),
        ),
        ("[x](/mau)", '<p class="govuk-body"><a class="govuk-link" href="/mau">x</a></p>'),
        ("", ""),
    ],
)
def test_the_few_marks_become_elements(text: str, html: str) -> None:
    assert str(render(text)) == html


@pytest.mark.parametrize(
    "text",
    [
        "[x](javascript:alert(1))",
        "[x](//evil.vn)",
        "[x](http://a.vn)",
        "[x](data:text/html,a)",
        "[x](/\\evil.vn)",
        "<script>alert(1)</script>",
        '[x](https://a.vn/"onclick="x)',
        "![x](javascript:x)",
    ],
)
def test_nothing_dangerous_passes(text: str) -> None:
    html = str(render(text))
    assert "<script" not in html
    assert 'onclick="' not in html
    assert 'href="javascript' not in html.lower()
    assert "href" not in html or 'href="https://a.vn' in html


@given(some.text(alphabet="ab<>&\"'[]()*#-. \n1/:", max_size=60))
def test_only_our_elements_come_out(text: str) -> None:
    html = str(render(text))
    assert "<" not in re.sub(r"</?(p|h[2-4]|ul|ol|li|strong|a)( class=|>)", "", html)
