"""What an import makes explicit was meant before: the process runs as it was drawn."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app import engine
from app.analysis import Verdict, prove
from app.engine import importing
from tests.support.bpmn_implicit import implicit
from tests.support.bpmn_random import RandomDiagram
from tests.support.bpmn_wide import WideDiagram
from tests.support.token_game import TokenGame
from tests.support.two_boards import NOON, Play
from tests.unit.engine.importing.importer import codes, taken

SHELF = Path(__file__).parents[5] / "shared" / "soundness"


class Comparison(Play):
    """The imported diagram is played beside the one that was drawn whole."""

    def __init__(self, imported: bytes, drawn: RandomDiagram, seed: int) -> None:
        super().__init__(engine.read(imported), drawn, seed)
        self.game = TokenGame(engine.read(drawn.xml).diagram, NOON, {})

    def same(self) -> bool:
        """Whether the same is open, and waits, on both boards."""
        game, outcome = self.game, self.outcome
        return (
            sorted(task.step for task in outcome.open) == sorted(work.step for work in game.open())
            and sorted((one.step, one.due_at) for one in outcome.timers) == game.timers()
            and outcome.finished == game.finished
        )


@settings(max_examples=60)
@given(st.integers(0, 2**32))
def test_an_implicit_diagram_runs_as_the_explicit_one(seed: int) -> None:
    drawn = RandomDiagram(seed) if seed % 2 else WideDiagram(seed)
    imported = importing.convert(implicit(drawn.xml))
    one = Comparison(imported.xml, drawn, seed)
    for _ in range(25):
        assert one.same()
        if one.is_over:
            return
        one.move()


@settings(max_examples=40)
@given(st.integers(0, 2**32))
def test_an_import_does_not_mend_what_is_unsound(seed: int) -> None:
    xml = RandomDiagram(seed, bend=True).xml
    before, after = (prove(engine.outline(one)) for one in (xml, taken(xml).xml))
    assume(Verdict.GAVE_UP not in (before.verdict, after.verdict))
    assert before.verdict is after.verdict


@pytest.mark.skipif(not SHELF.exists(), reason="the examples lie beside the project")
def test_the_examples_beside_the_project_keep_their_verdicts() -> None:
    for path in sorted(SHELF.glob("*.bpmn")):
        data = path.read_bytes()
        before, after = (prove(engine.outline(one)) for one in (data, taken(data).xml))
        assert (path.name, before.verdict) == (path.name, after.verdict)


def test_implicit_diagrams_are_really_changed() -> None:
    found: set[str] = set()
    for seed in range(40):
        random = Random(seed)  # noqa: S311 - repeatable, not secret
        found |= set(codes(taken(implicit(RandomDiagram(random.randrange(10**6)).xml))))
    assert {"fork.parallel", "join.exclusive", "end.added"} <= found
