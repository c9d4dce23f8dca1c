"""Every mistake in a decision file has a stable code, its element and a way out."""

import pytest

from app.engine import DefinitionInvalid, Problem, Severity
from app.engine.decisions import check_decisions, gather, read_decisions
from tests.support.dmn import MODEL, Column, Dmn

LEVELS = '"high", "low"'
ONE = (("-",), ("1",))
TWO = (Column(text="a"), Column(text="b"))
BKM = "<businessKnowledgeModel id='bkm' name='x'/>"
NEEDS_BKM = "<knowledgeRequirement/><literalExpression><text>1</text></literalExpression>"
RENAMED = """<decisionTable id="t"><input id="i" camunda:inputVariable="x"><inputExpression>
<text>a</text></inputExpression></input><output name="o"/><rule><inputEntry><text>-</text>
</inputEntry><outputEntry><text>1</text></outputEntry></rule></decisionTable>"""
FULL_CELL = """<decisionTable id="t"><input id="i"><inputExpression><text>a</text>
</inputExpression></input><output/><rule id="r"><inputEntry id="c1"><text>> > 1</text></inputEntry>
<outputEntry id="c2" expressionLanguage="juel"><text>1</text></outputEntry></rule>
</decisionTable>"""
STRUCTURE = """<itemDefinition name="tBox"><itemComponent name="a"><typeRef>string</typeRef>
</itemComponent></itemDefinition>"""
MANY = "<itemDefinition name='tBox' isCollection='true'><typeRef>string</typeRef></itemDefinition>"


def outputs(*values: str | None, policy: str = "PRIORITY") -> Dmn:
    columns = [Column(text=f"o{at}", values=value) for at, value in enumerate(values)]
    return Dmn().table(outputs=columns, rules=((("-",), ['"low"'] * len(values)),), policy=policy)


def typed(type_: str, cell: str = "1", **how: str) -> Dmn:
    return Dmn().table(outputs=(Column(text="o", type=type_, **how),), rules=((("-",), (cell,)),))


def asked(text: str | None = "a", cell: str = "-", **how: str) -> Dmn:
    return Dmn().table(inputs=(Column(text=text, **how),), rules=(((cell,), ("1",)),))


MISTAKES: list[tuple[str, str | None, Dmn]] = [
    ("dmn.wrong-root", None, Dmn("http://www.omg.org/spec/DMN/20151101/dmn.xsd").table()),
    ("file.no-decision", None, Dmn()),
    ("file.too-large", None, Dmn().table(rules=[ONE] * 2001)),
    ("file.too-large", None, Dmn().table(rules=[(("1," * 900,), ("1",))] * 120)),
    ("file.unsupported", "bkm", Dmn().table().raw(BKM)),
    ("file.unsupported", "ds", Dmn().table().raw("<decisionService id='ds'/>")),
    ("file.unsupported", None, Dmn().table().raw("<import namespace='x'/>")),
    ("id.duplicate", "fee", Dmn().table().table(rules=(ONE,))),
    ("decision.no-id", None, Dmn().decision(None, "")),
    ("decision.no-logic", "d", Dmn().decision("d", "")),
    ("decision.unsupported", "d", Dmn().decision("d", "<context/>")),
    ("decision.unsupported", "d", Dmn().decision("d", NEEDS_BKM)),
    ("requirement.unknown", "a", Dmn().literal("a", "1", requires=["b"])),
    ("requirement.circle", "a", Dmn().literal("a", "1", requires=["a"])),
    (
        "requirement.circle",
        "a",
        Dmn().literal("a", "1", requires=["b"]).literal("b", "1", requires=["a"]),
    ),
    (
        "requirement.name",
        "c",
        Dmn()
        .table("a", variable="x")
        .table("b", variable="x")
        .literal("c", "x", requires=["a", "b"]),
    ),
    ("table.policy-unknown", "fee", Dmn().table(policy="ALL")),
    ("table.aggregation-unknown", "fee", Dmn().table(policy="COLLECT", aggregation="MEAN")),
    ("table.aggregation-misplaced", "fee", Dmn().table(policy="FIRST", aggregation="SUM")),
    (
        "table.aggregation-several",
        "fee",
        Dmn().table(
            outputs=TWO, rules=((("-",), ("1", "2")),), policy="COLLECT", aggregation="SUM"
        ),
    ),
    ("table.no-output", "fee", Dmn().table(outputs=())),
    ("table.no-rule", "fee", Dmn().table(rules=())),
    ("rule.cell-count", "fee_rule1", Dmn().table(rules=(((), ("1",)),))),
    ("rule.cell-count", "fee_rule1", Dmn().table(rules=((("-",), ("1", "2")),))),
    ("cell.empty", "fee", asked(None)),
    ("cell.empty", "fee", asked(" ")),
    ("cell.empty", "fee", typed("number", "")),
    ("cell.empty", "a", Dmn().literal("a", "")),
    ("cell.invalid", "fee", asked("a +")),
    ("cell.invalid", "fee", asked(cell="> >")),
    ("cell.invalid", "fee", asked(values="> >")),
    ("cell.invalid", "fee", typed("number", "1 +")),
    ("cell.invalid", "fee", typed("number", default="(")),
    ("cell.invalid", "a", Dmn().literal("a", "1 +")),
    ("cell.invalid", "c1", Dmn().decision("d", FULL_CELL)),
    ("cell.not-feel", "c2", Dmn().decision("d", FULL_CELL)),
    ("column.type-unknown", "fee", typed("tColour")),
    ("column.type-unknown", "fee", asked(type="tColour")),
    ("column.type-unknown", "fee", typed("tBox").raw(STRUCTURE)),
    ("column.type-unknown", "fee", typed("tBox").raw(MANY)),
    ("cell.not-allowed", "fee", typed("number", '"a lot"')),
    ("cell.not-allowed", "fee", typed("integer", "1.5")),
    ("cell.not-allowed", "fee", typed("date", '"soon"')),
    ("cell.not-allowed", "fee", typed("string", '"a"', values='"b", "c"')),
    ("cell.not-allowed", "fee", typed("number", "1", default="true")),
    ("cell.not-allowed", "fee", outputs('"high", "middle"')),
    (
        "cell.not-allowed",
        "fee",
        Dmn().table(
            outputs=(Column(text="o", type="number", values=LEVELS),), policy="OUTPUT ORDER"
        ),
    ),
    ("input.renamed", "i", Dmn().decision("d", RENAMED)),
    ("output.name", "fee", Dmn().table(outputs=("a", "a"), rules=((("-",), ("1", "2")),))),
    ("output.name", "fee", Dmn().table(outputs=("a", ""), rules=((("-",), ("1", "2")),))),
    ("output.no-values", "fee", outputs(None)),
    ("output.no-values", "fee", outputs(" ")),
    ("output.no-values", "fee", outputs(None, None, policy="OUTPUT ORDER")),
    ("output.no-values", "fee", outputs("> 5")),
    ("output.no-values", "fee", outputs("low, high")),
    ("output.no-values", "fee", outputs("null")),
]


def errors(problems: tuple[Problem, ...]) -> set[tuple[str, str | None]]:
    return {(p.code, p.element_id) for p in problems if p.severity is Severity.ERROR}


@pytest.mark.parametrize(("code", "element", "dmn"), MISTAKES)
def test_a_mistake_is_found_at_its_element(code: str, element: str | None, dmn: Dmn) -> None:
    problems = check_decisions(dmn.xml())
    assert (code, element) in errors(problems)
    assert all(str(problem.message) and str(problem.hint) for problem in problems)
    with pytest.raises(DefinitionInvalid):
        read_decisions(dmn.xml())


def test_one_mistake_in_a_cell_is_told_once() -> None:
    dmn = outputs(LEVELS).table(
        "two", outputs=(Column(text="o", values=LEVELS),), policy="PRIORITY"
    )
    dmn.table("three", outputs=(Column(text="o", values=LEVELS),), rules=((("-",), ("(",)),))
    codes = [p.code for p in check_decisions(dmn.xml()) if p.element_id == "three"]
    assert codes == ["cell.invalid"]


def test_a_message_names_the_rule_and_the_column() -> None:
    dmn = Dmn().table(inputs=(Column(text="a", label="Lệ phí"),), rules=(ONE, ((">",), ("2",))))
    (problem,) = [p for p in check_decisions(dmn.xml()) if p.code == "cell.invalid"]
    assert "rule 2, “Lệ phí”" in str(problem.message)
    assert "too early" in str(problem.hint)
    assert problem.line is not None
    assert problem.element_name == "fee"


def test_too_many_problems_are_cut_off() -> None:
    dmn = Dmn().table(rules=[((f"> {n} +",), ("",)) for n in range(150)])
    assert len(check_decisions(dmn.xml())) == 200


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<a", "xml.malformed"),
        (b"<!DOCTYPE a []><a/>", "xml.doctype"),
        (b"<a/>", "dmn.wrong-root"),
        (b'<?xml version="1.0" encoding="cp9"?><a/>', "xml.encoding"),
    ],
)
def test_what_is_no_decision_file_is_told(data: bytes, code: str) -> None:
    (problem,) = check_decisions(data)
    assert problem.code == code


@pytest.mark.parametrize(
    ("language", "accepted"),
    [
        ("feel", True),
        ("FEEL", True),
        ("https://www.omg.org/spec/DMN/20191111/FEEL/", True),
        ("juel", False),
        ("http://www.java.com/java", False),
    ],
)
def test_the_language_of_a_file_must_be_feel(language: str, accepted: bool) -> None:
    problems = check_decisions(Dmn().literal("a", "1").xml(expressionLanguage=language))
    assert bool(problems) is not accepted


@pytest.mark.parametrize("version", ["20180521", "20191111", "20211108", "20230324"])
def test_the_versions_that_share_their_structure_are_read(version: str) -> None:
    start = "http" if version == "20180521" else "https"
    model = MODEL.replace("https", start).replace("20191111", version)
    assert list(read_decisions(Dmn(model).table().xml())) == ["fee"]


def test_what_only_explains_is_passed_over() -> None:
    dmn = Dmn().raw("<description>x</description><inputData id='i' name='amount'/>")
    dmn.raw("<textAnnotation id='note'/><knowledgeSource id='law' name='NĐ 61'/>")
    dmn.decision(
        "d",
        "<description>x</description><question>?</question><authorityRequirement/>"
        "<informationRequirement><requiredInput href='#i'/></informationRequirement>"
        "<literalExpression><text>amount</text></literalExpression>"
        "<x:extra xmlns:x='urn:other'/>",
    )
    assert check_decisions(dmn.xml()) == ()


def test_an_input_whose_name_feel_cannot_read_is_warned_about() -> None:
    dmn = Dmn().table().raw("<inputData id='i' name='Date and Time'/><inputData id='j' name='('/>")
    found = {(p.code, p.element_id, p.severity) for p in check_decisions(dmn.xml())}
    assert found == {
        ("input.name", "i", Severity.WARNING),
        ("input.name", "j", Severity.WARNING),
    }


def test_a_text_without_quotes_is_warned_about() -> None:
    dmn = asked("channel", "online", type="string")
    assert ("cell.bare-word", Severity.WARNING) in {
        (p.code, p.severity) for p in check_decisions(dmn.xml())
    }
    assert read_decisions(dmn.xml())


def test_files_of_a_procedure_share_their_ids() -> None:
    one, two = Dmn().table("a").xml(), Dmn().table("b").table("a").xml()
    decisions, found = gather({"one.dmn": one, "two.dmn": two})
    assert decisions is None
    assert (found["one.dmn"], errors(found["two.dmn"])) == ((), {("decision.elsewhere", "a")})
    decisions, found = gather({"one.dmn": one, "three.dmn": Dmn().table("c").xml()})
    assert sorted(decisions or {}) == ["a", "c"]
    assert gather({"one.dmn": one, "broken.dmn": b"<"})[0] is None
    assert gather({}) == ({}, {})
