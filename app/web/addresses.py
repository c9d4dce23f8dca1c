"""Addresses that came from outside, and whether it is safe to go there."""

from urllib.parse import urlsplit

from flask import request

#: The largest number a row can have.
MAX_ID = 2**63 - 1
#: An inbox item in the path of a route; larger numbers name nothing, so nobody is asked.
ITEM = f"<int(max={MAX_ID}):item_id>"


def safe_path(address: str | None) -> str | None:
    """`address` when it is a path of this site, else None: nobody is sent elsewhere by a link."""
    if not address or not address.startswith("/") or not address.isprintable():
        return None
    if "\\" in address or address.startswith("//"):
        return None
    parts = urlsplit(address)
    return None if parts.scheme or parts.netloc else address


def seen_before() -> int | None:
    """The last row already seen, from a pager's link; anything else begins at the first page."""
    before = request.args.get("before", None, int)
    return before if before is not None and 0 < before <= MAX_ID else None
