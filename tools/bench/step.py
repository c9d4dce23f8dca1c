"""The engine's part of a completion: the same step on the same state, without web and database."""

import time
from statistics import median

import orjson

from app.engine import complete, routing
from app.foundation.clock import now
from tests.support.filler import fill
from tools.bench.cases import Cases, loaded
from tools.bench.house import House

ROUNDS = 200


def step_seconds(house: House, cases: Cases) -> list[float]:
    """Seconds of one engine step, from stored bytes to stored bytes."""
    cases.submit(1)
    state = "SELECT p.snapshot, p.diagram, i.task_id FROM inbox_items i JOIN processes p "
    state += "USING (dossier_id) WHERE i.id = %s"
    snapshot, diagram, task = house.ask(state, cases.waiting("reception")[-1])[0]
    found = []
    with house.app.app_context():
        version = loaded()
        definition = version.diagram(diagram)
        answers = fill(orjson.loads(version.form_source("reception")))
        variables = routing(definition, answers)
        for _ in range(ROUNDS):
            began = time.perf_counter()
            complete(definition, bytes(snapshot), task, variables, now=now())
            found.append(time.perf_counter() - began)
    return found


def share(engine: list[float], http: list[float]) -> float:
    """The engine's part of the whole, of medians."""
    return round(median(engine) / median(http), 3)
