"""The provider of national identities: OpenID Connect by Authlib, with state, nonce and PKCE."""

from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import current_app, request
from joserfc.errors import JoseError
from requests import RequestException

from app.domain.accounts.eid import Identity, read_claims
from app.foundation.errors import Conflict
from app.foundation.text import lazy_gettext

#: Seconds to wait for each answer of the provider.
PATIENCE = 10
CALLBACK = "/vneidsso/callback"
_KEPT = "motcua_eid"


class EidFailed(Conflict):
    """The provider refused, could not be asked, or answered what cannot be trusted."""

    message = lazy_gettext(
        "Log-in with VNeID did not work. Nothing was changed; please try again in a moment."
    )


def is_offered() -> bool:
    """Whether the installation knows a provider."""
    return bool(current_app.config["EID_ISSUER"] and current_app.config["EID_CLIENT_ID"])


def client() -> Any:
    """Authlib's client, made at the first use."""
    if _KEPT not in current_app.extensions:
        config = current_app.config
        issuer = str(config["EID_ISSUER"]).rstrip("/")
        # The proxy will do: the client is never used where there is no application.
        current_app.extensions[_KEPT] = OAuth(current_app).register(
            "eid",
            client_id=config["EID_CLIENT_ID"],
            client_secret=config["EID_CLIENT_SECRET"],
            server_metadata_url=f"{issuer}/.well-known/openid-configuration",
            client_kwargs={
                "scope": config["EID_SCOPE"],
                "code_challenge_method": "S256",
                "default_timeout": PATIENCE,
            },
        )
    return current_app.extensions[_KEPT]


def address_to_log_in() -> Any:
    """The redirect to the provider. Raises EidFailed when it cannot be asked."""
    try:
        return client().authorize_redirect(current_app.config["PUBLIC_URL"] + CALLBACK)
    except (AuthlibBaseError, RequestException, RuntimeError, ValueError) as error:
        raise EidFailed from error


def identity_told() -> tuple[Identity, str]:
    """Who has come back from the provider, and the token it vouches with.

    Signature, issuer, audience, age, state and nonce are checked. Raises EidFailed, and
    ClaimMissing when it does not say who it is.
    """
    if "error" in request.args:
        raise EidFailed
    issuer = str(current_app.config["EID_ISSUER"]).rstrip("/")
    options = {
        "iss": {"essential": True, "values": [issuer, issuer + "/"]},
        "aud": {"essential": True, "value": current_app.config["EID_CLIENT_ID"]},
        "sub": {"essential": True},
        "nonce": {"essential": True},
    }
    try:
        token = client().authorize_access_token(claims_options=options)
        claims = dict(token["userinfo"])
        if "SoDinhDanh" not in claims:
            more = client().userinfo(token=token)
            if more.get("sub") != claims["sub"]:
                raise EidFailed
            claims |= more
    except (AuthlibBaseError, JoseError, RequestException, KeyError, ValueError) as error:
        raise EidFailed from error
    return read_claims(claims, issuer), str(token["id_token"])


def address_to_log_out(id_token: str) -> str | None:
    """Where the provider ends its own session too; None when it offers no such address."""
    back = current_app.config["PUBLIC_URL"] + "/"
    try:
        told = client().create_logout_url(post_logout_redirect_uri=back, id_token_hint=id_token)
    except (AuthlibBaseError, RequestException, RuntimeError, ValueError):
        return None
    return str(told["url"])
