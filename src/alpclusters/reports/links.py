"""Addresses in documents: only those a reader may safely follow."""

from typing import Final
from urllib.parse import urlsplit

_SAFE: Final = frozenset({"http", "https", "mailto"})


def safe_link(address: str | None) -> str | None:
    """Return the address when it is http, https, mailto or a place on this site, else None."""
    if not address or any(ord(character) <= ord(" ") for character in address):
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme:
        return address if parts.scheme.lower() in _SAFE else None
    is_local = address.startswith(("/", "#")) and not address.startswith(("//", "/\\"))
    return address if is_local else None
