"""The OpenAPI 3.1 document, and the blueprint whose resources appear in it."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from flask import Flask, Response
from flask_smorest import Api, Blueprint
from flask_smorest.utils import prepare_response
from marshmallow import Schema

from app.api.body import SafeParser
from app.api.converters import DESCRIBED
from app.api.errors import MEDIA_TYPE, ProblemSchema, handle_errors

View = Callable[..., Any]

#: What every resource may answer.
EVERYWHERE = (404, 405)
#: And what resources add that want a token.
GUARDED = (401,)

SPEC: dict[str, Any] = {
    "info": {
        "description": (
            "Catalogue, dossiers and inbox of an administration. Send `Authorization: Bearer "
            "<token>`; ask for Vietnamese or English with `Accept-Language`. Failures are "
            "`application/problem+json` (RFC 9457)."
        ),
    },
    "servers": [{"url": "/"}],
    "security": [{"bearer": []}],
    "components": {
        "securitySchemes": {
            "bearer": {
                "type": "http",
                "scheme": "bearer",
                "description": "An access token, made with `flask people token`.",
            }
        }
    },
}


class HouseApi(Api):
    """Describes our own errors, and leaves the error pages of the other doors alone."""

    ERROR_SCHEMA = ProblemSchema

    def __init__(self, app: Flask) -> None:
        super().__init__(spec_kwargs=SPEC)
        for converter, described in DESCRIBED.items():
            self.register_converter(converter, lambda _, told=described: dict(told))
        self.init_app(app)

    def _register_error_handlers(self) -> None:
        """Each blueprint has its own, see `handle_errors`."""

    def _register_responses(self) -> None:
        """One described answer for each status, errors as problems."""
        for status in HTTPStatus:
            self._describe(status.name, status.phrase, is_error=status >= 400)
        self._describe(self.DEFAULT_ERROR_RESPONSE_NAME, "Any other failure", is_error=True)

    def _describe(self, name: str, phrase: str, *, is_error: bool) -> None:
        answer: dict[str, Any] = {"description": phrase}
        if is_error:
            answer["schema"] = self.ERROR_SCHEMA
        prepare_response(answer, self.spec, MEDIA_TYPE)
        self.spec.components.response(name, answer, lazy=True)


class Room(Blueprint):
    """A blueprint below /api/v1 whose bodies, errors and answers follow the house rules."""

    ARGUMENTS_PARSER = SafeParser()

    def __init__(self, name: str, description: str) -> None:
        super().__init__(
            f"api-{name}", __name__, url_prefix=f"/api/v1/{name}", description=description
        )
        handle_errors(self)
        self.after_request(keep_private)

    def arguments(self, schema: type[Schema], **more: Any) -> Callable[[View], View]:
        """Let the view have what the schema reads; the schema is made once, not by each request."""
        given: Callable[[View], View] = super().arguments(schema(), **more)
        return given

    def problems(self, *statuses: int, public: bool = False) -> Callable[[View], View]:
        """Document which failures the resource may answer with, and whether it wants a token."""

        expected = (*EVERYWHERE, *(() if public else GUARDED), *statuses)
        told: dict[str, Any] = {"responses": {code: HTTPStatus(code).name for code in expected}}
        if public:
            told["security"] = []
        return self.doc(**told)


def keep_private(response: Response) -> Response:
    """Answers about people stay out of caches and are never guessed to be another type."""
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.add("Vary", "Accept-Language")
    return response
