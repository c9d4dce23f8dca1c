"""Prove that a diagram always can be played to its end, or show a play that cannot.

A diagram is sound when, whatever people and clocks decide: the end can still be reached from every
position, nothing waits for ever at a parallel gateway, nothing runs twice at once, and everything
can happen (van der Aalst's soundness, with BPMN's own ends: several end events are legal, a token
that reaches one is gone, and a terminate end takes all tokens with it).

How: the diagram falls into threads (`threads`), each becomes a token net (`elements`), the net is
made small by rules that keep what is right or wrong (`reduction`), and what is left is played
through, marking by marking (`exploration`). Properly nested diagrams of any size shrink to a
handful of markings; mixed ones are played up to `most_markings`, after which the proof gives up
rather than guess. A hundred nodes take far less than two seconds. Nested sub-processes are proven
from the inside: one that gets stuck is reported even where a deadline outside would cut it short.
So are called processes (`calls`): what goes wrong in one goes wrong wherever it is called.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from app.analysis.ambiguity import ambiguities, levels
from app.analysis.calls import lifted
from app.analysis.elements import is_known, net_of
from app.analysis.exploration import Play, explore
from app.analysis.growth import growth
from app.analysis.reduction import reduced
from app.analysis.threads import Thread, reach, thread_from, way_to
from app.analysis.verdicts import Finding, Proof, Verdict
from app.analysis.wording import HINTS, names, sentence
from app.engine import Diagram, Node
from app.foundation.text import lazy_gettext

#: Some two seconds of play on a slow machine, nearest first and then far first.
MOST_MARKINGS = 10_000
#: Markings with more than one token in a place are played for one question only.
MOST_GROWING = 2_000
#: Findings of one kind in one thread; more help nobody.
MOST_ALIKE = 3


def prove(
    diagram: Diagram,
    *,
    called: Mapping[str, Diagram] | None = None,
    most_markings: int = MOST_MARKINGS,
) -> Proof:
    """The proof of a diagram with all its findings, the gravest first. Never raises.

    `called` are the diagrams that call activities may call, by process id; a call of any other
    process is taken for a step that ends.
    """
    return _Shelf(called or {}, most_markings).proof(diagram)


class _Shelf:
    """Diagrams that call each other, each proven once."""

    def __init__(self, diagrams: Mapping[str, Diagram], most: int) -> None:
        self.diagrams = diagrams
        self.most = most
        #: Proofs by process id. One that is only begun is nothing yet: calls in a circle, which
        #: the checker refuses, add nothing to it.
        self.proofs: dict[str, Proof] = {}

    def proof(self, diagram: Diagram) -> Proof:
        """The proof of one diagram with those of the diagrams it calls."""
        findings = ambiguities(diagram)
        if not findings:
            starts = {level: start for level, (start,) in levels(diagram)}
            prover = _Prover(diagram, starts, self)
            prover.prove_all()
            findings = [*prover.findings, *_unreached(diagram, starts)]
        return Proof(findings=tuple(sorted(findings, key=lambda found: found.verdict.gravity)))

    def of(self, process: str | None) -> Proof:
        """The proof of a called process; nothing is found in an unknown one."""
        diagram = self.diagrams.get(process or "")
        if diagram is None:
            return Proof(findings=())
        if diagram.process_id not in self.proofs:
            self.proofs[diagram.process_id] = Proof(findings=())
            self.proofs[diagram.process_id] = self.proof(diagram)
        return self.proofs[diagram.process_id]


def _unreached(diagram: Diagram, starts: dict[str | None, Node]) -> Iterator[Finding]:
    """Elements that no way leads to; what is inside or on the edge of one goes with it."""
    reached = {id_ for start in starts.values() for id_ in reach(diagram, [start])}
    for node in diagram.nodes:
        around = {node.container, node.attached_to} - {None}
        if node.id not in reached and around <= reached:
            yield _dead(diagram, node.id or "")


def _dead(diagram: Diagram, id_: str) -> Finding:
    return Finding(
        verdict=Verdict.DEAD_TASK,
        elements=(id_,),
        sentence=sentence(Verdict.DEAD_TASK, diagram, (id_,)),
        hint=HINTS[Verdict.DEAD_TASK],
    )


@dataclass(kw_only=True)
class _Job:
    """A thread to be proven, and what happens before it begins."""

    entry: Node
    way: tuple[str, ...]


@dataclass
class _Prover:
    diagram: Diagram
    starts: dict[str | None, Node]
    shelf: _Shelf
    findings: list[Finding] = field(default_factory=list)

    def prove_all(self) -> None:
        """Prove the main thread, then those that branch off from it."""
        todo = [_Job(entry=self.starts[None], way=())]
        known = {self.starts[None].id}
        for job in todo:
            thread = thread_from(self.diagram, job.entry)
            strange = tuple(
                node.id or "" for node in thread.ordered if not is_known(self.diagram, node)
            )
            play = None if strange else self._play(thread)
            if play is None:
                self._give_up(strange, job.way)
            else:
                self.findings += _Reporter(thread, play, job.way).findings()
            self.findings += self._calls(thread, play, job.way)
            for entry, at in self._branches(thread):
                if entry.id not in known:
                    known.add(entry.id)
                    todo.append(_Job(entry=entry, way=job.way + _way(thread, play, at)))

    def _calls(self, thread: Thread, play: Play | None, way: tuple[str, ...]) -> Iterator[Finding]:
        """What goes wrong in the processes that the thread calls."""
        for node in thread.ordered:
            if node.tag == "callActivity":
                for found in self.shelf.of(node.called).findings:
                    arriving = way + _way(thread, play, node.id or "")
                    yield from lifted(found, self.diagram, node, arriving)

    def _play(self, thread: Thread) -> Play:
        """A play that shows the thread to be sound, or else one that leaves nothing out."""
        net = net_of(thread)
        play = explore(reduced(net, ignore_terminate=True), most=self.shelf.most)
        clean = not (play.gave_up or play.doublings or play.stuck() or play.trapped())
        if clean and thread.nodes <= play.covered | {thread.entry.id}:
            return play
        terminates = any(move.clears_all for move in net.moves.values())
        if terminates and not play.gave_up:
            play = explore(reduced(net, ignore_terminate=False), most=self.shelf.most)
        if play.gave_up:
            small = reduced(net, ignore_terminate=False)
            play = explore(small, most=self.shelf.most, far_first=True)
        return play

    def _branches(self, thread: Thread) -> Iterator[tuple[Node, str]]:
        """Entries of the threads that branch off, and the element each branches off from."""
        for host, bells in thread.bells.items():
            yield from ((bell, host) for bell in bells)
        for node in thread.ordered:
            if node.id in self.starts:
                yield self.starts[node.id], node.id or ""

    def _give_up(self, strange: tuple[str, ...], way: tuple[str, ...]) -> None:
        steps = names(self.diagram, strange)
        self.findings.append(
            Finding(
                verdict=Verdict.GAVE_UP,
                elements=strange,
                trace=way,
                sentence=lazy_gettext(
                    "The proof does not know these elements: %(steps)s.", steps=steps
                ),
                hint=lazy_gettext("Express them with the elements of the palette."),
            )
        )


def _way(thread: Thread, play: Play | None, goal: str) -> tuple[str, ...]:
    """What happens until an element is entered, in some play or at least in the drawing."""
    found = play.way_to(goal) if play else None
    return found or way_to(thread.diagram, thread.entry, goal)


@dataclass
class _Reporter:
    """From the markings of a play to what the analyst reads."""

    thread: Thread
    play: Play
    way: tuple[str, ...]

    def findings(self) -> list[Finding]:
        """Everything that is wrong with the thread."""
        found = [*self._stuck(), *self._trapped(), *self._doubled()]
        if self.play.gave_up and not found:
            found.append(self._gave_up())
        return found or self._never()

    def _stuck(self) -> Iterator[Finding]:
        """Dead ends, each set of waiting elements once."""
        told: set[tuple[str, ...]] = set()
        for marking in self.play.stuck():
            waiting = self.play.elements(marking)
            spins = self._spinning(marking)
            if waiting not in told and len(told) < MOST_ALIKE:
                told.add(waiting)
                verdict = Verdict.LIVELOCK if spins else Verdict.DEADLOCK
                yield self._at(verdict, marking, spins or waiting)

    def _spinning(self, marking: int) -> tuple[str, ...]:
        places = [self.play.net.places[place] for place in self.play.marked(marking)]
        return tuple(id_ for place in places if place.spins for id_ in place.elements)

    def _trapped(self) -> Iterator[Finding]:
        for marking in self.play.trapped()[:1]:
            yield self._at(Verdict.LIVELOCK, marking, self.play.elements(marking))

    def _at(self, verdict: Verdict, marking: int, elements: tuple[str, ...]) -> Finding:
        trace = self.play.trace(marking)
        return self._finding(verdict, elements, trace, self.play.elements(marking))

    def _doubled(self) -> Iterator[Finding]:
        if self.play.doublings:
            yield from self._growing()
        told: set[tuple[str, ...]] = set()
        for found in self.play.doublings:
            elements = self.play.net.places[found.place].elements[:1]
            if elements not in told and len(told) < MOST_ALIKE:
                told.add(elements)
                trace = self.play.trace(found.before) + self.play.net.moves[found.move].trace
                marking = self.play.elements(found.after)
                yield self._finding(Verdict.MULTIPLE_MERGE, elements, trace, marking)

    def _growing(self) -> Iterator[Finding]:
        grown = growth(self.play.net, most=MOST_GROWING)
        if grown:
            elements = self.play.net.elements(grown.growing)
            marking = self.play.net.elements(grown.marked)
            yield self._finding(Verdict.UNBOUNDED, elements, grown.trace, marking)

    def _gave_up(self) -> Finding:
        return Finding(
            verdict=Verdict.GAVE_UP,
            elements=(self.thread.entry.id or "",),
            sentence=lazy_gettext("The diagram is too tangled to be proven in time."),
            hint=HINTS[Verdict.GAVE_UP],
        )

    def _never(self) -> list[Finding]:
        never = self.thread.nodes - self.play.covered - {self.thread.entry.id}
        return [
            _dead(self.thread.diagram, node.id or "")
            for node in self.thread.ordered
            if node.id in never
        ]

    def _finding(
        self,
        verdict: Verdict,
        elements: tuple[str, ...],
        trace: tuple[str, ...],
        marking: tuple[str, ...],
    ) -> Finding:
        diagram = self.thread.diagram
        passed = self.way + trace
        return Finding(
            verdict=verdict,
            elements=elements,
            trace=tuple(id_ for id_ in passed if id_ in diagram.by_id),
            flows=tuple(id_ for id_ in passed if id_ not in diagram.by_id),
            marking=marking,
            sentence=sentence(verdict, diagram, elements),
            hint=HINTS[verdict],
        )
