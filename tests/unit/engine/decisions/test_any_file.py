"""Whatever is uploaded, the checker answers; and what it accepts can be asked."""

from contextlib import suppress
from datetime import UTC, datetime
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine import Severity
from app.engine.decisions import DecisionFailed, check_decisions, evaluate, read_decisions
from tests.support.dmn import Column, Dmn

NOW = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
WORDS = (
    b"", b'"', b"<", b"/>", b"=", b"&amp;", b"&", b"\0", b"\xff", b"id", b"hitPolicy", b"COLLECT",
    b"PRIORITY", b"text", b"rule", b"inputEntry", b"outputEntry", b"output", b"#fee", b"level",
    b"date(", b"[1..", b"? > 1", b"not(", b"integer", b"date", b"1" * 40, b"-", b"null",
)  # fmt: skip
SOURCE = (
    Dmn()
    .raw("<inputData id='i' name='amount'/>\n")
    .table(
        inputs=(
            Column(text="amount", type="number"),
            Column(text="channel", type="string", values='"online", "post"'),
        ),
        outputs=(
            Column(text="fee", type="number", default="0"),
            Column(text="level", type="string", values='"high", "low"'),
        ),
        rules=(
            (("[0..100]", '"online"'), ("5", '"low"')),
            (("> 100", "-"), ("amount * 2", '"high"')),
            (("not(< 50, 7)", 'not("post")'), ("7", '"low"')),
        ),
        policy="PRIORITY",
    )
    .table(
        "due",
        inputs=("level", Column(text="today()", type="date")),
        outputs=("days",),
        rules=((('"high"', '> date("2026-01-01")'), ("1",)), (("-", "-"), ("2",))),
        policy="COLLECT",
        aggregation="SUM",
        requires=["fee"],
    )
    .literal("both", "due + fee.fee", requires=["fee", "due"])
).xml()


def mutated(seed: int) -> bytes:
    """The file with a few words or lines replaced, doubled, moved or cut."""
    random = Random(seed)  # noqa: S311 - repeatable, not secret
    parts = SOURCE.replace(b"><", b">\n<").split(b"\n")
    for _ in range(random.randrange(1, 4)):
        at = random.randrange(len(parts))
        match random.randrange(5):
            case 0:
                del parts[at]
            case 1:
                parts.insert(at, random.choice(parts))
            case 2:
                other = random.randrange(len(parts))
                parts[at], parts[other] = parts[other], parts[at]
            case 3:
                words = parts[at].replace(b">", b'"').replace(b"<", b'"').split(b'"')
                word = random.choice(words)
                parts[at] = parts[at].replace(word, random.choice(WORDS)) if word else parts[at]
            case _:
                cut = random.randrange(len(parts[at]) + 1)
                parts[at] = parts[at][:cut] + random.choice(WORDS) + parts[at][cut:]
    return b"\n".join(parts)


def answers(xml: bytes) -> bool:
    """Check a file, and ask it if it is accepted; says whether it was."""
    problems = check_decisions(xml)
    assert all(str(problem.message) and problem.as_dict() for problem in problems)
    if any(problem.severity is Severity.ERROR for problem in problems):
        return False
    for decision in read_decisions(xml).values():
        for context in ({}, {"amount": 120, "channel": "online"}, {"amount": "x", "channel": 1}):
            with suppress(DecisionFailed):
                evaluate(decision, context, NOW)
    return True


def test_the_file_is_right_before_it_is_spoilt() -> None:
    assert check_decisions(SOURCE) == ()
    assert answers(SOURCE)
    decision = read_decisions(SOURCE)["both"]
    assert evaluate(decision, {"amount": 120, "channel": "online"}, NOW) == 242


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32))
def test_a_mutated_file_is_judged(seed: int) -> None:
    assert answers(mutated(seed)) in (True, False)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_judged(data: bytes) -> None:
    assert not answers(data)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text(max_size=12), min_size=3, max_size=3), st.text(max_size=12))
def test_any_text_in_a_cell_is_judged(texts: list[str], type_: str) -> None:
    clean = [text.encode(errors="ignore").decode() for text in texts]
    column = Column(text="o", type=type_, values=clean[0])
    dmn = Dmn().table(outputs=(column,), rules=(((clean[1],), (clean[2],)),), policy="PRIORITY")
    assert answers(dmn.xml()) in (True, False)
