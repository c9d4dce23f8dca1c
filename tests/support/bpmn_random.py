"""Random diagrams: nested blocks that are sound by construction, then bent at random."""

import re
from collections.abc import Callable
from random import Random

from tests.support.bpmn import Bpmn


class RandomDiagram:
    """A diagram of a given seed; `names` are the variables that its gateways ask."""

    def __init__(self, seed: int, *, bend: bool = False, name: str = "permit") -> None:
        self.random = Random(seed)  # noqa: S311 - repeatable, not secret
        self.bpmn = Bpmn(name)
        self.names: list[str] = []
        #: Variables that receive results of the diagram.
        self.outputs: list[str] = []
        self._count = 0
        self._minutes = 7
        self._ends = 0
        self.bpmn.start()
        self._flow("start", self._block(3), self._end())
        self.xml = self._bent() if bend else self.bpmn.xml()

    def answers(self, random: Random) -> dict[str, object]:
        """What a person may say to every gateway."""
        return {name: random.choice((None, 1, 2, 1)) for name in self.names}

    def _id(self, kind: str) -> str:
        self._count += 1
        return f"{kind}{self._count}"

    def _end(self, *, terminate: bool = False) -> str:
        end = self._id("end")
        self.bpmn.end(end, terminate=terminate)
        return end

    def _flow(self, source: str, block: tuple[str, str], target: str) -> None:
        self.bpmn.flow(source, block[0])
        self.bpmn.flow(block[1], target)

    def _length(self) -> str:
        self._minutes += self.random.choice((3, 11, 97))
        return f"PT{self._minutes}M"

    def _block(self, depth: int) -> tuple[str, str]:
        """Add a block and give its first and last element."""
        if depth == 0:
            return self._task(depth)
        return self.random.choice(self._kinds())(depth - 1)

    def _kinds(self) -> list[Callable[[int], tuple[str, str]]]:
        return [
            self._task, self._sequence, self._sequence, self._choice, self._fork, self._fork,
            self._loop, self._loop, self._watched, self._reminded, self._sub, self._pause,
        ]  # fmt: skip

    def _task(self, _depth: int = 0) -> tuple[str, str]:
        task = self._id("task")
        self.bpmn.user(task)
        return task, task

    def _pause(self, _depth: int = 0) -> tuple[str, str]:
        timer = self._id("timer")
        self.bpmn.timer(timer, self._length())
        return timer, timer

    def _sequence(self, depth: int) -> tuple[str, str]:
        first, middle = self._block(depth)
        second, last = self._block(depth)
        self.bpmn.flow(middle, second)
        return first, last

    def _gate(self, ways: int) -> tuple[str, list[str | None]]:
        gate = self._id("xor")
        name = f"way_{gate}"
        self.names.append(name)
        return gate, [None, *(f"={name} = {number}" for number in range(1, ways))]

    def _choice(self, depth: int) -> tuple[str, str]:
        split, conditions = self._gate(self.random.choice((2, 3)))
        merge = self._id("xor")
        self.bpmn.xor(merge)
        default = self._id("flow")
        self.bpmn.xor(split, default=default)
        for condition in conditions:
            id_ = self._id("flow") if condition else default
            if condition and self.random.random() < 0.15:
                self.bpmn.flow(
                    split, self._end(terminate=self.random.random() < 0.5), condition, id_
                )
            elif condition and self.random.random() < 0.2:
                self.bpmn.flow(split, merge, condition, id_)
            else:
                first, last = self._block(depth)
                self.bpmn.flow(split, first, condition, id_)
                self.bpmn.flow(last, merge, id_=self._id("flow"))
        return split, merge

    def _fork(self, depth: int) -> tuple[str, str]:
        split, join = self._id("and"), self._id("and")
        self.bpmn.parallel(split).parallel(join)
        for _ in range(self.random.choice((2, 2, 3))):
            first, last = self._block(depth)
            self.bpmn.flow(split, first)
            self.bpmn.flow(last, join)
        if self.random.random() < 0.2:
            self.bpmn.flow(split, join)
        return split, join

    def _loop(self, depth: int) -> tuple[str, str]:
        again, conditions = self._gate(2)
        default = self._id("flow")
        entry, exit_ = self._task(0)
        first, last = self._block(depth)
        self.bpmn.flow(exit_, first).xor(again, default=default).flow(last, again)
        out, _ = self._task(0)
        self.bpmn.flow(again, entry, conditions[1], self._id("flow"))
        self.bpmn.flow(again, out, id_=default)
        return entry, out

    def _host(self, depth: int) -> tuple[str, str]:
        return self._sub(depth) if self.random.random() < 0.4 else self._task(depth)

    def _watched(self, depth: int) -> tuple[str, str]:
        host, _ = self._host(depth)
        bell, merge = self._id("bell"), self._id("xor")
        self.bpmn.boundary(bell, host, self._length()).xor(merge).flow(host, merge)
        self._flow(bell, self._block(depth), merge)
        return host, merge

    def _reminded(self, depth: int) -> tuple[str, str]:
        host, _ = self._host(depth)
        for _ in range(self.random.choice((1, 1, 2))):
            bell = self._id("bell")
            self.bpmn.boundary(bell, host, self._length(), interrupting=False)
            self._flow(bell, self._block(depth), self._end())
        return host, host

    def _sub(self, depth: int) -> tuple[str, str]:
        sub = self._id("sub")
        self.bpmn.open(sub)
        start = self._id("start")
        self.bpmn.start(start)
        self._flow(start, self._block(depth), self._end())
        self.bpmn.close()
        return sub, sub

    def _bent(self) -> bytes:
        """Lead a few flows somewhere else, so that joins starve and merges multiply."""
        text = self.bpmn.xml().decode()
        targets = re.findall(r'targetRef="([^"]+)"', text)
        for _ in range(self.random.choice((1, 2, 3))):
            old, new = self.random.choice(targets), self.random.choice(targets)
            text = text.replace(f'targetRef="{old}"', f'targetRef="{new}"', 1)
        return text.encode()
