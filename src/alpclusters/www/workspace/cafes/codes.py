"""The QR code of an AlpCafé and the address it holds."""

import io
from typing import Final
from urllib.parse import urlsplit

import segno
from django.conf import settings
from django.urls import reverse

from alpclusters.platform.cafe.models import AlpCafe

# Error correction M and four modules of quiet zone: readable from a wall and from paper.
QUIET_ZONE: Final = 4
LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


def join_address() -> str:
    """Return the address people type when they have no camera."""
    return settings.CONFIGURATION.address + reverse("cafe:join")


def code_address(cafe: AlpCafe) -> str:
    """Return the address of the QR code: the code stands behind ``#`` and stays out of logs."""
    return f"{join_address()}#{cafe.code}"


def is_reachable() -> bool:
    """Say whether phones can reach the address; a loopback address is this machine only."""
    return (urlsplit(settings.CONFIGURATION.address).hostname or "") not in LOOPBACK


def qr_picture(cafe: AlpCafe) -> str:
    """Draw the QR code as an SVG document without styles in it."""
    target = io.BytesIO()
    made = segno.make(code_address(cafe), error="m", micro=False)
    made.save(target, kind="svg", border=QUIET_ZONE, omitsize=True, xmldecl=False, light="#fff")
    return target.getvalue().decode()
