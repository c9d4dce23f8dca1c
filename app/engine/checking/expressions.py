"""Expressions and timers: every FEEL text compiles, every literal time can be read."""

from app import feel
from app.engine.checking.findings import Findings, Known
from app.engine.checking.timer_kinds import gives_another_kind
from app.engine.diagram import Diagram, Flow, Node, TimerText
from app.engine.expressions import Use, uses
from app.engine.problems import Text
from app.engine.timing import MOST_RINGS, PARSERS, TooOften
from app.foundation.text import lazy_gettext

_WANTED = {
    "timeDate": lazy_gettext("a moment"),
    "timeDuration": lazy_gettext("a duration"),
    "timeCycle": lazy_gettext("a cycle"),
}


def check_expressions(diagram: Diagram, findings: Findings, known: Known) -> None:
    """Compile every expression and read every literal timer."""
    del known
    for use in uses(diagram):
        _compile(use, findings)
    for flow in diagram.flows:
        _must_be_feel(flow, flow.condition, findings)
    for node in diagram.nodes:
        if node.script:
            _must_be_feel(node, node.script.expression, findings)
        if "timerEventDefinition" in node.events:
            _timer(node, findings)


def _compile(use: Use, findings: Findings) -> None:
    try:
        feel.compile(use.expression)
    except feel.FeelError as error:
        findings.error(
            "feel.invalid",
            use.owner,
            lazy_gettext(
                "The expression in “%(place)s” cannot be read: %(expression)s",
                place=use.place,
                expression=use.expression.strip()[:200],
            ),
            str(error),
        )


def _must_be_feel(owner: Node | Flow, text: str | None, findings: Findings) -> None:
    if text and text.strip() and not text.strip().startswith("="):
        findings.error(
            "feel.not-feel",
            owner,
            lazy_gettext("This is not a FEEL expression: %(text)s", text=text.strip()[:200]),
            lazy_gettext('Begin with “=”, for example: =decision = "accept"'),
        )


def _timer(node: Node, findings: Findings) -> None:
    if len(node.timers) != 1 or not node.timers[0].text:
        _complain(
            node,
            "timer.incomplete",
            lazy_gettext("The timer needs exactly one date, duration or cycle."),
            lazy_gettext("Choose the type of the timer and enter its value."),
            findings,
        )
        return
    _value(node, node.timers[0], findings)


def _value(node: Node, timer: TimerText, findings: Findings) -> None:
    if timer.kind == "timeCycle" and (node.tag != "boundaryEvent" or node.interrupting):
        _complain(
            node,
            "timer.cycle-misplaced",
            lazy_gettext("Only a non-interrupting boundary timer can repeat."),
            lazy_gettext("Use a duration here."),
            findings,
        )
    problem = _unreadable(timer)
    if isinstance(problem, TooOften):
        findings.error(
            "limit.timer",
            node,
            lazy_gettext("The timer repeats too often: “%(text)s”.", text=timer.text[:60]),
            lazy_gettext(
                "Let it repeat %(most)s times at most and not more than once a minute.",
                most=MOST_RINGS,
            ),
        )
    elif problem:
        _complain(
            node,
            "timer.invalid",
            lazy_gettext("The time “%(text)s” cannot be read.", text=timer.text[:60]),
            lazy_gettext("Write for example P3D, PT8H, R3/P1D or a FEEL expression."),
            findings,
        )
    elif timer.text.startswith("=") and gives_another_kind(timer.kind, timer.text[1:]):
        _complain(
            node,
            "timer.wrong-kind",
            lazy_gettext(
                "The timer waits for %(wanted)s, but “%(text)s” gives something else.",
                wanted=_WANTED[timer.kind],
                text=timer.text[:60],
            ),
            lazy_gettext(
                "Choose the type of the timer that fits the expression: a date for a moment such "
                'as =working hours from(now(), 8), a duration for =duration("PT8H").'
            ),
            findings,
        )


def _unreadable(timer: TimerText) -> Exception | None:
    """Why a literal time cannot be used."""
    try:
        if not timer.text.startswith("=") or timer.kind not in PARSERS:
            PARSERS[timer.kind](timer.text)
    except (KeyError, ValueError, OverflowError) as error:
        return error
    return None


def _complain(node: Node, code: str, message: Text, hint: Text, findings: Findings) -> None:
    findings.error(code, node, message, hint)
