"""Random diagrams with every element there is: repetitions, events, errors, inclusive blocks."""

from collections.abc import Callable
from random import Random

from tests.support.bpmn import event, loop
from tests.support.bpmn_random import RandomDiagram

MESSAGES = ("m1", "m2")
SIGNALS = ("s1", "s2")


class WideDiagram(RandomDiagram):
    """A diagram of a given seed; small ones, so that the new elements meet each other."""

    def __init__(
        self, seed: int, *, bend: bool = False, name: str = "permit", calls: tuple[str, ...] = ()
    ) -> None:
        #: Variables that results of repetitions are made of.
        self.results: list[str] = []
        self.calls = calls
        #: Keeps the names of diagrams that call each other apart.
        self.mark = name[0]
        super().__init__(seed, bend=bend, name=name)

    def answers(self, random: Random) -> dict[str, object]:
        told = [name for name in self.results if random.random() < 0.6]
        results = {name: random.choice((1, 2, 3)) for name in told}
        return super().answers(random) | results

    def _kinds(self) -> list[Callable[[int], tuple[str, str]]]:
        return [
            self._sequence, self._sequence, self._choice, self._fork, self._loop, self._sub,
            self._watched, self._reminded, self._repeat, self._repeat, self._catch, self._receive,
            self._events, self._inclusive, self._inclusive, self._stopped, self._raised,
            self._alarmed, self._broadcast, *[self._call] * 3 * len(self.calls),
        ]  # fmt: skip

    def _call(self, _depth: int = 0) -> tuple[str, str]:
        call = self._id("call")
        marker = self._marker() if self.random.random() < 0.3 else ""
        self.bpmn.call(call, self.random.choice(self.calls), inner=marker)
        return call, call

    def _event(self) -> str:
        kind = self.random.choice(("message", "signal"))
        return event(kind, self.random.choice(MESSAGES if kind == "message" else SIGNALS))

    def _marker(self) -> str:
        size = self.random.choice((0, 1, 2, 2, 3))
        number = self._id("")
        how: dict[str, str | None] = {
            "inputCollection": f"={list(range(1, size + 1))}",
            "inputElement": f"item{self.mark}{number}",
        }
        until = self.random.choice((None, None, "=numberOfCompletedInstances >= 2"))
        if self.random.random() < 0.7:
            result = f"r{self.mark}{number}"
            self.results.append(result)
            self.outputs.append(f"all{self.mark}{number}")
            how |= {"outputCollection": f"all{self.mark}{number}", "outputElement": f"={result}"}
            until = self.random.choice((until, f"={result} = 1"))
        return loop(sequential=self.random.random() < 0.5, until=until, **how)

    def _repeat(self, depth: int) -> tuple[str, str]:
        return self._repeated(depth, self._marker())

    def _repeated(self, depth: int, marker: str) -> tuple[str, str]:
        if self.random.random() < 0.4:
            task = self._id("task")
            self.bpmn.user(task, inner=marker)
            return task, task
        return self._sub_with(depth, marker)

    def _sub_with(self, depth: int, marker: str = "") -> tuple[str, str]:
        sub = self._id("sub")
        self.bpmn.open(sub, inner=marker)
        start = self._id("start")
        self.bpmn.start(start)
        self._flow(start, self._block(depth), self._end())
        self.bpmn.close()
        return sub, sub

    def _host(self, depth: int) -> tuple[str, str]:
        if self.calls and self.random.random() < 0.5:
            return self._call()
        if self.random.random() < 0.3:
            return self._repeated(depth, self._marker())
        return super()._host(depth)

    def _catch(self, _depth: int = 0) -> tuple[str, str]:
        catch = self._id("catch")
        self.bpmn.node("intermediateCatchEvent", catch, inner=self._event())
        return catch, catch

    def _receive(self, _depth: int = 0) -> tuple[str, str]:
        task = self._id("receive")
        self.bpmn.receive(task, self.random.choice(MESSAGES))
        return task, task

    def _events(self, depth: int) -> tuple[str, str]:
        gate, merge = self._id("choose"), self._id("xor")
        self.bpmn.choose(gate).xor(merge)
        for _ in range(self.random.choice((2, 2, 3))):
            one = self.random.choice((self._catch, self._receive, self._pause))()[0]
            self.bpmn.flow(gate, one)
            self._flow(one, self._block(depth), merge)
        return gate, merge

    def _inclusive(self, depth: int) -> tuple[str, str]:
        split, join, default = self._id("or"), self._id("or"), self._id("flow")
        self.bpmn.inclusive(split, default).inclusive(join)
        for number in range(self.random.choice((2, 3))):
            name = f"way{number}_{split}"
            self.names.append(name)
            id_, condition = (self._id("flow"), f"={name} = 1") if number else (default, None)
            if self.random.random() < 0.15:
                self.bpmn.flow(split, join, condition, id_)
                continue
            first, last = self._block(depth)
            self.bpmn.flow(split, first, condition, id_)
            target = self._end() if number > 1 and self.random.random() < 0.2 else join
            self.bpmn.flow(last, target, id_=self._id("flow"))
        return split, join

    def _guarded(self, depth: int, kind: str, ends: bool) -> str:
        """A sub-process in which a decision may throw something out, perhaps from deep inside."""
        sub, start = self._id("sub"), self._id("start")
        marker = self._marker() if self.random.random() < 0.3 else ""
        self.bpmn.open(sub, inner=marker).start(start)
        split, conditions = self._gate(2)
        merge, default, thrown = self._id("xor"), self._id("flow"), self._id("throw")
        first, last = self._block(depth)
        if self.random.random() < 0.5:
            fork, join = self._id("and"), self._id("and")
            self.bpmn.parallel(fork).parallel(join).flow(fork, first).flow(last, join)
            self._flow(fork, self._task(), join)
            first, last = fork, join
        self.bpmn.flow(start, first).xor(split, default).xor(merge).flow(last, split)
        self.bpmn.flow(split, merge, id_=default)
        self.bpmn.flow(split, thrown, conditions[1], self._id("flow"))
        if ends:
            self.bpmn.throw_end(thrown, kind, "code")
        else:
            self.bpmn.throw(thrown, kind, "code").flow(thrown, merge)
        self._flow(merge, self._task(), self._end())
        self.bpmn.close()
        return sub

    def _caught(self, sub: str, depth: int, kind: str, *, interrupting: bool) -> tuple[str, str]:
        bell, merge = self._id("bell"), self._id("xor")
        inner = event(kind, self.random.choice((None, "code")))
        self.bpmn.watch(bell, sub, inner, interrupting=interrupting)
        if not interrupting:
            self._flow(bell, self._block(depth), self._end())
            return sub, sub
        self.bpmn.xor(merge).flow(sub, merge)
        self._flow(bell, self._block(depth), merge)
        return sub, merge

    def _stopped(self, depth: int) -> tuple[str, str]:
        sub = self._guarded(depth, "error", True)
        return self._caught(sub, depth, "error", interrupting=True)

    def _raised(self, depth: int) -> tuple[str, str]:
        sub = self._guarded(depth, "escalation", self.random.random() < 0.5)
        stops = self.random.random() < 0.5
        return self._caught(sub, depth, "escalation", interrupting=stops)

    def _alarmed(self, depth: int) -> tuple[str, str]:
        """A task or sub-process that a message or signal interrupts or accompanies."""
        host, _ = self._host(depth)
        bell, merge = self._id("bell"), self._id("xor")
        stops = self.random.random() < 0.5
        self.bpmn.watch(bell, host, self._event(), interrupting=stops)
        if not stops:
            self._flow(bell, self._block(depth), self._end())
            return host, host
        self.bpmn.xor(merge).flow(host, merge)
        self._flow(bell, self._block(depth), merge)
        return host, merge

    def _broadcast(self, depth: int) -> tuple[str, str]:
        throw = self._id("throw")
        self.bpmn.throw(throw, "signal", self.random.choice(SIGNALS))
        first, last = self._block(depth)
        self.bpmn.flow(last, throw)
        return first, throw


class InclusiveDiagram(WideDiagram):
    """Mostly inclusive blocks, in loops and beside each other."""

    def _kinds(self) -> list[Callable[[int], tuple[str, str]]]:
        return [
            self._inclusive, self._inclusive, self._sequence, self._fork, self._loop,
            self._watched, self._reminded, self._stopped, self._choice,
        ]  # fmt: skip
