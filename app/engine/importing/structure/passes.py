"""The passes over the graph, in their order."""

from app.engine.checking.identity import MOST_FLOWS, MOST_NODES
from app.engine.importing.draft import Draft
from app.engine.importing.structure.choices import settle_choices
from app.engine.importing.structure.ends import add_ends, add_starts
from app.engine.importing.structure.forks import draw_forks
from app.engine.importing.structure.graph import Graph
from app.engine.importing.structure.joins import draw_joins
from app.engine.importing.structure.links import draw_links
from app.engine.importing.structure.undrawn import draw_flows
from app.foundation.text import lazy_gettext

_PASSES = (draw_flows, draw_links, add_starts, add_ends, draw_forks, draw_joins, settle_choices)


def straighten(draft: Draft) -> None:
    """Draw what is unsaid; a process that is too large to be published is left as it is."""
    graph = Graph(draft)
    if len(graph.nodes) > MOST_NODES or len(draft.flows()) > MOST_FLOWS:
        return
    for node in draft.grown:
        graph.picture.grow(node)
    for apply in _PASSES:
        apply(graph)
    for name in draft.gone:
        graph.picture.erase(name)
    graph.picture.write()
    if graph.picture.left_out:
        draft.changes.warning(
            "picture.left-out",
            draft.process,
            lazy_gettext(
                "The drawing is so large that some of what was added is not drawn: %(count)s.",
                count=graph.picture.left_out,
            ),
        )
