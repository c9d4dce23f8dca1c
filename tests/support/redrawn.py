"""An analyst at work: the same diagram with other ids, with a step more or less, bent at random."""

import re
from dataclasses import dataclass
from random import Random

from app.engine import Definition

_FLOW = re.compile(
    r'<bpmn:sequenceFlow id="([^"]+)" sourceRef="([^"]+)" targetRef="([^"]+)">.*?'
    r"</bpmn:sequenceFlow>",
    re.DOTALL,
)
_REFERENCE = re.compile(
    r'\b(id|name|sourceRef|targetRef|default|attachedToRef|bpmnElement)="([^"]*)"'
)
_TASK = re.compile(r'<bpmn:userTask id="([^"]+)".*?</bpmn:userTask>\n', re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Redrawn:
    """The new file, and what is called otherwise in it."""

    xml: bytes
    mapping: dict[str, str]


def _random(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - repeatable, not secret


def renamed(definition: Definition, xml: bytes) -> Redrawn:
    """Every element and flow under another id."""
    diagram = definition.diagram
    ids = {one.id: f"n_{one.id}" for one in (*diagram.nodes, *diagram.flows) if one.id}

    def change(found: re.Match[str]) -> str:
        attribute, id_ = found.groups()
        new = ids.get(id_, id_) if attribute != "name" else id_
        return f'{attribute}="{new}"'

    text = _REFERENCE.sub(change, xml.decode())
    return Redrawn(xml=text.encode(), mapping=ids)


def with_a_step_more(xml: bytes, seed: int, *, tell: bool = False) -> Redrawn:
    """A user task in the middle of some flow; `tell` maps the flow to its second half."""
    text, random = xml.decode(), _random(seed)
    found = random.choice(list(_FLOW.finditer(text)))
    id_, _, target = found.groups()
    whole = found.group(0)
    first = whole.replace(f'targetRef="{target}"', 'targetRef="more"')
    second = f'<bpmn:sequenceFlow id="rest" sourceRef="more" targetRef="{target}"/>\n'
    text = text.replace(whole, first + _task("more") + second)
    return Redrawn(xml=text.encode(), mapping={id_: "rest"} if tell else {})


def with_a_branch_more(xml: bytes, seed: int) -> Redrawn:
    """One more branch between some parallel gateway and the one that joins what it splits."""
    text, random = xml.decode(), _random(seed)
    ids = re.findall(r'<bpmn:parallelGateway id="(and\d+)"', text)
    pairs = [(one, f"and{int(one[3:]) + 1}") for one in ids]
    pairs = [pair for pair in pairs if pair[1] in ids]
    if not pairs:
        return Redrawn(xml=xml, mapping={})
    split, join = random.choice(pairs)
    flows = "".join(
        f'<bpmn:sequenceFlow id="rest_{source}" sourceRef="{source}" targetRef="{target}"/>\n'
        for source, target in ((split, "more"), ("more", join))
    )
    gate = f'<bpmn:parallelGateway id="{split}"'
    return Redrawn(xml=text.replace(gate, _task("more") + flows + gate).encode(), mapping={})


def with_a_step_less(xml: bytes, seed: int) -> Redrawn:
    """Some plain user task taken out; what led to it leads to what followed."""
    text, random = xml.decode(), _random(seed)
    flows = [one.groups() for one in _FLOW.finditer(text)]
    plain = [
        found
        for found in _TASK.finditer(text)
        if f'attachedToRef="{found.group(1)}"' not in text
        and sum(source == found.group(1) for _, source, _ in flows) == 1
    ]
    if not plain:
        return Redrawn(xml=xml, mapping={})
    found = random.choice(plain)
    ((gone, _, after),) = [one for one in flows if one[1] == found.group(1)]
    text = text.replace(found.group(0), "")
    text = re.sub(
        rf'<bpmn:sequenceFlow id="{gone}" .*?</bpmn:sequenceFlow>\n', "", text, flags=re.DOTALL
    )
    text = text.replace(f'targetRef="{found.group(1)}"', f'targetRef="{after}"')
    for id_ in (gone, found.group(1)):
        text = text.replace(f'<bpmndi:BPMNShape bpmnElement="{id_}"/>', "")
    return Redrawn(xml=text.encode(), mapping={})


def bent(xml: bytes, seed: int) -> Redrawn:
    """A flow or two led somewhere else, a gateway or a task of another kind."""
    text, random = xml.decode(), _random(seed)
    for _ in range(random.choice((1, 1, 2))):
        text = random.choice((_led_elsewhere, _other_gateway, _other_task))(text, random)
    return Redrawn(xml=text.encode(), mapping={})


def _led_elsewhere(text: str, random: Random) -> str:
    targets = re.findall(r'targetRef="([^"]+)"', text)
    old, new = random.choice(targets), random.choice(targets)
    return text.replace(f'targetRef="{old}"', f'targetRef="{new}"', 1)


def _other_gateway(text: str, random: Random) -> str:
    """Exclusive for parallel and the other way round, for all gateways that share a word."""
    kinds = ["exclusiveGateway", "parallelGateway", "inclusiveGateway"]
    ids = re.findall(r'<bpmn:(?:exclusive|parallel|inclusive)Gateway id="([^"]+)"', text)
    if not ids:
        return text
    id_, kind = random.choice(ids), random.choice(kinds)
    pattern = rf'<bpmn:\w+Gateway (id="{id_}"[^>]*)></bpmn:\w+Gateway>'
    return re.sub(pattern, rf"<bpmn:{kind} \1></bpmn:{kind}>", text)


def _other_task(text: str, random: Random) -> str:
    found = random.choice(list(_TASK.finditer(text)) or [None])
    if found is None:
        return text
    timer = "<bpmn:timerEventDefinition><bpmn:timeDuration>PT55M</bpmn:timeDuration>"
    name = found.group(1)
    other = (
        f'<bpmn:intermediateCatchEvent id="{name}" name="{name}">{timer}'
        "</bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>\n"
    )
    return text.replace(found.group(0), other)


def _task(id_: str) -> str:
    work = '<zeebe:formDefinition formId="form"/><zeebe:assignmentDefinition candidateGroups="x"/>'
    inner = f"<bpmn:extensionElements>{work}</bpmn:extensionElements>"
    return f'<bpmn:userTask id="{id_}" name="{id_}">{inner}</bpmn:userTask>\n'
