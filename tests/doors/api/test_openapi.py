"""The OpenAPI document tells the truth about every resource."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

PUBLIC = {
    "/api/v1/procedures",
    "/api/v1/procedures/{key}",
    "/api/v1/calendars",
    "/api/v1/calendars/{key}",
    "/api/v1/calendars/{key}/editions/{number}",
    "/api/v1/health",
}


@pytest.fixture
def document(client: FlaskClient) -> dict[str, Any]:
    return dict(client.get("/api/v1/openapi.json").json)


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, told in methods.items():
            if method != "parameters":
                yield path, method, told


def test_the_document_is_openapi_3_1_with_bearer_tokens(document: dict[str, Any]) -> None:
    assert document["openapi"] == "3.1.0"
    assert document["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"
    assert document["security"] == [{"bearer": []}]


def test_every_resource_is_described(app: Flask, document: dict[str, Any]) -> None:
    rules = {rule.rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/v1/")} - {
        "/api/v1/openapi.json"
    }
    assert len(document["paths"]) == len(rules)
    assert all(told["summary"] for _, _, told in operations(document))


def test_only_the_catalogue_and_health_are_public(document: dict[str, Any]) -> None:
    public = {path for path, _, told in operations(document) if told.get("security") == []}
    assert public == PUBLIC
    for path, _, told in operations(document):
        assert (path in PUBLIC) == ("401" not in told["responses"])


def test_every_failure_is_a_described_problem(document: dict[str, Any]) -> None:
    described = document["components"]["responses"]
    for path, method, told in operations(document):
        failures = {code: r for code, r in told["responses"].items() if code[0] in "45d"}
        assert {"404", "405", "default"} <= failures.keys(), (method, path)
        for answer in failures.values():
            named = described[answer["$ref"].rpartition("/")[2]]
            schema = named["content"]["application/problem+json"]["schema"]
            assert schema == {"$ref": "#/components/schemas/Problem"}


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    waiting: list[Any] = [document]
    found = 0
    while waiting:
        part = waiting.pop()
        if isinstance(part, list):
            waiting += part
        elif isinstance(part, dict):
            waiting += part.values()
            if isinstance(part.get("$ref"), str):
                found += 1
                target: Any = document
                for name in part["$ref"].removeprefix("#/").split("/"):
                    target = target[name]
    assert found > 50


def test_every_path_parameter_is_described(document: dict[str, Any]) -> None:
    for path, methods in document["paths"].items():
        named = {part[1:-1] for part in path.split("/") if part.startswith("{")}
        told = {p["name"]: p["schema"] for p in methods.get("parameters", []) if p["in"] == "path"}
        assert told.keys() == named
        assert all(schema.get("type") for schema in told.values())
