"""By what right somebody hands a dossier in for its owner."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask

from app.domain.dossiers.applicant import Applicant, read_applicant
from app.domain.dossiers.authorisation import Authorisation, Basis, read_authorisation
from app.foundation import clock
from app.foundation.errors import Invalid

CHILD = {"name": "Lê Minh Khôi", "identity_number": "042218000001", "birth_date": "5/3/2018"}
GROWN = {"name": "Lê Văn Bách", "identity_number": "042060000001", "birth_date": "1/2/1960"}
BODY = {"name": "Công ty Sao Mai", "identity_number": "3000123456", "kind": "enterprise"}
TEACHER = {"name": "Lê Thị Thanh", "identity_number": "042085000001"}
PROOF = {"document_number": "12/UQ", "document_date": "2024-10-31", "files": ["a" * 32]}
AT = datetime(2024, 11, 4, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _monday(app: Flask) -> Any:
    with app.test_request_context(headers={"Accept-Language": "en"}), clock.at(AT):
        yield


def _read(basis: str, owner: Mapping[str, Any], **told: Any) -> Authorisation:
    given: dict[str, Any] = {**TEACHER, "basis": basis, **told}
    return read_authorisation(given, read_applicant(owner))


def _wrong(basis: str, owner: Mapping[str, Any], **told: Any) -> list[str]:
    with pytest.raises(Invalid) as refusal:
        _read(basis, owner, **told)
    return sorted(refusal.value.errors)


@pytest.mark.parametrize(
    ("basis", "owner", "proof"),
    [
        ("power_of_attorney", GROWN, PROOF),
        ("power_of_attorney", BODY, PROOF),
        ("legal_representative", BODY, PROOF),
        ("legal_representative", GROWN, PROOF),
        ("parent", CHILD, {}),
        ("staff", BODY, PROOF),
    ],
)
def test_these_rights_are_taken(
    basis: str, owner: Mapping[str, Any], proof: Mapping[str, Any]
) -> None:
    assert _read(basis, owner, **proof).basis is Basis(basis)


@pytest.mark.parametrize(
    ("basis", "owner", "told", "wrong"),
    [
        ("", GROWN, PROOF, ["authorisation.basis"]),
        ("friendship", GROWN, PROOF, ["authorisation.basis"]),
        (
            "power_of_attorney",
            GROWN,
            {},
            ["authorisation.document_date", "authorisation.files"],
        ),
        ("staff", GROWN, PROOF, ["authorisation.basis"]),
        ("parent", GROWN, {}, ["authorisation.basis"]),
        ("parent", BODY, {}, ["authorisation.basis"]),
        ("parent", CHILD | {"birth_date": ""}, {}, ["applicant.birth_date"]),
        (
            "parent",
            CHILD,
            {"identity_number": CHILD["identity_number"]},
            ["applicant.identity_number"],
        ),
        (
            "power_of_attorney",
            GROWN,
            PROOF | {"document_date": "1/1/2031"},
            ["authorisation.document_date"],
        ),
        (
            "power_of_attorney",
            GROWN,
            PROOF | {"document_date": "31/2/2024"},
            ["authorisation.document_date"],
        ),
        ("parent", CHILD, {"wife": "?"}, ["authorisation.wife"]),
    ],
)
def test_these_are_refused_at_their_field(
    basis: str, owner: Mapping[str, Any], told: Mapping[str, Any], wrong: list[str]
) -> None:
    assert _wrong(basis, owner, **told) == wrong


@pytest.mark.parametrize(("born", "minor"), [("5/11/2006", True), ("4/11/2006", False)])
def test_a_child_is_of_age_on_the_eighteenth_birthday(born: str, minor: bool) -> None:
    owner = CHILD | {"birth_date": born}
    if minor:
        assert _read("parent", owner).basis is Basis.PARENT
    else:
        assert _wrong("parent", owner) == ["authorisation.basis"]


def test_an_owner_still_unknown_does_not_hide_what_is_wrong_with_the_right() -> None:
    with pytest.raises(Invalid) as refusal:
        read_authorisation({**TEACHER, "basis": "staff"}, None)
    assert "authorisation.files" in refusal.value.errors


def test_a_date_of_birth_nobody_asked_for_is_not_told() -> None:
    plain: Applicant = read_applicant({k: v for k, v in GROWN.items() if k != "birth_date"})
    assert "birth_date" not in plain.as_dict()
    assert read_applicant(GROWN).as_dict()["birth_date"] == "1960-02-01"
