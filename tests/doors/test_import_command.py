"""`flask procedures import`: a foreign file in, one of ours out, and every change told."""

from pathlib import Path
from typing import Any

import orjson
import pytest
from click.testing import Result
from flask import Flask

from app import engine
from tests.support.bpmn import Bpmn, straight

SHELF = Path(__file__).parents[3] / "shared" / "soundness"


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """A file that needs one change and has no error afterwards."""
    bpmn = straight("work")
    bpmn.executable = "false"
    path = tmp_path / "foreign.bpmn"
    path.write_bytes(bpmn.xml().replace(b'"officer"', b'"specialist"'))
    return path


def typed(app: Flask, *arguments: object) -> Result:
    with app.app_context():
        return app.test_cli_runner(env={"LANG": "C"}).invoke(
            args=["procedures", "import", *map(str, arguments)]
        )


def report(app: Flask, *arguments: object, status: int = 0) -> dict[str, Any]:
    result = typed(app, "--json", *arguments)
    assert result.exit_code == status, result.output
    told: dict[str, Any] = orjson.loads(result.output)
    return told


def test_without_out_nothing_is_written(app: Flask, foreign: Path) -> None:
    before = foreign.read_bytes()
    told = report(app, foreign)
    assert (told["ok"], told["written"], told["problems"]) == (True, [], [])
    assert [change["code"] for change in told["changes"]] == ["process.executable"]
    assert [path.name for path in foreign.parent.glob("*.bpmn")] == ["foreign.bpmn"]
    assert foreign.read_bytes() == before


def test_the_result_is_written_beside(app: Flask, foreign: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "process.bpmn"
    told = report(app, foreign, "--out", out)
    assert told["written"] == [str(out)]
    assert engine.read(out.read_bytes()).process_id == "permit"
    assert list(out.parent.iterdir()) == [out]


def test_the_source_is_never_replaced(app: Flask, foreign: Path) -> None:
    before = foreign.read_bytes()
    result = typed(app, foreign, "--out", foreign, "--replace")
    assert result.exit_code == 1
    assert "never changed" in result.output
    assert foreign.read_bytes() == before


@pytest.mark.skipif(not SHELF.exists(), reason="the examples lie beside the project")
def test_every_example_beside_the_project_is_imported_and_left_alone(
    app: Flask, tmp_path: Path
) -> None:
    for path in sorted(SHELF.glob("*.bpmn")):
        before, out = path.read_bytes(), tmp_path / path.name
        result = typed(app, path, "--json", "--out", out)
        assert orjson.loads(result.output)["written"] == [str(out)]
        assert engine.outline(out.read_bytes()).nodes
        assert path.read_bytes() == before


def test_another_file_is_replaced_only_when_told(app: Flask, foreign: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.bpmn"
    out.write_text("mine", encoding="utf-8")
    assert "exists already" in typed(app, foreign, "--out", out).output
    assert out.read_text(encoding="utf-8") == "mine"
    assert report(app, foreign, "--out", out, "--replace")["ok"]
    assert out.read_bytes().startswith(b"<?xml")


def test_a_place_that_cannot_be_written_is_named(app: Flask, foreign: Path) -> None:
    result = typed(app, foreign, "--out", foreign / "below.bpmn")
    assert result.exit_code == 1
    assert "cannot be written" in result.output


def test_errors_that_remain_are_told_and_give_exit_code_1(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "a.bpmn"
    path.write_bytes(Bpmn().start().end().user("a", form=None).path("start", "a", "end").xml())
    told = report(app, path, status=1)
    assert {"task.no-form", "task.role-unknown"} == {one["code"] for one in told["problems"]}
    assert told["changes"] == []


def test_what_is_no_bpmn_is_refused_in_one_sentence(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "a.bpmn"
    path.write_text("<a>", encoding="utf-8")
    told = report(app, path, status=1)
    assert (told["process"], [one["code"] for one in told["problems"]]) == (None, ["xml.malformed"])
    assert "The file cannot be imported." in typed(app, path).output


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ((), "No errors remain."),
        (("--language", "vi_VN.UTF-8"), "Không còn lỗi nào."),
    ],
)
def test_people_read_it_in_their_language(
    app: Flask, foreign: Path, arguments: tuple[str, ...], line: str
) -> None:
    assert line in typed(app, foreign, *arguments).output.splitlines()


NAMES = """
[roles]
officer = "specialist"
"Văn thư" = "clerk"

[services]
"org.example.Mail" = "send_mail"

[forms]
"app:check.jsf" = "check"
"""


def named(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "names.toml"
    path.write_text(text, encoding="utf-8")
    return path


def roles_of(app: Flask, tmp_path: Path, *arguments: object) -> str | None:
    """The role of a step that the file gives to officers."""
    path, out = tmp_path / "a.bpmn", tmp_path / "out.bpmn"
    path.write_bytes(straight("work").xml())
    typed(app, path, "--out", out, *arguments)
    return engine.outline(out.read_bytes()).by_id["work"].roles


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_names_may_be_kept_in_a_file(app: Flask, tmp_path: Path, mark: str) -> None:
    names = named(tmp_path, mark + NAMES)
    assert roles_of(app, tmp_path, "--names", names) == "specialist"


def test_what_is_typed_goes_before_the_file(app: Flask, tmp_path: Path) -> None:
    names = named(tmp_path, NAMES)
    assert roles_of(app, tmp_path, "--names", names, "--role", "officer=leader") == "leader"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[roles\n", "TOML: Expected ']'"),
        ("[roles]\na = 'b'\na = 'c'\n", "at line 3"),
        ("a = " + "[" * 9_000, "recursion"),
        ("[people]\na = 'b'", "people: "),
        ("roles = 'clerk'", "roles: "),
        ("[roles]\na = 1", "roles: "),
        ("[forms]\na = ' '", "forms: "),
        ("[services.inner]\na = 'b'", "services: "),
    ],
)
def test_a_file_of_names_that_is_none_is_refused_with_the_place(
    app: Flask, foreign: Path, tmp_path: Path, text: str, told: str
) -> None:
    result = typed(app, foreign, "--names", named(tmp_path, text), "--out", tmp_path / "out.bpmn")
    assert result.exit_code == 1
    assert "names.toml cannot be read" in result.output
    assert told in result.output
    assert not (tmp_path / "out.bpmn").exists()


def test_a_file_of_names_in_another_encoding_is_refused(
    app: Flask, foreign: Path, tmp_path: Path
) -> None:
    path = tmp_path / "names.toml"
    path.write_bytes(NAMES.encode("utf-16"))
    assert "names.toml cannot be read" in typed(app, foreign, "--names", path).output


def test_a_pair_without_an_equal_sign_is_refused(app: Flask, foreign: Path) -> None:
    assert "OLD=NEW" in typed(app, foreign, "--role", "officer").output
