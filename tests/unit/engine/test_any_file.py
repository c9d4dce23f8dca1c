"""Whatever is uploaded, the checker answers; and what it accepts can be started."""

from datetime import UTC, datetime
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from app import engine
from tests.support.bpmn import procedure
from tests.support.bpmn_random import RandomDiagram
from tests.support.bpmn_wide import WideDiagram

NOW = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
WORDS = (
    b"", b'"', b"<", b"/>", b"=", b"=a", b"&amp;", b"&", b"\0", b"\xff", b"bpmn:", b"zeebe:", b"id",
    b"sourceRef", b"subProcess", b"boundaryEvent", b"timeCycle", b"R9/PT1M", b"P99999D", b"permit",
    b"check", b"isExecutable", b"exclusiveGateway", b"parallelGateway", b"endEvent", b"1" * 40,
    b"inclusiveGateway", b"eventBasedGateway", b"callActivity", b"receiveTask", b"=[1, 2]",
    b"intermediateThrowEvent", b"true", b"message_m1", b"signal_s1", b"error_code", b"isSequential",
)  # fmt: skip


def mutated(xml: bytes, seed: int) -> bytes:
    """The file with a few tokens or lines replaced, doubled, moved or cut."""
    random = Random(seed)  # noqa: S311 - repeatable, not secret
    parts = xml.replace(b"><", b">\n<").split(b"\n")
    for _ in range(random.randrange(1, 5)):
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
                words = parts[at].split(b'"')
                words[random.randrange(len(words))] = random.choice(WORDS)
                parts[at] = b'"'.join(words)
            case _:
                cut = random.randrange(len(parts[at]) + 1)
                parts[at] = parts[at][:cut] + random.choice(WORDS) + parts[at][cut:]
        if not parts:
            return b""
    return b"\n".join(parts)


def answers(xml: bytes) -> bool:
    """Check a file, and start it if it is accepted; says whether it was."""
    problems = engine.check(xml)
    assert all(str(problem.message) and problem.as_dict() for problem in problems)
    if any(problem.severity is engine.Severity.ERROR for problem in problems):
        return False
    definition = engine.read(xml)
    try:
        outcome = engine.start(definition, {}, now=NOW, seed="s")
    except engine.EngineFailure:
        return True
    waits = outcome.open or outcome.timers or outcome.waiting or outcome.services
    assert waits or outcome.finished or outcome.incident
    return True


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32))
def test_a_mutated_file_is_judged(seed: int) -> None:
    kinds = (RandomDiagram, WideDiagram, WideDiagram)
    source = procedure().xml() if seed % 4 == 0 else kinds[seed % 4 - 1](seed % 997).xml
    assert answers(mutated(source, seed)) in (True, False)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_judged(data: bytes) -> None:
    assert not answers(data)
