"""Two truth tables: what becomes of a demand, and of an attempt to pay it."""

from itertools import product

import pytest

from app.domain.payments.states import (
    AttemptState,
    PaymentImpossible,
    PaymentState,
    Step,
    Word,
    heard,
    next_state,
)

#: What follows on a step from a state; a dash is impossible.
DEMANDS = """
            started  missed  paid  cancelled  refunded  moved
unpaid      waiting  -       paid  cancelled  -         -
waiting     waiting  unpaid  paid  cancelled  -         -
paid        -        -       -     -          refunded  moved
cancelled   -        -       -     -          -         -
refunded    -        -       -     -          -         -
moved       -        -       -     -          -         -
"""
#: What an attempt is after a word; every word may come at every time.
ATTEMPTS = """
            announced  money     extra     declined  refunded
created     waiting    paid      surplus   failed    created
waiting     waiting    paid      surplus   failed    waiting
paid        paid       paid      paid      paid      refunded
failed      failed     paid      surplus   failed    failed
surplus     surplus    surplus   surplus   surplus   refunded
refunded    refunded   refunded  refunded  refunded  refunded
"""


def table(text: str) -> dict[tuple[str, str], str]:
    head, *rows = [line.split() for line in text.strip().splitlines()]
    return {
        (row[0], step): after for row in rows for step, after in zip(head, row[1:], strict=True)
    }


def test_the_tables_name_every_state_and_every_step() -> None:
    assert set(table(DEMANDS)) == {
        (state.value, step.value) for state, step in product(PaymentState, Step)
    }
    assert set(table(ATTEMPTS)) == {
        (state.value, word.value) for state, word in product(AttemptState, Word)
    }


@pytest.mark.parametrize(("case", "after"), table(DEMANDS).items(), ids=str)
def test_a_demand_goes_on_as_the_table_says(case: tuple[str, str], after: str) -> None:
    state, step = PaymentState(case[0]), Step(case[1])
    if after == "-":
        with pytest.raises(PaymentImpossible):
            next_state(state, step)
    else:
        assert next_state(state, step) is PaymentState(after)


@pytest.mark.parametrize(("case", "after"), table(ATTEMPTS).items(), ids=str)
def test_an_attempt_takes_any_word_at_any_time(case: tuple[str, str], after: str) -> None:
    assert heard(AttemptState(case[0]), Word(case[1])) is AttemptState(after)
