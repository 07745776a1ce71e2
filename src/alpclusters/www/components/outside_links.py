"""Links to pages of others."""

from django.utils.html import format_html


def is_web(address: str) -> bool:
    """Say whether an address is one of the web; sources may hold anything."""
    return address.startswith(("http://", "https://"))


def outside_link(address: str) -> str:
    """Link an address on the web by its name without protocol."""
    if not is_web(address):
        return ""
    words = address.split("://", 1)[1].removeprefix("www.").rstrip("/")
    return format_html('<a href="{}" rel="nofollow noopener">{}</a>', address, words)
