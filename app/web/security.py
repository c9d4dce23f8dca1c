"""What protects every page: headers, tokens against forged posts, limits on guessing."""

from typing import Any

from flask import Flask, Response, abort, current_app, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_talisman import Talisman
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

#: Nothing from elsewhere, nothing inline; bpmn-js draws its icons as `data:` images.
POLICY = {
    "default-src": "'self'",
    "img-src": "'self' data:",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "object-src": "'none'",
}

#: Clients of the API send a bearer token, never a cookie: nobody can forge a post in their name.
API = "/api/"

#: Posts of other houses, which carry a signature of their own instead of a token.
SIGNED = frozenset({"portal.payment_confirmation", "portal.carrier_callback"})

#: Built files carry a hash of their content in their name and never change.
HASHED = "dist/assets/"
_A_YEAR = 365 * 24 * 3600

#: How a wrong secret is answered, and a form that was accepted.
REFUSED, TAKEN = 422, 303


class AskedLimiter(Limiter):
    """Counts in the views that ask for it; all other requests do not pay for the question."""

    def _check_request_limit(
        self,
        callable_name: str | None = None,
        in_middleware: bool = True,  # noqa: FBT001, FBT002 - as inherited
    ) -> None:
        # No limit holds everywhere, so that there is nothing to check before a view is known.
        if not in_middleware:
            super()._check_request_limit(callable_name, in_middleware)


csrf = CSRFProtect()
talisman = Talisman()
limiter = AskedLimiter(key_func=get_remote_address)


def attempts_allowed() -> str:
    """How often one address may try a secret, in the words of the limiter."""
    return str(current_app.config["LOGIN_RATE_LIMIT"])


def guesses_allowed() -> str:
    """How often one secret may be guessed at, from however many addresses."""
    return str(current_app.config["GUESS_RATE_LIMIT"])


def feedback_allowed() -> str:
    """How much feedback is taken from one address, or with one e-mail address."""
    return str(current_app.config["FEEDBACK_RATE_LIMIT"])


def is_taken(response: Response) -> bool:
    """Only what was kept counts: whoever corrects a field is not kept waiting."""
    return response.status_code == TAKEN


def is_wrong(response: Response) -> bool:
    """Only wrong guesses count: whoever knows the secret is never kept waiting by himself."""
    return response.status_code == REFUSED


def init_app(app: Flask) -> None:
    """Bind all three, and keep answers out of shared and later hands."""
    if proxies := int(app.config["TRUSTED_PROXIES"]):
        trusting = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)
        app.wsgi_app = trusting  # type: ignore[method-assign] # Flask's own way to wrap it
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    csrf.init_app(app)
    app.before_request(_check_path)
    app.before_request(_check_token)
    secure = bool(app.config["SESSION_COOKIE_SECURE"])
    talisman.init_app(
        app,
        content_security_policy=POLICY,
        force_https=secure,
        strict_transport_security=secure,
        session_cookie_secure=secure,
        frame_options="DENY",
        referrer_policy="same-origin",
    )
    limiter.init_app(app)
    app.after_request(_cache)


def _check_path() -> None:
    if "\0" in request.path and not request.path.startswith(API):
        # No database keeps it, so that nothing has such a name; the API says so in its own way.
        abort(404)


def _check_token() -> None:
    if request.path.startswith(API):
        return
    if current_app.config["WTF_CSRF_ENABLED"] and request.endpoint not in SIGNED:
        csrf.protect()
    told = (*request.args.items(multi=True), *request.form.items(multi=True))
    if any("\0" in text for _, text in told):
        # No database keeps it, and nobody types it.
        abort(400)


def _cache(response: Response) -> Response:
    """Pages hold personal data and tokens: a shared computer must not keep them."""
    given: dict[str, Any] = request.view_args or {}
    if request.endpoint == "static":
        if str(given.get("filename", "")).startswith(HASHED):
            response.cache_control.max_age = _A_YEAR
            response.cache_control.immutable = True
            response.cache_control.no_cache = None
    elif "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    return response
