"""Runs everything and prints one JSON object; `--quick` takes fewer samples.

`make bench ARGS=engine` measures one part alone, without a server: see PARTS. With
`ARGS="feel --compare"` the expression language is measured beside its peers.
"""

import json
import signal
import sys
from collections.abc import Callable, Mapping
from types import FrameType

import psutil

from tests.support.postgres import PostgresMissing
from tools.bench import clock, engine, feel, search, ticks
from tools.bench.cases import Cases
from tools.bench.clients import Crew
from tools.bench.figures import rates, spread
from tools.bench.house import House, house
from tools.bench.inboxes import full_inbox
from tools.bench.statements import per_completion
from tools.bench.step import share, step_seconds
from tools.bench.storage import per_case

#: Nobody waits longer than this for figures.
LIMIT_SECONDS = 290
#: The steps of which completions are measured: what every dossier goes through first.
MEASURED = ("reception", "appraisal", "approval")
MANY_CLIENTS = 4
#: What can be measured alone, by the word that asks for it; each is told the other words.
PARTS: Mapping[str, Callable[[list[str]], dict[str, object]]] = {
    "engine": lambda words: engine.figures(rounds=100 if "--quick" in words else engine.ROUNDS),
    "clock": lambda _words: clock.figures(),
    "search": lambda _words: search.figures(),
    "ticks": ticks.figures,
    "feel": lambda words: feel.figures(compare="--compare" in words, every=1),
}


class TimeIsUp(Exception):
    """The benchmark has taken too long; what was measured so far is printed."""


def measure(house: House, crew: Crew, found: dict[str, object], samples: int) -> None:
    """Fill `found`, one kind of figure after the other."""
    cases = Cases(house, crew)
    cases.submit(20, clients=MANY_CLIENTS)
    cases.finish(clients=MANY_CLIENTS)
    one = [cases.submit(samples)] + [cases.complete(step) for step in MEASURED]
    http = [seconds for run in one[1:] for seconds in run.calls]
    found["submit"] = spread(one[0].calls)
    found["complete"] = spread(http)
    found["completions_per_second"] = {
        "1_client": rates([run.rate for run in one[1:]]),
        f"{MANY_CLIENTS}_clients": rates(_crowd(cases, samples)),
    }
    found["memory_per_worker_mb"] = _memory(house)
    found["per_completion"] = per_completion(house, cases, samples)
    steps = step_seconds(house, cases)
    found["engine_step"] = spread(steps)
    found["engine_share"] = share(steps, http)
    cases.finish(clients=MANY_CLIENTS)
    found["bytes_per_finished_case"] = per_case(house, cases, samples)
    found["ticks"] = ticks.measured(house, crew, 10 * samples)
    found["inbox"] = full_inbox(house, crew)


def _crowd(cases: Cases, samples: int) -> list[float]:
    cases.submit(2 * samples, clients=MANY_CLIENTS)
    return [cases.complete(step, clients=MANY_CLIENTS).rate for step in MEASURED]


def _memory(house: House) -> list[float]:
    return [round(worker.memory_info().rss / 2**20, 1) for worker in house.server.workers()]


def _machine() -> dict[str, object]:
    return {"cores": psutil.cpu_count(), "load_before": round(psutil.getloadavg()[0], 2)}


def _time_is_up(_signal: int, _frame: FrameType | None) -> None:
    raise TimeIsUp


def main() -> int:
    """Measure, print, and say by the exit code whether everything was measured."""
    words = sys.argv[1:]
    if part := next((PARTS[word] for word in words if word in PARTS), None):
        return _print(part(words))
    samples = 30 if "--quick" in words else 120
    found: dict[str, object] = {"machine": _machine(), "complete_run": False}
    signal.signal(signal.SIGALRM, _time_is_up)
    signal.alarm(LIMIT_SECONDS)
    try:
        with house() as built, Crew(built.server.port, MANY_CLIENTS) as crew:
            found["server"] = {"database": "PostgreSQL, fsync on", "workers": 2, "threads": 4}
            measure(built, crew, found, samples)
        found["engine"] = engine.figures()
        found["feel"] = feel.figures()
        found["clock"] = clock.figures()
        found["search"] = search.figures()
        found["complete_run"] = True
    except (TimeIsUp, PostgresMissing) as reason:
        found["stopped"] = str(reason) or "the time limit"
    finally:
        signal.alarm(0)
    return _print(found) if found["complete_run"] else _print(found) + 1


def _print(found: dict[str, object]) -> int:
    sys.stdout.write(json.dumps(found, indent=2, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
