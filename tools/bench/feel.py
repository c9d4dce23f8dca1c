"""The expression language: how fast, how safe, and how much of the standard; beside its peers.

`python -m tools.bench feel --compare` installs the peers into a virtual environment of their own
below build/; they are nothing the project needs.
"""

import json
import subprocess
import sys
import time
import venv
from collections.abc import Callable
from pathlib import Path

from app import feel
from tests.support.conformance import CASES, cases, meets

ROOT = Path(__file__).parents[2]
PEERS = ("bkflow-feel==1.2.0", "pySFeel==1.4.2")
PEERS_HOME = ROOT / "build" / "feel-peers"
_PEERS_SCRIPT = Path(__file__).with_name("feel_peers.py")

CONTEXT = {"decision": "accept", "amount": 7, "fee": 12.5, "paid": True, "owner": {"age": 30}}
#: What conditions in diagrams and forms look like.
CONDITIONS = (
    'decision = "accept"',
    'decision = "accept" and amount > 5',
    'decision = "reject" or fee >= 12.5',
    'decision in ("accept", "supplement")',
    "owner.age between 18 and 60",
    "not(paid)",
)
CELLS = ("> 5, 3", "[1..10)", 'not("a", "b")')
_ROUNDS, _CALLS = 15, 5_000


def figures(*, compare: bool = False, every: int = 5) -> dict[str, object]:
    """Everything measured; `every` leaves out hostile calls, `compare` brings the peers in."""
    found: dict[str, object] = {
        "condition_us": {text: _microseconds(_condition(text)) for text in CONDITIONS},
        "cell_us": {text: _microseconds(_cell(text)) for text in CELLS},
        "first_compile_us": {text: _microseconds(_first(text), 50) for text in CONDITIONS},
        "hostile": _hostile(every),
    }
    if CASES.exists():
        found["conformance"] = _conformance(compare=compare)
    return found


def _condition(text: str) -> Callable[[], object]:
    compiled = feel.compile(text)
    return lambda: compiled.evaluate(CONTEXT)


def _cell(text: str) -> Callable[[], object]:
    tests = feel.compile_unary(text)
    return lambda: tests(7, CONTEXT)


def _first(text: str) -> Callable[[], object]:
    def compile_afresh() -> object:
        feel.compile.cache_clear()
        return feel.compile(text)

    return compile_afresh


def _microseconds(call: Callable[[], object], calls: int = _CALLS) -> float:
    """The least of some rounds: what disturbs a round is never the language."""
    found = []
    for _ in range(_ROUNDS):
        began = time.perf_counter()
        for _ in range(calls):
            call()
        found.append((time.perf_counter() - began) / calls)
    return round(min(found) * 1e6, 2)


def _hostile(every: int) -> object:
    """Milliseconds of the slowest of the expressions made to hurt, run with 32 MB to spare."""
    return json.loads(_told([sys.executable, "-m", "tests.support.hostile", str(every)]))


def _conformance(*, compare: bool) -> dict[str, object]:
    all_cases = cases()
    found = {"cases": len(all_cases), "ours": sum(map(meets, all_cases))}
    if not compare:
        return {**found}
    return found | json.loads(_told([str(_peers_python()), str(_PEERS_SCRIPT), str(CASES)]))


def _peers_python() -> Path:
    """The Python that has the peers; made when it is asked for the first time."""
    python = PEERS_HOME / "bin" / "python"
    if not python.exists():
        venv.create(PEERS_HOME, with_pip=True)
        _told([str(python), "-m", "pip", "install", "--quiet", *PEERS])
    return python


def _told(command: list[str]) -> str:
    ended = subprocess.run(  # noqa: S603 - the commands are all in this file
        command, cwd=ROOT, capture_output=True, text=True, check=True
    )
    return ended.stdout
