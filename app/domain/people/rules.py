"""Passwords and tokens."""

import hashlib

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError


def hash_password(password: str, *, time_cost: int = 3) -> str:
    """Argon2id hash of a password."""
    return PasswordHasher(time_cost=time_cost).hash(password)


#: Checked against when the user name is unknown, so that the answer takes as long.
#: Made with the costs of `hash_password` from a random password that nobody kept.
_NOBODY = (
    "$argon2id$v=19$m=65536,t=3,p=4$dN0vcLj6XlT/RQurCdTvSQ"
    "$2y1vCBBA0wyu+B9vYcVf9etymaXfF9GeQ0wh2Tq2+lY"
)


def password_fits(stored: str | None, password: str) -> bool:
    """Whether the password belongs to the stored hash; never raises."""
    try:
        return PasswordHasher().verify(stored or _NOBODY, password) and stored is not None
    except (Argon2Error, InvalidHashError):
        return False


def digest_of(token: str) -> bytes:
    """What is stored of a bearer token; tokens are long and random, so one hash is enough."""
    return hashlib.sha256(token.encode()).digest()
