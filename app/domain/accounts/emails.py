"""E-mail addresses as people type them, and what they probably meant."""

import re

from app.foundation.text import lazy_gettext

#: A log-in name is as long at most.
LONGEST = 80
NO_ADDRESS = lazy_gettext("Write the e-mail address in full, for example ten@gmail.com.")
_ADDRESS = re.compile(r"[^@\s,;<>()\[\]\\\"]+@([a-z0-9-]+\.)+[a-z]{2,}", re.IGNORECASE)
#: Where most people of the country have their mailbox.
_COMMON = (
    "gmail.com", "yahoo.com", "yahoo.com.vn", "outlook.com", "hotmail.com", "icloud.com",
    "live.com", "hatinh.gov.vn", "vnpt.vn", "fpt.vn", "viettel.com.vn",
)  # fmt: skip
#: One wrong, missing, surplus or two exchanged letters are a slip; more may be another address.
_A_SLIP = 1
#: Within longer names, two.
_LONG, _TWO_SLIPS = 8, 2


def normal(address: str) -> str:
    """The address as it is stored and compared."""
    return address.strip().lower()


def is_address(address: str) -> bool:
    """Whether mail could be sent there."""
    return len(address) <= LONGEST and _ADDRESS.fullmatch(address) is not None


def meant(address: str) -> str | None:
    """The address without a slip in its domain: `mai@gmial.com` meant `mai@gmail.com`."""
    name, _, domain = normal(address).rpartition("@")
    if not name or domain in _COMMON:
        return None
    near = [(distance(domain, known), known) for known in _COMMON]
    slips, known = min(near)
    allowed = _TWO_SLIPS if len(domain) >= _LONG else _A_SLIP
    return f"{name}@{known}" if slips <= allowed else None


def distance(one: str, other: str) -> int:
    """How many slips of a finger lie between two words (Damerau's count)."""
    rows = [list(range(len(other) + 1))]
    for at, letter in enumerate(one, 1):
        row = [at]
        for to, wanted in enumerate(other, 1):
            cost = min(rows[-1][to] + 1, row[to - 1] + 1, rows[-1][to - 1] + (letter != wanted))
            exchanged = at > 1 and to > 1 and (one[at - 2], letter) == (wanted, other[to - 2])
            row.append(min(cost, rows[-2][to - 2] + 1) if exchanged else cost)
        rows.append(row)
    return rows[-1][-1]
