"""Which language a page is in: Vietnamese, or what the reader has chosen."""

from flask import Flask, has_request_context, request, session
from flask_babel import Babel

LANGUAGES = ("vi", "en")
LEGAL_TIME = "Asia/Ho_Chi_Minh"

babel = Babel()


def choose(language: str | None) -> None:
    """Remember the reader's choice; a language we do not speak changes nothing."""
    if language in LANGUAGES and session.get("lang") != language:
        session["lang"] = language


def current() -> str | None:
    """The language of this request; None outside one, where the default counts."""
    if not has_request_context():
        return None
    if request.path.startswith("/api/"):
        return request.accept_languages.best_match(LANGUAGES, default=LANGUAGES[0])
    choose(request.args.get("lang"))
    return str(session.get("lang", LANGUAGES[0]))


def spoken() -> str:
    """The language of this request, for what is written to its reader later."""
    return current() or LANGUAGES[0]


def init_app(app: Flask) -> None:
    """Let Flask-Babel ask us."""
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", "translations")
    babel.init_app(app, locale_selector=current, timezone_selector=lambda: LEGAL_TIME)
