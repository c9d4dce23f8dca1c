"""A catalogue entry is checked field by field."""

from decimal import Decimal

import pytest

from app.domain.procedures.cases import SupplementClock
from app.domain.procedures.catalogue import CatalogueInvalid, read_catalogue
from app.worktime import Term, TermUnit

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


@pytest.mark.parametrize(
    ("written", "unit", "amount", "hours"),
    [
        ("term_hours = 12.5", TermUnit.WORKING_HOURS, "12.5", "12.5"),
        ('term_unit = "working_days"\nterm_days = 20', TermUnit.WORKING_DAYS, "20", "160"),
        ('term_unit = "calendar_days"\nterm_days = 15', TermUnit.CALENDAR_DAYS, "15", "88"),
    ],
)
def test_a_term_is_kept_as_the_law_words_it(
    written: str, unit: TermUnit, amount: str, hours: str
) -> None:
    case = read_catalogue(GOOD.replace("term_hours = 24", written)).case(None)
    assert case is not None
    assert case.term == Term(amount=Decimal(amount), unit=unit)
    assert case.term_hours == Decimal(hours), "what the steps may take together"


@pytest.mark.parametrize(
    ("written", "field"),
    [
        ("", "term_hours"),
        ("term_days = 3", "term_hours"),
        ("term_hours = 24\nterm_days = 3", "term_days"),
        ('term_unit = "working_days"\nterm_hours = 24', "term_days"),
        ('term_unit = "working_days"\nterm_days = 0', "term_days"),
        ('term_unit = "working_days"\nterm_days = 2.5', "term_days"),
        ('term_unit = "weeks"\nterm_days = 1', "term_unit"),
        ("term_hours = 999999", "term_hours"),
        ('term_hours = 24\nsupplement_clock = "STOP"', "supplement_clock"),
        ('term_hours = 24\nprepaid = "perhaps"', "prepaid"),
    ],
)
def test_a_term_that_cannot_be_counted_is_told_at_its_field(written: str, field: str) -> None:
    with pytest.raises(CatalogueInvalid) as caught:
        read_catalogue(GOOD.replace("term_hours = 24", written))
    assert list(caught.value.errors) == [f"case.0.{field}"]


def test_what_follows_a_supplement_and_who_pays_first_is_up_to_the_case() -> None:
    plain = read_catalogue(GOOD).case(None)
    assert plain is not None
    assert (plain.supplement_clock, plain.prepaid) == (SupplementClock.RESUME, False)
    more = 'term_hours = 24\nsupplement_clock = "RESTART"\nprepaid = true'
    special = read_catalogue(GOOD.replace("term_hours = 24", more)).case(None)
    assert special is not None
    assert (special.supplement_clock, special.prepaid) == (SupplementClock.RESTART, True)


def test_two_cases_of_one_key_are_refused() -> None:
    case = GOOD[GOOD.index("[[case]]") :].replace("default = true", "")
    with pytest.raises(CatalogueInvalid) as caught:
        read_catalogue(GOOD + case)
    assert caught.value.errors == {"case": ["two cases have the same key"]}


def test_what_is_no_toml_is_refused() -> None:
    with pytest.raises(CatalogueInvalid):
        read_catalogue("key = ")
