"""A catalogue entry is checked field by field."""

import pytest

from app.domain.procedures.catalogue import CatalogueInvalid, read_catalogue

GOOD = """
key = "a-procedure"
name = "Một thủ tục"
code = "1.001612"
level = "DISTRICT"
field = "Lĩnh vực"
online_level = "FULL"
summary = "s"
who = "w"
result = "r"
[fee]
amount_vnd = 100000
[[offer]]
unit = "H27.30"
agency_code = "H27.30"
valid_from = 2023-01-01
[[case]]
key = "thuong"
name = "Thường"
term_hours = 24
term_text = "3 ngày làm việc"
default = true
"""


def test_a_good_entry_is_read_with_its_defaults() -> None:
    entry = read_catalogue(GOOD)
    assert (entry.fee_vnd, entry.papers, entry.keywords) == (100000, (), ())
    assert entry.case(None) is entry.case("thuong")
    assert entry.case("thuong").diagram == "process.bpmn"  # type: ignore[union-attr] # known above
    assert entry.case("no such") is None


@pytest.mark.parametrize(
    ("was", "becomes", "field"),
    [
        ('code = "1.001612"', 'code = "1001612"', "code"),
        ('level = "DISTRICT"', 'level = "VILLAGE"', "level"),
        ("amount_vnd = 100000", "amount_vnd = 1.5", "fee.amount_vnd"),
        ("amount_vnd = 100000", "amount_vnd = -1", "fee.amount_vnd"),
        ('key = "a-procedure"', 'key = "../x"', "key"),
        ('name = "Một thủ tục"', "", "name"),
        ("term_hours = 24", "term_hours = 0", "case.0.term_hours"),
        ("default = true", "default = false", "case"),
        ('field = "Lĩnh vực"', 'field = "x"\nnonsense = 1', "nonsense"),
        ("valid_from = 2023-01-01", 'valid_from = "soon"', "offer.0.valid_from"),
    ],
)
def test_each_mistake_is_told_at_its_field(was: str, becomes: str, field: str) -> None:
    with pytest.raises(CatalogueInvalid) as caught:
        read_catalogue(GOOD.replace(was, becomes))
    assert field in caught.value.errors


def test_two_cases_of_one_key_are_refused() -> None:
    case = GOOD[GOOD.index("[[case]]") :].replace("default = true", "")
    with pytest.raises(CatalogueInvalid) as caught:
        read_catalogue(GOOD + case)
    assert caught.value.errors == {"case": ["two cases have the same key"]}


def test_what_is_no_toml_is_refused() -> None:
    with pytest.raises(CatalogueInvalid):
        read_catalogue("key = ")
