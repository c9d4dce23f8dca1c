"""Bytes become a diagram safely, whatever their encoding, or not at all."""

import pytest

from app import engine
from app.engine import xml_file
from tests.support.bpmn import Bpmn, straight

TEXT = straight("work").text()
NAMED = Bpmn().start().user("work", form="form").end().path("start", "work", "end").text()
NAMED = NAMED.replace('name="work"', 'name="Kiểm tra"')


def codes(xml: bytes) -> list[str]:
    return [problem.code for problem in engine.check(xml)]


def declared(encoding: str) -> str:
    return f'<?xml version="1.0" encoding="{encoding}"?>\n'


@pytest.mark.parametrize(
    "data",
    [
        NAMED.encode(),
        b"\xef\xbb\xbf" + NAMED.encode(),
        (declared("UTF-8") + NAMED).encode(),
        (declared("UTF-16") + NAMED).encode("utf-16"),
        (declared("UTF-16") + NAMED).encode("utf-16-le"),
        (declared("UTF-16") + NAMED).encode("utf-16-be"),
        (declared("UTF-32") + NAMED).encode("utf-32"),
        b"\n  " + NAMED.encode(),
        (declared("UTF-8") + "<!-- by a tool --><?tool x?>\n" + NAMED).encode(),
    ],
)
def test_unicode_files_of_every_kind_are_read(data: bytes) -> None:
    assert engine.read(data).steps["work"].name == "Kiểm tra"


@pytest.mark.parametrize("encoding", ["ISO-8859-1", "windows-1252"])
def test_old_encodings_are_read_as_declared(encoding: str) -> None:
    text = declared(encoding) + TEXT.replace('name="work"', 'name="Réception"')
    assert engine.read(text.encode(encoding)).steps["work"].name == "Réception"


@pytest.mark.parametrize(
    ("code", "data"),
    [
        ("xml.malformed", b""),
        ("xml.malformed", b"PK\x03\x04"),
        ("xml.malformed", b"<a>"),
        ("xml.malformed", b"<?xml"),
        ("xml.malformed", b"<!-- no end"),
        ("xml.malformed", TEXT.replace("</bpmn:process>", "").encode()),
        ("xml.malformed", TEXT.replace("Permit", "&unknown;").encode()),
        ("xml.malformed", TEXT.replace("Permit", "a\0b").encode()),
        ("xml.malformed", b"<a>" * 400 + b"</a>" * 400),
        ("xml.encoding", b"\xff\xff\xff<a/>"),
        ("xml.encoding", (declared("UTF-8") + NAMED).encode("utf-16")[3:]),
        ("xml.encoding", (declared("klingon") + TEXT).encode()),
        ("xml.encoding", (declared("zlib") + TEXT).encode()),
        ("xml.encoding", (declared("UTF-8") + "é").encode("latin-1")),
        ("xml.doctype", b"<!DOCTYPE a><a/>"),
        ("xml.doctype", b"<!-- x --> <?y?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"),
        ("xml.doctype", "<!DOCTYPE a><a/>".encode("utf-16")),
        ("xml.wrong-root", b"<html/>"),
        ("xml.wrong-root", b"<definitions/>"),
        ("process.none", TEXT.replace("bpmn:process", "bpmn:choreography").encode()),
        ("process.not-executable", Bpmn(executable="false").xml()),
        ("process.not-executable", Bpmn(executable=None).xml()),
        ("process.several", Bpmn().xml(before='<bpmn:process id="b" isExecutable="true"/>')),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_one_clear_problem(code: str, data: bytes) -> None:
    assert codes(data) == [code]
    with pytest.raises(engine.DefinitionInvalid):
        engine.read(data)


def test_a_file_that_is_too_large_is_not_parsed() -> None:
    assert codes(b" " * (xml_file.MOST_BYTES + 1)) == ["xml.too-large"]


def test_a_malformed_file_tells_the_line() -> None:
    (problem,) = engine.check(b"<a>\n<b>\n</a>")
    assert problem.line == 3


def test_one_executable_process_may_stand_beside_black_boxes() -> None:
    other = '<bpmn:collaboration id="c"><bpmn:participant id="p"/></bpmn:collaboration>'
    other += '<bpmn:process id="b" isExecutable="false"/>'
    assert engine.read(straight("work").xml(before=other)).process_id == "permit"


def test_a_doctype_inside_a_comment_does_no_harm() -> None:
    assert engine.read(f"<!-- <!DOCTYPE x> -->{TEXT}".encode()).steps
