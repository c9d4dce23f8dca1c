"""Addresses that came from outside, and whether it is safe to go there."""

from urllib.parse import urlsplit


def safe_path(address: str | None) -> str | None:
    """`address` when it is a path of this site, else None: nobody is sent elsewhere by a link."""
    if not address or not address.startswith("/") or not address.isprintable():
        return None
    if "\\" in address or address.startswith("//"):
        return None
    parts = urlsplit(address)
    return None if parts.scheme or parts.netloc else address
