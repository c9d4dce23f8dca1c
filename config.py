"""Every setting of the platform, and the only place that reads the environment."""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

ROOT = Path(__file__).resolve().parent


#: The databases that the house is tested on.
DRIVERS = frozenset({"postgresql+psycopg", "sqlite"})
#: Nobody waits longer than a day for the next look at what is due.
MOST_SECONDS = 86_400


class ConfigError(ValueError):
    """A setting cannot be used; the text names the variable and repeats no secret."""


def _var_folder() -> Path:
    return Path(os.environ.get("MOTCUA_VAR", str(ROOT / "var")))


def _secret_key() -> str:
    """The session secret: from the environment, or made once and kept beside the data."""
    if given := os.environ.get("SECRET_KEY"):
        return given
    kept = _var_folder() / "secret_key"
    try:
        if not kept.exists():
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.touch(mode=0o600)
            kept.write_text(secrets.token_hex(32), encoding="ascii")
        return kept.read_text(encoding="ascii")
    except OSError as error:
        raise ConfigError(f"MOTCUA_VAR: {kept} cannot be used ({error.strerror}).") from error


def database_url(given: str | None) -> str:
    """SQLAlchemy's address of the database; plain `postgresql://` means psycopg 3.

    Raises ConfigError for anything but PostgreSQL and SQLite.
    """
    if not given:
        return f"sqlite:///{_var_folder() / 'motcua.sqlite3'}"
    for short in ("postgresql://", "postgres://"):
        if given.startswith(short):
            given = "postgresql+psycopg://" + given.removeprefix(short)
    try:
        driver = make_url(given).drivername
    except (ArgumentError, ValueError):
        driver = ""
    if driver not in DRIVERS:
        raise ConfigError(
            "DATABASE_URL: write postgresql://user@host/name, or sqlite:////path/to/file."
        )
    return given


#: How e-mails may leave the house.
MAIL_SCHEMES = frozenset({"smtp", "smtps", "file"})


def _mail_url(given: str | None) -> str:
    """Where e-mails go: without a word, into files beside the data. Raises ConfigError."""
    if not given:
        return (_var_folder().absolute() / "mail").as_uri()
    if given != "none" and given.partition(":")[0] not in MAIL_SCHEMES:
        raise ConfigError("MAIL_URL: write smtp://host:587, smtps://host, file:///folder or none.")
    return given


def _choice(name: str, offered: tuple[str, ...]) -> str:
    """One of a few words, the first without a word. Raises ConfigError."""
    given = os.environ.get(name) or offered[0]
    if given not in offered:
        raise ConfigError(f"{name}: write {' or '.join(offered)}.")
    return given


def _web_address(name: str) -> str:
    """An address of another system, or nothing. Raises ConfigError, which repeats no password."""
    given = os.environ.get(name, "")
    if given and not given.startswith(("https://", "http://")):
        raise ConfigError(f"{name}: write a web address that begins with https://.")
    return given


def _day(name: str) -> str:
    """A day as `2024-07-01`, or nothing. Raises ConfigError."""
    given = os.environ.get(name, "")
    try:
        return date.fromisoformat(given).isoformat() if given else ""
    except ValueError:
        raise ConfigError(f"{name}: write a day like 2024-07-01.") from None


def _seconds(name: str, default: float) -> float:
    """A length of time from the environment. Raises ConfigError unless it is above zero."""
    given = os.environ.get(name) or str(default)
    try:
        seconds = float(given)
    except ValueError:
        seconds = 0
    if not 0 < seconds < MOST_SECONDS:
        raise ConfigError(f"{name}: “{given[:40]}” is no number of seconds above 0.")
    return seconds


def _whole(name: str, default: int, most: int) -> int:
    """A whole number above zero from the environment. Raises ConfigError for anything else."""
    given = os.environ.get(name) or str(default)
    if not given.isascii() or not given.isdecimal() or not 0 < int(given) <= most:
        raise ConfigError(f"{name}: “{given[:40]}” is no whole number from 1 to {most}.")
    return int(given)


def _megabytes(name: str, default: int) -> int:
    """Bytes, from a number of MB."""
    return _whole(name, default // (1024 * 1024), 1024) * 1024 * 1024


def _days(name: str, default: int) -> int:
    """Days; ten years at most."""
    return _whole(name, default, 3660)


def scanner_address(given: str) -> str:
    """The address of the virus scanner as it was given. Raises ConfigError for any other shape."""
    if given in ("", "none") or re.fullmatch(r"unix:/.+|tcp:[^:/]+:\d{1,5}", given):
        return given
    raise ConfigError("CLAMD: write unix:/path/of/socket, tcp:host:port, or none.")


def _payment(env: Mapping[str, str]) -> dict[str, Any]:
    """How fees are paid online. Raises ConfigError where only half of it is there."""
    names = ("PAYMENT_URL", "PAYMENT_PARTNER", "PAYMENT_SECRET")
    given = {name: env.get(name, "") for name in names}
    if any(given.values()) and not all(given.values()):
        missing = ", ".join(name for name, value in given.items() if not value)
        raise ConfigError(f"{missing}: missing; paying online needs {', '.join(names)}.")
    if given["PAYMENT_URL"] and not given["PAYMENT_URL"].startswith(("https://", "http://127.")):
        raise ConfigError("PAYMENT_URL: begins with https://, or with http://127. for a trial.")
    account = ("PAYMENT_ACCOUNT", "PAYMENT_ACCOUNT_BANK", "PAYMENT_ACCOUNT_NAME")
    return (
        given
        | {name: env.get(name, "") for name in account}
        | {"PAYMENT_SECONDS": _seconds("PAYMENT_SECONDS", 8.0)}
    )


def _postal(env: Mapping[str, str]) -> dict[str, Any]:
    """How results go back by post. Raises ConfigError where only half of a carrier is there."""
    names = ("POSTAL_URL", "POSTAL_CUSTOMER", "POSTAL_SECRET")
    given = {name: env.get(name, "") for name in names}
    if any(given.values()) and not all(given.values()):
        missing = ", ".join(name for name, value in given.items() if not value)
        raise ConfigError(f"{missing}: missing; a carrier needs {', '.join(names)}.")
    given["POSTAL_URL"] = given["POSTAL_URL"].rstrip("/")
    if given["POSTAL_URL"] and not given["POSTAL_URL"].startswith(("https://", "http://127.")):
        raise ConfigError("POSTAL_URL: begins with https://, or with http://127. for a trial.")
    offered = env.get("POSTAL_RETURN", "") == "1"
    seconds = _seconds("POSTAL_SECONDS", 8.0)
    return given | {"POSTAL_RETURN": offered, "POSTAL_SECONDS": seconds}


@dataclass(frozen=True, kw_only=True)
class Config:
    """What an installation may choose; servers read the environment, tests pass arguments."""

    #: Where the records live.
    SQLALCHEMY_DATABASE_URI: str
    #: Signs sessions and CSRF tokens.
    SECRET_KEY: str
    #: Folder of uploaded files, or an `s3://bucket/prefix` address.
    FILE_STORE: str
    #: Name shown in the header, for example "Tỉnh Hà Tĩnh".
    PROVINCE_NAME: str = "Tỉnh Hà Tĩnh"
    #: Largest request in bytes (papers and some text).
    MAX_CONTENT_LENGTH: int = 60 * 1024 * 1024
    #: Largest text part of a form in bytes.
    MAX_FORM_MEMORY_SIZE: int = 1024 * 1024
    #: Largest single file in bytes.
    MAX_FILE_SIZE: int = 50 * 1024 * 1024
    #: Files that may wait with one draft, and their bytes together.
    MAX_DRAFT_FILES: int = 60
    MAX_DRAFT_BYTES: int = 200 * 1024 * 1024
    #: Uploads that may be begun from one address.
    UPLOAD_RATE_LIMIT: str = "300 per hour"
    #: Days after which an upload that no dossier has claimed is removed.
    UPLOADS_KEPT_DAYS: int = 30
    #: Days that a draft nobody sends is kept after its last change; the law gives sixty days for
    #: some declarations, so that nobody who gathers papers meanwhile loses what he has written.
    DRAFTS_KEPT_DAYS: int = 60
    #: So many days before that its writer is told.
    DRAFTS_TOLD_DAYS: int = 7
    #: Days in which an applicant can change a rating of a dossier once given.
    RATING_DAYS: int = 15
    #: Feedback taken from one address, and with one e-mail address.
    FEEDBACK_RATE_LIMIT: str = "6 per hour"
    #: The virus scanner: `unix:/path/of/socket`, `tcp:host:port`, or `none` to work without one.
    #: Nothing at all means that nobody but their owners can fetch files.
    CLAMD: str = ""
    #: Cookies travel over HTTPS only; off for http://127.0.0.1.
    SESSION_COOKIE_SECURE: bool = False
    SESSION_COOKIE_HTTPONLY: bool = True
    SESSION_COOKIE_SAMESITE: str = "Lax"
    #: Seconds after which the scheduler notices what another process has stored, at the latest.
    TICK_SECONDS: float = 0.5
    #: Seconds after which it looks at what is due even if nobody has told it of anything.
    LOOK_SECONDS: float = 30.0
    #: Log-in attempts allowed from one address.
    LOGIN_RATE_LIMIT: str = "20 per minute"
    #: Wrong secrets allowed for one user name or one dossier code, from all addresses together.
    GUESS_RATE_LIMIT: str = "10 per 15 minutes"
    #: Proxies in front of the web nodes whose word on a client's address is believed.
    TRUSTED_PROXIES: int = 0
    #: Where rate limits are counted; several web nodes share a Redis or Memcached address.
    RATELIMIT_STORAGE_URI: str = "memory://"
    #: Where the payment platform listens; nobody can pay online without it.
    PAYMENT_URL: str = ""
    #: Our code there (MaDoiTac), and the secret that signs every message both ways.
    PAYMENT_PARTNER: str = ""
    PAYMENT_SECRET: str = field(default="", repr=False)
    #: The account that the money goes to: number, code of the bank, name of the holder.
    PAYMENT_ACCOUNT: str = ""
    PAYMENT_ACCOUNT_BANK: str = ""
    PAYMENT_ACCOUNT_NAME: str = ""
    #: Seconds to wait for an answer of the platform.
    PAYMENT_SECONDS: float = 8.0
    #: Confirmations taken from one address.
    PAYMENT_RATE_LIMIT: str = "120 per minute"
    #: Whether results are sent by post, for the procedures that allow it.
    POSTAL_RETURN: bool = False
    #: Where the carrier listens; without it officers take parcels to the post themselves.
    POSTAL_URL: str = ""
    #: Our code there (CustomerCode), and the secret that opens it and signs its callbacks.
    POSTAL_CUSTOMER: str = ""
    POSTAL_SECRET: str = field(default="", repr=False)
    #: Seconds to wait for an answer of the carrier, and callbacks taken from one address.
    POSTAL_SECONDS: float = 8.0
    POSTAL_RATE_LIMIT: str = "240 per minute"
    #: Argon2 cost; tests lower it.
    PASSWORD_TIME_COST: int = 3
    #: How e-mails leave: `smtp://user:password@host:587`, `smtps://…`, `file:///folder`, `none`.
    MAIL_URL: str = "none"
    #: Whom e-mails come from.
    MAIL_FROM: str = "Một Cửa <khong-tra-loi@motcua.invalid>"
    #: Address of this site in e-mails; what a request says of its host is not to be believed.
    PUBLIC_URL: str = "http://127.0.0.1:8000"
    #: Address of the provider of national identities (VNeID); without one it is not offered.
    EID_ISSUER: str = ""
    EID_CLIENT_ID: str = ""
    EID_CLIENT_SECRET: str = field(default="", repr=False)
    EID_SCOPE: str = "openid"
    #: From this day on (`2024-07-01`) citizens apply with a national identity only.
    EID_ONLY_FROM: str = ""
    #: Log-in of officers in two steps: `offered` to each, or `required` of all.
    OFFICER_TOTP: str = "offered"
    #: The operator that carries SMS; see `app/actions/carriers/by_sms.py`. Empty: no SMS.
    SMS_URL: str = ""
    #: The server of the province's app, and the secret shared with it. Empty: no such messages.
    APP_PUSH_URL: str = ""
    APP_PUSH_SECRET: str = ""
    #: The template registered for the province's Zalo account. Empty: no such messages.
    ZALO_TEMPLATE: str = ""
    ZALO_URL: str = "https://business.openapi.zalo.me/message/template"
    #: Where its tokens are exchanged, and as which application.
    ZALO_OAUTH_URL: str = "https://oauth.zaloapp.com/v4/oa/access_token"
    ZALO_APP_ID: str = ""
    ZALO_APP_SECRET: str = ""
    TESTING: bool = False
    DEBUG: bool = False

    @classmethod
    def from_environment(cls) -> "Config":
        """Read the settings of a real installation from the environment. Raises ConfigError."""
        env = os.environ
        return cls(
            SQLALCHEMY_DATABASE_URI=database_url(env.get("DATABASE_URL")),
            SECRET_KEY=_secret_key(),
            FILE_STORE=env.get("FILE_STORE", str(_var_folder() / "files")),
            PROVINCE_NAME=env.get("PROVINCE_NAME", cls.PROVINCE_NAME),
            SESSION_COOKIE_SECURE=env.get("HTTPS_ONLY", "") == "1",
            TICK_SECONDS=_seconds("TICK_SECONDS", cls.TICK_SECONDS),
            LOOK_SECONDS=_seconds("LOOK_SECONDS", cls.LOOK_SECONDS),
            LOGIN_RATE_LIMIT=env.get("LOGIN_RATE_LIMIT", cls.LOGIN_RATE_LIMIT),
            GUESS_RATE_LIMIT=env.get("GUESS_RATE_LIMIT", cls.GUESS_RATE_LIMIT),
            **_payment(env),
            **_postal(env),
            TRUSTED_PROXIES=int(env.get("TRUSTED_PROXIES", str(cls.TRUSTED_PROXIES))),
            RATELIMIT_STORAGE_URI=env.get("RATELIMIT_STORAGE_URI", cls.RATELIMIT_STORAGE_URI),
            EID_ISSUER=env.get("EID_ISSUER", cls.EID_ISSUER),
            EID_CLIENT_ID=env.get("EID_CLIENT_ID", cls.EID_CLIENT_ID),
            EID_CLIENT_SECRET=env.get("EID_CLIENT_SECRET", cls.EID_CLIENT_SECRET),
            EID_SCOPE=env.get("EID_SCOPE", cls.EID_SCOPE),
            EID_ONLY_FROM=_day("EID_ONLY_FROM"),
            OFFICER_TOTP=_choice("OFFICER_TOTP", ("offered", "required")),
            MAIL_URL=_mail_url(env.get("MAIL_URL")),
            MAIL_FROM=env.get("MAIL_FROM", cls.MAIL_FROM),
            SMS_URL=_web_address("SMS_URL"),
            APP_PUSH_URL=_web_address("APP_PUSH_URL"),
            APP_PUSH_SECRET=env.get("APP_PUSH_SECRET", ""),
            ZALO_TEMPLATE=env.get("ZALO_TEMPLATE", ""),
            ZALO_URL=_web_address("ZALO_URL") or cls.ZALO_URL,
            ZALO_OAUTH_URL=_web_address("ZALO_OAUTH_URL") or cls.ZALO_OAUTH_URL,
            ZALO_APP_ID=env.get("ZALO_APP_ID", ""),
            ZALO_APP_SECRET=env.get("ZALO_APP_SECRET", ""),
            PUBLIC_URL=env.get("PUBLIC_URL", cls.PUBLIC_URL).rstrip("/"),
            MAX_FILE_SIZE=_megabytes("MAX_FILE_MB", cls.MAX_FILE_SIZE),
            MAX_CONTENT_LENGTH=_megabytes("MAX_FILE_MB", cls.MAX_FILE_SIZE) + 10 * 1024 * 1024,
            UPLOAD_RATE_LIMIT=env.get("UPLOAD_RATE_LIMIT", cls.UPLOAD_RATE_LIMIT),
            UPLOADS_KEPT_DAYS=_days("UPLOADS_KEPT_DAYS", cls.UPLOADS_KEPT_DAYS),
            DRAFTS_KEPT_DAYS=_days("DRAFTS_KEPT_DAYS", cls.DRAFTS_KEPT_DAYS),
            DRAFTS_TOLD_DAYS=_days("DRAFTS_TOLD_DAYS", cls.DRAFTS_TOLD_DAYS),
            FEEDBACK_RATE_LIMIT=env.get("FEEDBACK_RATE_LIMIT", cls.FEEDBACK_RATE_LIMIT),
            RATING_DAYS=_days("RATING_DAYS", cls.RATING_DAYS),
            CLAMD=scanner_address(env.get("CLAMD", "")),
        )

    def as_mapping(self) -> dict[str, object]:
        """The settings under the names Flask and its extensions look for."""
        own = {one.name: getattr(self, one.name) for one in fields(self)}
        return own | {
            "BABEL_DEFAULT_LOCALE": "vi",
            "BABEL_DEFAULT_TIMEZONE": "Asia/Ho_Chi_Minh",
            "API_TITLE": "Một Cửa",
            "API_VERSION": "v1",
            "OPENAPI_VERSION": "3.1.0",
            "OPENAPI_URL_PREFIX": "/api/v1",
            "OPENAPI_JSON_PATH": "openapi.json",
            "WTF_CSRF_TIME_LIMIT": None,
            "SQLALCHEMY_ENGINE_OPTIONS": engine_options(self.SQLALCHEMY_DATABASE_URI),
        }


def engine_options(url: str) -> dict[str, object]:
    """Pool settings: a PostgreSQL node keeps a few connections, checked before use."""
    if url.startswith("postgresql"):
        return {"pool_size": 8, "max_overflow": 8, "pool_pre_ping": False, "pool_recycle": 1800}
    return {}
