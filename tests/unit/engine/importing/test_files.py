"""Files of any encoding and any number of processes, and files that are none."""

from pathlib import Path

import pytest

from app import engine
from app.engine import importing
from app.engine.importing import Level, Wishes
from tests.house.files import ROOT
from tests.support.bpmn import Bpmn, straight
from tests.unit.engine.importing.importer import codes, errors, taken, told

TEXT = straight("work").text().replace('name="work"', 'name="Réception"')
SHIPPED = sorted((ROOT / "bpmn").glob("*/*.bpmn"))
POOL = '<bpmn:process id="{}" isExecutable="{}"><bpmn:task id="{}_task"/></bpmn:process>'


def declared(encoding: str) -> str:
    return f'<?xml version="1.0" encoding="{encoding}"?>\n'


@pytest.mark.parametrize(
    ("encoding", "data"),
    [
        ("utf-16-le", (declared("UTF-16") + TEXT).encode("utf-16")),
        ("utf-16-be", (declared("UTF-16") + TEXT).encode("utf-16-be")),
        ("ISO-8859-1", (declared("ISO-8859-1") + TEXT).encode("latin-1")),
        ("windows-1252", (declared("windows-1252") + TEXT).encode("cp1252")),
        ("windows-1258", (declared("windows-1258") + TEXT).encode("cp1258")),
    ],
)
def test_every_encoding_becomes_utf_8(encoding: str, data: bytes) -> None:
    imported = taken(data)
    (change,) = imported.changes
    assert (change.code, change.before, change.after) == ("file.encoding", encoding, "UTF-8")
    assert imported.xml.startswith(b'<?xml version="1.0" encoding="UTF-8"?>')
    assert engine.read(imported.xml).steps["work"].name == "Réception"


def test_a_file_that_only_says_it_is_utf_16_is_read() -> None:
    assert engine.read((declared("utf-16") + TEXT).encode()).steps["work"].name == "Réception"


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.parent.name)
def test_our_own_files_stay_as_they_are(path: Path) -> None:
    data = path.read_bytes()
    imported = importing.convert(data)
    assert (imported.xml, imported.changes) == (data, ())


@pytest.mark.parametrize("executable", ["false", None, "1"])
def test_the_process_is_marked_as_executable(executable: str | None) -> None:
    bpmn = straight("work")
    bpmn.executable = executable
    imported = taken(bpmn)
    (change,) = imported.changes
    assert (change.code, change.before, change.after) == ("process.executable", executable, "true")
    assert errors(imported) == []


def test_of_several_processes_the_executable_one_is_taken() -> None:
    imported = taken(straight("work").xml(before=POOL.format("other", "false", "x")))
    assert (imported.process_id, imported.changes) == ("permit", ())


def test_of_several_executable_processes_the_one_with_most_to_do_is_taken() -> None:
    imported = taken(straight("work").xml(before=POOL.format("other", "true", "x")))
    (change,) = imported.changes
    assert (imported.process_id, change.code) == ("permit", "process.left")
    assert (change.element_id, change.level) == ("other", Level.WARNING)
    assert errors(imported) == []


def test_of_several_processes_that_never_ran_the_choice_is_told() -> None:
    bpmn = straight("work")
    bpmn.executable = None
    xml = bpmn.xml(before=POOL.format("other", "false", "x"))
    (change,) = told(taken(xml), "process.chosen")
    assert (change.level, change.made) == (Level.WARNING, False)
    assert (change.element_id, change.before) == ("permit", "other")


@pytest.mark.parametrize(
    ("other", "wishes"),
    [
        (POOL.format("other", "false", "x"), Wishes(process="permit")),
        ('<bpmn:process id="other"/>', Wishes()),
    ],
)
def test_no_choice_is_told_where_there_was_none(other: str, wishes: Wishes) -> None:
    bpmn = straight("work")
    bpmn.executable = None
    assert codes(taken(bpmn.xml(before=other), wishes)) == ["process.executable"]


def test_the_analyst_can_choose_the_process() -> None:
    xml = straight("work").xml(before=POOL.format("other", "false", "x"))
    imported = taken(xml, Wishes(process="other"))
    assert imported.process_id == "other"
    assert told(imported, "process.left")[0].element_id == "permit"


@pytest.mark.parametrize(
    ("code", "data", "wishes"),
    [
        ("xml.malformed", b"<a>", Wishes()),
        ("xml.malformed", b"", Wishes()),
        ("xml.doctype", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", Wishes()),
        ("xml.encoding", b"\xff\xff\xff<a/>", Wishes()),
        ("xml.wrong-root", b"<html/>", Wishes()),
        ("xml.too-large", b" " * 4_000_001, Wishes()),
        ("limit.elements", b"<a>" + b"<b/>" * 40_000 + b"</a>", Wishes()),
        ("process.none", Bpmn().text().replace("bpmn:process", "bpmn:choreography"), Wishes()),
        ("process.unknown", straight("work").text(), Wishes(process="none")),
    ],
)
def test_what_is_no_process_is_refused_with_one_reason(
    code: str, data: bytes | str, wishes: Wishes
) -> None:
    with pytest.raises(engine.DefinitionInvalid) as caught:
        importing.convert(data.encode() if isinstance(data, str) else data, wishes)
    (problem,) = caught.value.problems
    assert problem.code == code
    assert str(problem.message)
    assert str(problem.hint)


def test_drafts_of_bpmn_are_read_as_bpmn() -> None:
    text = (
        straight("work")
        .text()
        .replace(
            "http://www.omg.org/spec/BPMN/20100524/MODEL", "http://schema.omg.org/spec/BPMN/2.0"
        )
    )
    imported = taken(text)
    assert codes(imported) == ["file.draft-of-bpmn"]
    assert errors(imported) == []


def test_comments_that_are_lost_are_counted() -> None:
    text = (
        straight("work")
        .text()
        .replace('id="start"', "")
        .replace("<bpmn:process", "<!-- a --><bpmn:process")
    )
    assert "file.comments" in codes(taken(text))


def test_a_change_is_plain_json() -> None:
    bpmn = straight("work")
    bpmn.executable = "false"
    assert taken(bpmn).changes[0].as_dict() == {
        "code": "process.executable",
        "level": "info",
        "made": True,
        "element_id": "permit",
        "element_name": "Permit",
        "before": "false",
        "after": "true",
        "message": "The process is marked as executable.",
    }
