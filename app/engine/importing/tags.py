"""Names of BPMN that an import handles, in groups."""

from typing import Any

from app.engine.xml_parts import BPMN, local

TASKS = frozenset(
    (
        *("task", "userTask", "serviceTask", "scriptTask", "businessRuleTask"),
        *("sendTask", "receiveTask", "manualTask"),
    )
)
CONTAINERS = frozenset(("subProcess", "transaction", "adHocSubProcess"))
ACTIVITIES = TASKS | CONTAINERS | {"callActivity"}
EVENTS = frozenset(
    (
        *("startEvent", "endEvent", "boundaryEvent"),
        *("intermediateThrowEvent", "intermediateCatchEvent"),
    )
)
CHOOSING = frozenset(("exclusiveGateway", "inclusiveGateway"))
GATEWAYS = CHOOSING | {"parallelGateway", "complexGateway", "eventBasedGateway"}
NODES = ACTIVITIES | EVENTS | GATEWAYS


def is_node(element: Any) -> bool:
    """Whether a token can stand on the element."""
    return local(element) in NODES


def is_flow(element: Any) -> bool:
    """Whether the element is a sequence flow."""
    return bool(element.tag == f"{BPMN}sequenceFlow")


def is_true(element: Any, attribute: str) -> bool:
    """Whether a truth value of XML Schema is set."""
    return element.get(attribute, "").strip() in ("true", "1")
