"""The way from one diagram to another: which element is which, and what stayed as it was."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from app.engine.definition import Definition
from app.engine.diagram import Diagram, Flow, Node
from app.engine.migrating.drawing import same_drawing
from app.engine.migrating.obstacles import MappingInvalid
from app.foundation.text import gettext


class Route:
    """From `old` to `new`. `mapping` names what is called otherwise now, by old and new id.

    Elements and flows inside of a called process are named `process/element`; a called process
    itself may be mapped by its id. What is not mapped is what has the same id. Raises
    MappingInvalid.
    """

    def __init__(self, old: Definition, new: Definition, mapping: Mapping[str, str]) -> None:
        self.old = old
        self.new = new
        #: Only what really has another name, so that equal routes are written alike.
        self.mapping = {key: mapping[key] for key in sorted(mapping) if key != mapping[key]}
        _ensure_known(old, new, mapping)

    def image(self, old_prefix: str, name: str, new_prefix: str) -> str | None:
        """The bare id of an element or flow on a level of the new diagram.

        Nothing where the mapping leads to another level, or no such level was called before.
        """
        mapped = self.mapping.get(old_prefix + name)
        if mapped is None:
            return name if self.process(old_prefix) == new_prefix else None
        prefix, _, bare = mapped.rpartition("/")
        return bare if prefix == new_prefix.removesuffix("/") else None

    def process(self, old_prefix: str) -> str:
        """The prefix of a called process under its new name."""
        name = old_prefix.removesuffix("/")
        return f"{self.mapping.get(name, name)}/" if name else ""

    @cached_property
    def unchanged(self) -> frozenset[str]:
        """Prefixes of the new diagrams that are drawn as they were, but for names of elements."""
        return frozenset(
            self.process(prefix)
            for prefix, diagram in diagrams_of(self.old)
            if (other := diagram_of(self.new, self.process(prefix)))
            and same_drawing(diagram, other, self._bare(prefix))
        )

    def _bare(self, prefix: str) -> dict[str, str]:
        """The mapping inside of one diagram, without prefixes."""
        return {
            key.removeprefix(prefix): value.rpartition("/")[2]
            for key, value in self.mapping.items()
            if key.rpartition("/")[0] == prefix.removesuffix("/")
        }


def diagrams_of(definition: Definition) -> Iterator[tuple[str, Diagram]]:
    """The diagram of a definition and of every process it calls, with what their ids begin with."""
    yield "", definition.diagram
    for process, one in definition.called.items():
        yield f"{process}/", one.diagram


def diagram_of(definition: Definition, prefix: str) -> Diagram | None:
    """The diagram whose ids begin so, if the definition reaches it."""
    return dict(diagrams_of(definition)).get(prefix)


def _ensure_known(old: Definition, new: Definition, mapping: Mapping[str, str]) -> None:
    before, after = mappable(old), mappable(new)
    errors: dict[str, list[str]] = {}
    for key, value in mapping.items():
        if key not in before:
            errors[key] = [gettext("The version that is left has no “%(name)s”.", name=key)]
        elif value not in after:
            errors[key] = [gettext("The version to move to has no “%(name)s”.", name=value)]
        elif before[key] is not after[value]:
            errors[key] = [gettext("“%(name)s” is not of the same sort.", name=value)]
    if errors:
        raise MappingInvalid(errors=errors)


def mappable(definition: Definition) -> dict[str, type]:
    """Everything a mapping may name, and what sort of thing it is."""
    found: dict[str, type] = dict.fromkeys(definition.called, Diagram)
    for prefix, diagram in diagrams_of(definition):
        found |= {f"{prefix}{flow.id}": Flow for flow in diagram.flows if flow.id}
        found |= {f"{prefix}{node.id}": Node for node in diagram.nodes if node.id}
    return found
