"""Sums of money in Vietnamese words."""

import pytest

from app.web.money_words import vnd_in_words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không đồng"),
        (5, "Năm đồng"),
        (10, "Mười đồng"),
        (15, "Mười lăm đồng"),
        (21, "Hai mươi mốt đồng"),
        (105, "Một trăm lẻ năm đồng"),
        (115, "Một trăm mười lăm đồng"),
        (8_000, "Tám nghìn đồng"),
        (24_000, "Hai mươi bốn nghìn đồng"),
        (100_000, "Một trăm nghìn đồng"),
        (100_005, "Một trăm nghìn không trăm lẻ năm đồng"),
        (1_000_050, "Một triệu không trăm năm mươi đồng"),
        (2_345_678, "Hai triệu ba trăm bốn mươi lăm nghìn sáu trăm bảy mươi tám đồng"),
        (1_000_000_000, "Một tỷ đồng"),
        (1_000_000_001, "Một tỷ không trăm lẻ một đồng"),
        (15_020_000_000, "Mười lăm tỷ không trăm hai mươi triệu đồng"),
    ],
)
def test_a_sum_is_said_as_on_paper(amount: int, words: str) -> None:
    assert vnd_in_words(amount) == words


def test_nobody_pays_less_than_nothing() -> None:
    with pytest.raises(ValueError, match="-1"):
        vnd_in_words(-1)
