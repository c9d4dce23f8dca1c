"""The token game goes on on another board: the same pieces on the fields of the same name."""

from collections import Counter
from collections.abc import Mapping

from app.engine import Definition, Diagram, Flow, Node
from tests.support.token_board import Bell, Fan, Scope, Work
from tests.support.token_game import TokenGame


def carried_over(game: TokenGame, new: Definition, mapping: Mapping[str, str]) -> TokenGame:
    """The same position in the new diagram; nothing of the engine is asked."""
    return _Carrier(game, new, mapping).game


class _Carrier:
    def __init__(self, old: TokenGame, new: Definition, mapping: Mapping[str, str]) -> None:
        self.mapping = mapping
        self.game = TokenGame.__new__(TokenGame)
        self.game.__dict__.update(old.__dict__)
        self.game.called = {process: one.diagram for process, one in new.called.items()}
        self.game.data, self.game.ended = dict(old.data), []
        self.game.top = self._scope(old.top, new.diagram, None)

    def _scope(self, old: Scope, diagram: Diagram, around: Work | None) -> Scope:
        new = Scope(diagram=diagram, prefix=old.prefix, around=around, order=old.order)
        for id_, count in old.waiting.items():
            if count:
                new.waiting += Counter({self._flow(old, id_, diagram): count})
        new.work = [self._work(work, new) for work in old.work]
        return new

    def _named(self, id_: str | None) -> str:
        return self.mapping.get(id_ or "", id_ or "")

    def _node(self, node: Node, diagram: Diagram) -> Node:
        return diagram.by_id[self._named(node.id)]

    def _flow(self, old: Scope, id_: str | None, diagram: Diagram) -> str | None:
        """A flow that was told, else the flow between the same elements."""
        (flow,) = [one for one in old.diagram.flows if one.id == id_]
        ends = (self._named(flow.source), self._named(flow.target))
        same = [f for f in diagram.flows if (f.id, f.target) == (self._named(id_), ends[1])]
        like: list[Flow] = [one for one in diagram.flows if (one.source, one.target) == ends]
        return (same or like)[0].id

    def _work(self, old: Work, scope: Scope) -> Work:
        new = Work(node=self._node(old.node, scope.diagram), scope=scope, order=old.order)
        new.items, new.own = dict(old.items), dict(old.own)
        new.bells = [self._bell(bell, scope) for bell in old.bells]
        if old.fan:
            new.fan = Fan(new.node)
            new.fan.items, new.fan.results = list(old.fan.items), list(old.fan.results)
            new.fan.begun, new.fan.done = old.fan.begun, old.fan.done
        if old.inside:
            inside = scope.diagram
            if new.node.called and not (new.fan and old.inside.around is old):
                inside = self.game.called[new.node.called]
            new.inside = self._scope(old.inside, inside, new)
        return new

    def _bell(self, old: Bell, scope: Scope) -> Bell:
        node = self._node(old.node, scope.diagram)
        step = scope.prefix + (node.id or "")
        bell = Bell(node=node, order=old.order, step=step)
        bell.due, bell.kind, bell.name = old.due, old.kind, old.name
        return bell
