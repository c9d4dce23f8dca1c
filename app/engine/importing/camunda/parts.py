"""Reaching for the settings of the old engine."""

from typing import Any

from app.engine.xml_parts import CAMUNDA7, children, extensions


def look(element: Any, name: str) -> str | None:
    """A setting, which stays; nothing if it is missing or empty."""
    value: str = element.get(CAMUNDA7 + name, "").strip()
    return value or None


def take(element: Any, *names: str) -> str | None:
    """The first of some settings that is there; all of them leave the element."""
    found = next((value for name in names if (value := look(element, name))), None)
    for name in names:
        element.attrib.pop(CAMUNDA7 + name, None)
    return found


def parts(element: Any, *tags: str) -> list[Any]:
    """The extensions of those names."""
    names = {CAMUNDA7 + tag for tag in tags}
    return [child for child in extensions(element) if child.tag in names]


def remove(part: Any) -> None:
    """Remove an extension, and with the last one what held it."""
    holder = part.getparent()
    holder.remove(part)
    if next(holder.iterchildren(), None) is None and holder.tag.endswith("}extensionElements"):
        holder.getparent().remove(holder)


def text_of_part(part: Any) -> str:
    """What an extension says, in one line."""
    attributes = " ".join(f'{_bare(name)}="{value}"' for name, value in part.items())
    words = " ".join("".join(part.itertext()).split())
    return " ".join(filter(None, (_bare(part.tag), attributes, words)))


def scripts(element: Any) -> list[Any]:
    """The `script` children that standard BPMN gives a script task."""
    return children(element, "script")


def _bare(name: str) -> str:
    return name.rpartition("}")[2]
