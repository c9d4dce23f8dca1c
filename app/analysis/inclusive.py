"""The inclusive join: it goes on with the tokens it has once no other can still come (BPMN 13.4.3).

A token elsewhere holds it up if it can come to a flow that has none, and cannot come to one that
has. So there is one move for each set of flows with tokens, and places that must be empty for it.
"""

from collections.abc import Collection
from dataclasses import replace
from itertools import combinations

from app.analysis.net import Net

#: An inclusive gateway with more flows has too many sets of them.
MOST_WAYS = 6


def subsets(places: Collection[int]) -> list[frozenset[int]]:
    """All sets of some of the places, but not the empty one."""
    sizes = range(1, len(places) + 1)
    return [frozenset(chosen) for size in sizes for chosen in combinations(places, size)]


def wait_for_others(net: Net, join: dict[frozenset[int], int]) -> None:
    """Let the moves of a join, by the flows they take tokens from, wait for what can still come."""
    flows = frozenset[int]().union(*join)
    upstream = {flow: _upstream(net, flow, without=join.values()) for flow in flows}
    for taken, number in join.items():
        near = frozenset[int]().union(*(upstream[flow] for flow in taken))
        missing = flows - taken
        far = frozenset[int]().union(*(upstream[flow] for flow in missing))
        move = net.moves[number]
        net.change(number, replace(move, unless=(far - near - taken) | missing))


def _upstream(net: Net, flow: int, *, without: Collection[int]) -> frozenset[int]:
    """Places from which a token can come to a flow without passing the join."""
    seen: set[int] = set()
    todo = [flow]
    while todo:
        for number in net.feeding[todo.pop()]:
            if number not in without:
                new = net.moves[number].needs - seen
                seen |= new
                todo += new
    return frozenset(seen)
