"""Opening an account, coming in, looking after it, going out, and the language."""

from app.web.account import (
    confirmation,
    doors,
    eid,
    email,
    notices,
    password,
    profile,
    recovery,
    registration,
    sessions,
    staying,
    two_steps,
)
from app.web.account.room import blueprint

__all__ = [
    "blueprint",
    "confirmation",
    "doors",
    "eid",
    "email",
    "notices",
    "password",
    "profile",
    "recovery",
    "registration",
    "sessions",
    "staying",
    "two_steps",
]
