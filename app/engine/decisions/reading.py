"""From an XML tree to the decisions as written (DMN 1.2 to 1.5, which share their structure)."""

from typing import Any

from app.engine.decisions.written import (
    DecisionText,
    Element,
    FileText,
    InputText,
    OutputText,
    RuleText,
    TableText,
    Text,
    TypeText,
)

#: The namespaces of DMN 1.2, 1.3, 1.4 and 1.5.
NAMESPACES = (
    "http://www.omg.org/spec/DMN/20180521/MODEL/",
    "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "https://www.omg.org/spec/DMN/20211108/MODEL/",
    "https://www.omg.org/spec/DMN/20230324/MODEL/",
)
_INPUT_VARIABLE = "{http://camunda.org/schema/1.0/dmn}inputVariable"

#: Parts of a file that explain, or that we read elsewhere.
_HARMLESS = frozenset(
    (
        *("description", "extensionElements", "itemDefinition", "decision", "inputData"),
        *("textAnnotation", "association", "group", "artifact", "knowledgeSource"),
        *("elementCollection", "performanceIndicator", "organizationUnit"),
    )
)
#: The same for a decision.
_EXPLAINING = frozenset(
    (
        *("description", "extensionElements", "question", "allowedAnswers", "variable"),
        *("informationRequirement", "authorityRequirement", "supportedObjective"),
        *("decisionMaker", "decisionOwner", "impactedPerformanceIndicator"),
        *("usingProcess", "usingTask"),
    )
)
_LOGIC = ("decisionTable", "literalExpression")


def namespace_of(root: Any) -> str | None:
    """The DMN namespace of a root element; nothing if the file is no DMN we read."""
    return next((uri for uri in NAMESPACES if root.tag == f"{{{uri}}}definitions"), None)


def read_file(root: Any, namespace: str) -> FileText:
    """Everything in a file; nothing is judged yet."""
    return _Reader(root, namespace).file()


class _Reader:
    """Reads one file; knows its namespace and the language its expressions are in by default."""

    def __init__(self, root: Any, namespace: str) -> None:
        self.root = root
        self.mark = f"{{{namespace}}}"
        self.language: str | None = root.get("expressionLanguage")

    def file(self) -> FileText:
        return FileText(
            decisions=tuple(self.decision(one) for one in self.all(self.root, "decision")),
            types={
                _tidy(one.get("name")): self.type(one)
                for one in self.all(self.root, "itemDefinition")
            },
            elements=tuple(
                self.element(one)
                for one in self.root.iter(f"{self.mark}*")
                if one.get("id") is not None
            ),
            unread=tuple(
                self.element(one)
                for one in self.root
                if self.local(one) and self.local(one) not in _HARMLESS
            ),
        )

    def local(self, element: Any) -> str:
        """The name of a DMN element of the model; empty for pictures and extensions."""
        tag: str = element.tag
        return tag[len(self.mark) :] if tag.startswith(self.mark) else ""

    def all(self, parent: Any, tag: str) -> list[Any]:
        return [child for child in parent if child.tag == self.mark + tag]

    def one(self, parent: Any, tag: str) -> Any:
        return next(iter(self.all(parent, tag)), None)

    def element(self, element: Any) -> Element:
        return Element(
            id=element.get("id"),
            tag=self.local(element),
            name=_tidy(element.get("name")),
            line=element.sourceline,
        )

    def type(self, element: Any) -> TypeText:
        base = self.one(element, "typeRef")
        listed = element.get("isCollection") == "true"
        return TypeText(
            type=None if base is None or listed else _tidy("".join(base.itertext())),
            values=self.text(self.one(element, "allowedValues")),
        )

    def text(self, element: Any) -> Text | None:
        """An element that holds FEEL in a `text`; nothing for no element."""
        if element is None:
            return None
        inner = self.one(element, "text")
        return Text(
            id=element.get("id"),
            text="" if inner is None else "".join(inner.itertext()).strip(),
            line=element.sourceline,
            language=element.get("expressionLanguage") or self.language,
        )

    def texts(self, parent: Any, tag: str) -> tuple[Text, ...]:
        return tuple(text for one in self.all(parent, tag) if (text := self.text(one)))

    def decision(self, element: Any) -> DecisionText:
        children = [self.local(child) for child in element]
        variable = self.one(element, "variable")
        name = _tidy(element.get("name"))
        return DecisionText(
            id=element.get("id"),
            name=name or element.get("id") or "",
            line=element.sourceline,
            variable=_tidy(None if variable is None else variable.get("name")) or name,
            requires=tuple(self.requirements(element)),
            logic=self.logic(element),
            unread=tuple(
                tag for tag in children if tag and tag not in _EXPLAINING and tag not in _LOGIC
            ),
        )

    def requirements(self, element: Any) -> list[str]:
        return [
            (decision.get("href") or "").removeprefix("#")
            for requirement in self.all(element, "informationRequirement")
            for decision in self.all(requirement, "requiredDecision")
        ]

    def logic(self, element: Any) -> TableText | Text | None:
        table = self.one(element, "decisionTable")
        if table is None:
            return self.text(self.one(element, "literalExpression"))
        return TableText(
            id=table.get("id"),
            line=table.sourceline,
            policy=table.get("hitPolicy", "UNIQUE"),
            aggregation=table.get("aggregation"),
            inputs=tuple(self.input(one) for one in self.all(table, "input")),
            outputs=tuple(self.output(one) for one in self.all(table, "output")),
            rules=tuple(self.rule(one) for one in self.all(table, "rule")),
        )

    def input(self, element: Any) -> InputText:
        asked = self.one(element, "inputExpression")
        expression = self.text(asked)
        return InputText(
            id=element.get("id"),
            label=_tidy(element.get("label")) or (expression.text if expression else ""),
            line=element.sourceline,
            expression=expression,
            type=None if asked is None else asked.get("typeRef"),
            values=self.text(self.one(element, "inputValues")),
            renamed=element.get(_INPUT_VARIABLE),
        )

    def output(self, element: Any) -> OutputText:
        name = _tidy(element.get("name"))
        return OutputText(
            id=element.get("id"),
            name=name,
            label=_tidy(element.get("label")) or name,
            line=element.sourceline,
            type=element.get("typeRef"),
            values=self.text(self.one(element, "outputValues")),
            default=self.text(self.one(element, "defaultOutputEntry")),
        )

    def rule(self, element: Any) -> RuleText:
        return RuleText(
            id=element.get("id"),
            line=element.sourceline,
            inputs=self.texts(element, "inputEntry"),
            outputs=self.texts(element, "outputEntry"),
        )


def _tidy(text: str | None) -> str:
    return " ".join((text or "").split())
