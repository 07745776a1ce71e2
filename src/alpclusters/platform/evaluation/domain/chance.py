"""Draws of chance in what is published that nobody outside can repeat.

Pairs that are set aside and answers that change places are drawn by chance: who could draw again
would know which. So the draw hangs on the secret key of the installation, and on nothing that
changes: the same on every page and file, before the seal and after it.
"""

import hmac
from dataclasses import dataclass, field
from typing import Final

from django.utils.crypto import salted_hmac

from alpclusters.platform.cafe.models import AlpCafe

_PURPOSE: Final = "evaluation.chance"
_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class Chance:
    """Where the draws of one AlpCafé come from."""

    secret: bytes = field(repr=False)

    def seed(self, purpose: str, *of: object) -> int:
        """Return a number for one draw; the same purpose and things give the same.

        Examples
        --------
        >>> Chance(b"a").seed("aside", 1, 2) == Chance(b"a").seed("aside", 1, 2)
        True
        >>> Chance(b"a").seed("aside", 1, 2) == Chance(b"b").seed("aside", 1, 2)
        False
        """
        named = ":".join([purpose, *map(str, of)])
        digest = hmac.new(self.secret, named.encode(), "sha256").digest()
        return int.from_bytes(digest[:_BYTES])


PUBLIC: Final = Chance(b"")
"""Everybody can repeat it: for answers that nobody gave."""


def chance_of(cafe: AlpCafe) -> Chance:
    """Return the draws of an AlpCafé.

    Simulated people have nothing to hide, and the demonstration is the same everywhere.
    """
    if cafe.project.is_simulated:
        return PUBLIC
    return Chance(salted_hmac(_PURPOSE, str(cafe.pk), algorithm="sha256").digest())
