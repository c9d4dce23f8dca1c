"""Coming in, going out, and the language."""

from app.web.account.doors import blueprint

__all__ = ["blueprint"]
