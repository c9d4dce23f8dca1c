"""A name that nothing provides is nothing at run time, and the default flow would be taken.

So a slip of the pen could turn a refusal into an acceptance; such a diagram is not published.
"""

import difflib
import re
from collections.abc import Iterator, Mapping

from app import feel
from app.actions.known_names import Shelf, Values, known_names
from app.domain.procedures.catalogue import CatalogueInvalid, read_catalogue
from app.engine import Definition, Problem, Severity
from app.engine.decisions import Decision
from app.engine.diagram import Flow, Node
from app.engine.expressions import uses
from app.engine.problems import Text
from app.forms import FormUnreadable, read_form
from app.foundation.text import lazy_gettext

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[^\W\d]\w*|\d[\w.]*|!=|<=|>=|\S')
#: Between these a comparison stands alone, so that both sides are what they look like.
_BEFORE = frozenset({"(", ",", ":", "and", "or", "if", "then", "else", "return", "satisfies"})
_AFTER = frozenset({")", "]", "}", ",", "and", "or", "then", "else"})
_PLAIN_TEXT = re.compile(r'"[^"\\]*"')
_NAME = re.compile(r"[^\W\d]\w*")


def name_problems(
    files: Mapping[str, str],
    definitions: Mapping[str, Definition],
    decisions: Mapping[str, Decision] | None,
) -> dict[str, tuple[Problem, ...]]:
    """Unknown names and impossible values by diagram; none while another file cannot be read.

    `definitions` are those of the diagrams that can be read, by file.
    """
    shelf = _shelf(files, definitions, decisions)
    if shelf is None:
        return {}
    return {path: tuple(_problems(shelf, path)) for path in shelf.definitions}


def _shelf(
    files: Mapping[str, str],
    definitions: Mapping[str, Definition],
    decisions: Mapping[str, Decision] | None,
) -> Shelf | None:
    if decisions is None:
        return None
    try:
        return Shelf(
            catalogue=read_catalogue(files.get("procedure.toml", "")),
            forms={
                path.removeprefix("forms/").removesuffix(".form"): read_form(text)
                for path, text in files.items()
                if path.endswith(".form")
            },
            definitions=definitions,
            decisions=decisions,
        )
    except (CatalogueInvalid, FormUnreadable):
        return None


def _problems(shelf: Shelf, path: str) -> Iterator[Problem]:
    known = known_names(shelf, path)
    definition = shelf.definitions[path]
    unknown = definition.variables - known.keys()
    for owner, names in _readers(definition, shelf.decisions):
        for name in sorted(names & unknown):
            yield _unknown_name(owner, name, known)
    for use in uses(definition.diagram):
        for name, text in _comparisons(use.expression):
            values = known.get(name)
            if values is not None and name in definition.variables and text not in values:
                yield _unknown_option(use.owner, name, text, values)


def _readers(
    definition: Definition, decisions: Mapping[str, Decision]
) -> Iterator[tuple[Node | Flow, frozenset[str]]]:
    """Everything that reads names: expressions and the tables that are asked."""
    for use in uses(definition.diagram):
        yield use.owner, feel.compile(use.expression).names
    for node in definition.diagram.nodes:
        if node.decision and node.decision.decision in decisions:
            yield node, frozenset(decisions[node.decision.decision].variables)


def _comparisons(expression: str) -> Iterator[tuple[str, str]]:
    """Each `name = "text"` or `"text" = name` that cannot mean anything else."""
    if "//" in expression or "/*" in expression:
        return
    tokens = ["(", *_TOKEN.findall(expression), ")"]
    for at in range(len(tokens) - 4):
        before, left, sign, right, after = tokens[at : at + 5]
        if sign in {"=", "!="} and before in _BEFORE and after in _AFTER:
            for name, text in ((left, right), (right, left)):
                if _NAME.fullmatch(name) and _PLAIN_TEXT.fullmatch(text):
                    yield name, text[1:-1]


def _unknown_name(owner: Node | Flow, name: str, known: Mapping[str, Values]) -> Problem:
    if near := difflib.get_close_matches(name, known, n=1):
        hint = lazy_gettext("Did you mean “%(name)s”?", name=near[0])
    else:
        hint = lazy_gettext("Use the key of a field in the forms of this diagram.")
    message = lazy_gettext("Nothing gives the name “%(name)s” a value.", name=name)
    return _error("name.unknown", owner, message, hint)


def _unknown_option(owner: Node | Flow, name: str, text: str, values: frozenset[str]) -> Problem:
    return _error(
        "option.unknown",
        owner,
        lazy_gettext("“%(name)s” can never be “%(value)s”.", name=name, value=text),
        lazy_gettext("Choose one of: %(values)s.", values=", ".join(sorted(values))),
    )


def _error(code: str, owner: Node | Flow, message: Text, hint: Text) -> Problem:
    return Problem(
        code=code,
        severity=Severity.ERROR,
        element_id=owner.id,
        element_name=owner.name,
        line=owner.line,
        message=message,
        hint=hint,
    )
