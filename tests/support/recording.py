"""Plays of the engine as they were made once, kept to be made again by every later engine.

`python -m tests.support.recording` adds recordings of today's engine under today's format; what is
there already is never written again.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from app import engine
from app.engine.decisions import Decision, read_decisions
from tests.support.bpmn import Bpmn, attributes, event, loop
from tests.support.dmn import Dmn

FOLDER = Path(__file__).parents[1] / "unit" / "engine" / "snapshots"
NOON = datetime(2026, 1, 5, 5, 0, tzinfo=UTC)
#: A play that takes longer goes round.
MOST = 80

Step = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Recording:
    """The files of a play, what was done, and what the engine said then."""

    definition: engine.Definition
    #: Sources of the diagrams.
    text: str
    steps: list[Step]


@cache
def recording(path: Path) -> Recording:
    """A recording from its file."""
    content = json.loads(path.read_text(encoding="utf-8"))
    files = content.get("files") or {"": content["xml"]}
    definition = _read(files, content.get("decisions"))
    return Recording(definition=definition, text="".join(files.values()), steps=content["steps"])


def _read(files: dict[str, str], dmn: str | None) -> engine.Definition:
    decisions: dict[str, Decision] = dict(read_decisions(dmn.encode())) if dmn else {}
    sources = {name: text.encode() for name, text in files.items()}
    return engine.read_all(sources, decisions=decisions)[next(iter(files))]


def again(definition: engine.Definition, before: bytes, step: Step) -> engine.Outcome:
    """Do once more what was done then."""
    now = datetime.fromisoformat(step["now"])
    match step["do"]:
        case "start":
            return engine.start(definition, step["variables"], now=now, seed=step["seed"])
        case "tick":
            return engine.tick(definition, before, now=now)
        case "complete":
            return engine.complete(definition, before, step["task"], step["variables"], now=now)
        case "deliver":
            brought = engine.event_of(step["kind"], step["name"])
            return engine.deliver(definition, before, brought, step["variables"], now=now)
        case _:
            run = engine.finish_service
            return run(definition, before, step["task"], step["variables"], now=now)


def told(outcome: engine.Outcome) -> Step:
    """An outcome in the words of a recording."""
    return {
        "snapshot": outcome.snapshot.decode(),
        "digest": outcome.digest.hex(),
        "open": [[task.task_id, task.step] for task in outcome.open],
        "timers": [[one.task_id, one.step, one.due_at.isoformat()] for one in outcome.timers],
        "services": [[call.task_id, call.step] for call in outcome.services],
        "finished": outcome.finished,
        "trail": [[passed.step, passed.task_id, passed.state] for passed in outcome.trail],
    }


def every_element(*, repeated: bool) -> tuple[dict[str, str], str]:
    """Diagrams with every kind of element, and their decision.

    With `repeated` a repetition is under way all the time, and every state is of format 2.
    """
    bpmn = Bpmn().start().parallel("fork").parallel("join").end()
    bpmn.path("start", "fork").path("join", "end")
    how = {"inputCollection": "=[1, 2]", "inputElement": "item"}
    results = {"outputCollection": "all", "outputElement": "=vote"}
    marker = loop(**how, **results) if repeated else ""
    bpmn.user("each", inner=marker).path("fork", "each", "join")
    _work(bpmn)
    _waits(bpmn)
    _blocks(bpmn)
    bpmn.path("fork", "first", "sum", "rule", "call_out", "send", "alarm", "way")
    bpmn.flow("way", "inc", id_="way_on").flow("way", "first", "=again")
    bpmn.path("inc_join", "choose").path("merge", "receive", "pause", "guarded", "told", "pay")
    bpmn.path("pay", "join")
    fees = Bpmn("fees").start().user("collect").boundary("fee_late", "collect", "PT2H").end()
    fees.end("late_end").path("start", "collect", "end").path("fee_late", "late_end")
    table = Dmn().table(inputs=("amount",), rules=((("<= 10",), ("1",)), (("> 10",), ("2",))))
    return {"permit": bpmn.text(), "fees": fees.text()}, table.xml().decode()


def _work(bpmn: Bpmn) -> None:
    """Tasks, one of them with a reminder that rings three times and a message that ends it."""
    bpmn.user("first", unit="=unit").boundary(
        "remind", "first", "R3/PT1H", "timeCycle", interrupting=False
    )
    bpmn.user("chase").end("chased").path("remind", "chase", "chased")
    bpmn.watch("withdraw", "first", event("message", "withdrawn")).end("withdrawn")
    bpmn.path("withdraw", "withdrawn")
    bpmn.script("sum", "amount", "=if paid = null then 3 else paid")
    given = attributes(decisionId="fee", resultVariable="fee")
    bpmn.node("businessRuleTask", "rule", ext=f"<zeebe:calledDecision{given}/>")
    bpmn.service("call_out")
    kind = attributes(type="send_mail")
    bpmn.node("sendTask", "send", ext=f"<zeebe:taskDefinition{kind}/>")
    bpmn.throw("alarm", "signal", "alarm").xor("way", "way_on")


def _waits(bpmn: Bpmn) -> None:
    """An inclusive block, and everything that waits for something from outside."""
    bpmn.inclusive("inc", "inc_a").inclusive("inc_join").user("opinion_a").user("opinion_b")
    bpmn.flow("inc", "opinion_a", id_="inc_a").flow("inc", "opinion_b", "=both")
    bpmn.path("opinion_a", "inc_join").path("opinion_b", "inc_join")
    bpmn.choose("choose").catch("paid", "message", "paid").catch("warned", "signal", "warned")
    bpmn.timer("expired", "P1D").xor("merge")
    for one in ("paid", "warned", "expired"):
        bpmn.path("choose", one, "merge")
    bpmn.receive("receive", "signed").timer("pause", "PT3H")


def _blocks(bpmn: Bpmn) -> None:
    """Sub-processes out of which an error and an escalation are thrown, and a call."""
    bpmn.open("guarded").start("g_start").user("g_task").xor("g_way", "g_on").end("g_end")
    bpmn.throw_end("g_error", "error", "wrong").path("g_start", "g_task", "g_way")
    bpmn.flow("g_way", "g_end", id_="g_on").flow("g_way", "g_error", "=wrong").close()
    bpmn.watch("caught", "guarded", event("error", "wrong")).user("repair")
    bpmn.path("caught", "repair").flow("repair", "told")
    bpmn.open("told").start("t_start").throw("t_throw", "escalation", "late").user("t_task")
    bpmn.end("t_end").path("t_start", "t_throw", "t_task", "t_end").close()
    bpmn.watch("heard", "told", event("escalation", "late"), interrupting=False)
    bpmn.user("boss").end("boss_end").path("heard", "boss", "boss_end")
    bpmn.watch("alarmed", "told", event("signal", "warned")).end("stopped", terminate=True)
    bpmn.path("alarmed", "stopped").call("pay", "fees")


def record(files: dict[str, str], dmn: str, seed: int) -> dict[str, Any]:
    """A random play to its end, with what the engine says after each move."""
    definition, random = _read(files, dmn), Random(seed)  # noqa: S311 - repeatable, not secret
    step: Step = {"do": "start", "variables": {"unit": "H27"}, "seed": str(seed)}
    step["now"] = NOON.isoformat()
    outcome = again(definition, b"", step)
    steps = [step | told(outcome)]
    now = NOON
    while not outcome.finished and len(steps) < MOST:
        now += timedelta(minutes=random.choice((1, 20, 70)))
        step = _move(outcome, random, now)
        outcome = again(definition, outcome.snapshot, step)
        steps.append(step | told(outcome))
    return {"files": files, "decisions": dmn, "steps": steps}


def _move(outcome: engine.Outcome, random: Random, now: datetime) -> Step:
    """One of the things that can be done; the repetition comes last."""
    step: Step = {"now": now.isoformat(), "variables": _answers(random)}
    tasks = [task for task in outcome.open if task.step != "each"]
    if outcome.services:
        return step | {"do": "service", "task": outcome.services[0].task_id}
    usual = [wait for wait in outcome.waiting if wait.event != "withdrawn"]
    if usual and (random.random() < 0.4 or not (tasks or outcome.timers)):
        wait = random.choice(usual)
        return step | {"do": "deliver", "kind": wait.kind, "name": wait.event}
    if outcome.timers and (random.random() < 0.3 or not tasks):
        due = max(now, min(timer.due_at for timer in outcome.timers))
        return {"do": "tick", "now": due.isoformat()}
    return step | {"do": "complete", "task": random.choice(tasks or list(outcome.open)).task_id}


def _answers(random: Random) -> dict[str, Any]:
    flags = {name: random.random() < 0.4 for name in ("again", "both", "wrong")}
    return flags | {"paid": random.choice((None, 5, 20)), "vote": random.choice((1, 2))}


def _write(name: str, content: dict[str, Any]) -> None:
    path = FOLDER / f"{name}.json"
    if not path.exists():
        path.write_text(json.dumps(content, ensure_ascii=False, indent=0), encoding="utf-8")


if __name__ == "__main__":
    for number in (2, 4, 5):
        _write(f"v1-every-{number}", record(*every_element(repeated=False), seed=number))
        _write(f"v2-every-{number}", record(*every_element(repeated=True), seed=number))
