"""The QR code of an AlpCafé and the address it holds."""

import io
from typing import Final
from urllib.parse import urlsplit

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from alpclusters.platform.cafe.domain.keys import MARK, derive_link, ensure_key
from alpclusters.platform.cafe.models import AlpCafe

# Error correction M and four modules of quiet zone: readable from a wall and from paper.
QUIET_ZONE: Final = 4
LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


def join_address() -> str:
    """Return the address people type when they have no camera."""
    return settings.CONFIGURATION.address + reverse("cafe:join")


def code_address(cafe: AlpCafe) -> str:
    """Return the address of the QR code: what stands behind ``#`` stays out of logs.

    It holds a long secret, not the code: who scans passes no gate for typed codes. A closed
    AlpCafé has no way in, and a sealed one no key.
    """
    if cafe.is_closed:
        return f"{join_address()}#{cafe.code}"
    key = ensure_key(settings.HOME, cafe.pk)
    secret = derive_link(key, role="qr", epoch=cafe.link_epoch)
    return f"{join_address()}#{cafe.pk}{MARK}{secret}"


def is_reachable() -> bool:
    """Say whether phones can reach the address; a loopback address is this machine only."""
    return (urlsplit(settings.CONFIGURATION.address).hostname or "") not in LOOPBACK


def qr_picture(cafe: AlpCafe) -> str:
    """Draw the QR code of an AlpCafé as an SVG document without styles in it."""
    return qr_of(code_address(cafe))


def qr_of(address: str) -> SafeString:
    """Draw an address as a QR code."""
    target = io.BytesIO()
    made = segno.make(address, error="m", micro=False)
    made.save(target, kind="svg", border=QUIET_ZONE, omitsize=True, xmldecl=False, light="#fff")
    return mark_safe(target.getvalue().decode())  # noqa: S308 - drawn by us
