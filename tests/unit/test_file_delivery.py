"""Which bytes a `Range` header asks for (RFC 9110, section 14)."""

import pytest

from app.queries.file_delivery import BeyondTheEnd, span_of


@pytest.mark.parametrize(
    ("asked", "span"),
    [
        (None, None),
        ("", None),
        ("bytes=0-0", (0, 1)),
        ("bytes=10-19", (10, 20)),
        ("Bytes= 10-19 ", (10, 20)),
        ("bytes=90-", (90, 100)),
        ("bytes=90-1000", (90, 100)),
        ("bytes=-10", (90, 100)),
        ("bytes=-1000", (0, 100)),
        ("bytes=0-9,20-29", None),
        ("bytes=20-10", None),
        ("bytes=-", None),
        ("bytes=a-b", None),
        ("bytes=1.5-2", None),
        ("lines=1-2", None),
        ("bytes=" + "9" * 5000 + "-", None),
    ],
)
def test_one_range_is_taken_and_everything_else_means_the_whole(
    asked: str | None, span: tuple[int, int] | None
) -> None:
    assert span_of(asked, 100) == span


@pytest.mark.parametrize(
    ("asked", "size"), [("bytes=100-", 100), ("bytes=-0", 100), ("bytes=0-", 0), ("bytes=-5", 0)]
)
def test_what_the_file_does_not_have_is_told_with_its_size(asked: str, size: int) -> None:
    with pytest.raises(BeyondTheEnd) as error:
        span_of(asked, size)
    assert error.value.size == size
