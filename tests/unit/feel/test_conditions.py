"""The conditions that diagrams are full of."""

import pytest

from app import feel

CASE = {"decision": "accept", "amount": 7, "fee": 12.5, "paid": True, "owner": {"age": 30}}


@pytest.mark.parametrize(
    ("expression", "answer"),
    [
        ('decision = "accept" and amount > 5', True),
        ('decision = "reject" or fee >= 12.5', True),
        ("not(paid)", False),
        ("owner.age between 18 and 60", True),
        ('decision in ("accept", "reject")', True),
        ("amount in (> 10, 3)", False),
        ("amount in [1..7)", False),
        ("unknown > 3", None),
        ("missing = null", True),
    ],
)
def test_a_condition_is_answered(expression: str, answer: bool | None) -> None:
    assert feel.evaluate(expression, CASE) is answer
