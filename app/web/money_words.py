"""Sums of money in Vietnamese words, as receipts must have them whatever language a page is in."""

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
#: Every third power of ten up to a billion; after it they begin anew.
_SCALES = ("", "nghìn", "triệu")
_BILLION = 10**9


def vnd_in_words(amount: int) -> str:
    """`24000` is `Hai mươi bốn nghìn đồng`. Raises ValueError below zero."""
    if amount < 0:
        raise ValueError(f"{amount} is no sum of money")
    words = _number(amount) if amount else [_DIGITS[0]]
    text = " ".join([*words, "đồng"])
    return text[0].upper() + text[1:]


def _number(value: int, *, inside: bool = False) -> list[str]:
    """A number above zero; `inside` a larger one its zeros are said."""
    billions, rest = divmod(value, _BILLION)
    if billions:
        after = _number(rest, inside=True) if rest else []
        return [*_number(billions), "tỷ", *after]
    words: list[str] = []
    for power in (2, 1, 0):
        group = value // 1000**power % 1000
        if group:
            words += _group(group, full=inside or bool(words))
            words += [_SCALES[power]] if _SCALES[power] else []
    return words


def _group(value: int, *, full: bool) -> list[str]:
    """Three digits; `full` where something stands before them."""
    hundreds, tens, ones = value // 100, value // 10 % 10, value % 10
    words = [_DIGITS[hundreds], "trăm"] if hundreds or full else []
    if tens > 1:
        words += [_DIGITS[tens], "mươi"]
    elif tens == 1:
        words.append("mười")
    elif ones and words:
        words.append("lẻ")
    return [*words, *_ones(tens, ones)]


def _ones(tens: int, ones: int) -> list[str]:
    if not ones:
        return []
    if ones == 1 and tens > 1:
        return ["mốt"]
    if ones == 5 and tens:
        return ["lăm"]
    return [_DIGITS[ones]]
