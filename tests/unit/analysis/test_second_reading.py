"""The proof agrees with playing: exhaustively where that is possible, at random everywhere."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.analysis import Verdict, prove
from app.engine import Diagram, check, outline
from tests.support.bpmn_random import RandomDiagram
from tests.support.token_game import TokenGame
from tests.unit.analysis.free_play import FreePlay, can_happen, reality

NOON = datetime(2026, 1, 5, 5, 0, tzinfo=UTC)
#: Verdicts that the exhaustive play can tell; it sees no difference between the last two.
TOLD = {
    Verdict.DEADLOCK: "deadlock",
    Verdict.LIVELOCK: "livelock",
    Verdict.UNBOUNDED: "multiple-merge",
    Verdict.MULTIPLE_MERGE: "multiple-merge",
}
seeds = st.integers(0, 2**32)
bends = st.booleans()


def drawn(seed: int, *, bend: bool) -> tuple[RandomDiagram, Diagram]:
    random = RandomDiagram(seed, bend=bend)
    return random, outline(random.xml)


def is_plain(diagram: Diagram) -> bool:
    """Whether the exhaustive play means the same: no scopes in scopes, no threads beside."""
    return all(node.interrupting and node.tag != "subProcess" for node in diagram.nodes)


@settings(max_examples=150, deadline=None)
@given(seeds)
def test_verdicts_are_those_of_an_exhaustive_play(seed: int) -> None:
    _, diagram = drawn(seed, bend=True)
    assume(is_plain(diagram))
    findings = prove(diagram).findings
    verdicts = {finding.verdict for finding in findings}
    assume(Verdict.AMBIGUOUS not in verdicts)
    told = reality(FreePlay(diagram))
    assume(told is not None)
    found = {TOLD[verdict] for verdict in verdicts if verdict in TOLD}
    if "multiple-merge" in told:  # What follows from running twice need not be told as well.
        assert "multiple-merge" in found
        assert found <= told
    else:
        assert found == told


@settings(max_examples=150, deadline=None)
@given(seeds)
def test_counter_examples_can_be_played(seed: int) -> None:
    _, diagram = drawn(seed, bend=True)
    assume(is_plain(diagram))
    play = FreePlay(diagram)
    for finding in prove(diagram).findings:
        if finding.trace:
            assert can_happen(play, finding.trace, finding.marking), finding


@settings(max_examples=25, deadline=None)
@given(seeds, bends)
def test_what_is_sound_never_gets_stuck_nor_doubles_at_random(seed: int, bend: bool) -> None:
    random, diagram = drawn(seed, bend=bend)
    if prove(diagram).verdict is Verdict.SOUND and not check(random.xml):
        for number in range(200):
            chance = Random(number)  # noqa: S311 - repeatable, not secret
            assert mishap(diagram, random, chance) is None


def mishap(diagram: Diagram, drawn: RandomDiagram, random: Random, moves: int = 25) -> str | None:
    """What goes wrong in one random play."""
    now = NOON
    game = TokenGame(diagram, now)
    beside = aside(diagram)
    for _ in range(moves):
        now += timedelta(minutes=random.choice((0, 1, 5, 60, 400)))
        works = game.open()
        twice = Counter((id(work.scope), work.node.id) for work in works)
        if any(times > 1 and step not in beside for (_, step), times in twice.items()):
            return "doubled"
        if works and random.random() < 0.8:
            game.complete(random.choice(works), drawn.answers(random), now)
        else:
            game.data |= drawn.answers(random)
            game.tick(now)
        if game.finished:
            return None
        if not (game.open() or game.timers()):
            return "stuck"
    return None


def aside(diagram: Diagram) -> set[str | None]:
    """Steps that only a bell which interrupts nothing leads to, and all that is inside of them."""
    main = {node.id for node in diagram.nodes if node.tag == "startEvent"}
    grown = True
    while grown:
        after = {flow.target for flow in diagram.flows if flow.source in main}
        after |= {
            node.id for node in diagram.nodes if node.interrupting and node.attached_to in main
        }
        grown = not after <= main
        main |= after
    return {node.id for node in diagram.nodes} - main
