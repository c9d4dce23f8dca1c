"""Files made to take long: refused at once, or imported as far as their share of time goes."""

import pytest
from lxml import etree

from app import engine
from app.engine import importing
from app.engine.importing import draft
from app.engine.importing.drawing import picture
from tests.support.bpmn import Bpmn, straight
from tests.unit.engine.importing.importer import codes, errors, taken, told
from tests.unit.engine.importing.test_drawing import fork, pictures

ZEEBE = ' xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"'


@pytest.mark.parametrize(
    ("code", "inner"),
    [
        ("limit.nodes", "<bpmn:task/>" * 3_201),
        ("limit.nodes", "<bpmn:task/>" * 200 + "<bpmn:sequenceFlow/>" * 3_001),
        ("limit.elements", "<bpmn:task " + " ".join(f"a{n}=''" for n in range(501)) + "/>"),
    ],
    ids=["nodes", "flows", "attributes"],
)
def test_what_no_version_could_be_is_refused_at_once(code: str, inner: str) -> None:
    with pytest.raises(engine.DefinitionInvalid) as caught:
        importing.convert(Bpmn().raw(inner).xml())
    (problem,) = caught.value.problems
    assert (problem.code, bool(str(problem.hint))) == (code, True)


def choices(*conditions: str) -> str:
    """A gateway with a flow to the end for each condition, and a default one."""
    bpmn = Bpmn().start().end().user("a").xor("gate", default="gate_end").path("start", "a", "gate")
    for number, condition in enumerate(conditions):
        bpmn.flow("gate", "end", condition, id_=f"f{number}")
    return bpmn.flow("gate", "end").text()


@pytest.mark.parametrize(
    ("second", "code"),
    [("${b == 2}", "expression.untranslatable"), ("b == 2", "expression.words")],
)
def test_expressions_beyond_the_share_of_a_file_stay(
    monkeypatch: pytest.MonkeyPatch, second: str, code: str
) -> None:
    monkeypatch.setattr(draft, "MOST_EXPRESSIONS", 12)
    imported = importing.convert(choices("${a == 1}", second).encode())
    assert [one.after for one in told(imported, "expression.translated")] == ["=a = 1"]
    assert [(one.element_id, one.before) for one in told(imported, code)] == [("f1", second)]
    assert errors(imported) == [("feel.not-feel", "f1")]


def test_in_a_drawing_that_is_too_large_what_is_added_is_not_drawn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(picture, "MOST_LOOKS", 0)
    imported = fork().taken()
    (change,) = told(imported, "picture.left-out")
    assert change.element_id == "p"
    assert "1" in str(change.message)
    assert "fork.parallel" in codes(imported)
    assert set(pictures(imported)[0]) == {"s", "a", "b", "c", "e"}


def test_elements_of_no_namespace_keep_it() -> None:
    """Else they would become BPMN, where the file has that for its own namespace."""
    text = straight("work").text().replace("bpmn:", "").replace("xmlns:bpmn=", "xmlns=")
    text = text.replace("<extensionElements>", '<extensionElements><style xmlns="" a="1"/>')
    text = text.replace(ZEEBE, "")
    text = text.replace("<process", f"<process{ZEEBE}", 1)
    root = etree.fromstring(taken(text.replace('isExecutable="true"', "")).xml)
    assert [one.attrib for one in root.iter("style")] == [{"a": "1"}]
    assert "zeebe" in root.nsmap
