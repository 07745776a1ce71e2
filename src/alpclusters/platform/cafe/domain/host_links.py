"""Links of hosts and screens, and the cookie of a screen whose link was opened.

A link is ``/cafe/host/#<AlpCafé>~host~<number of the table>~<secret>``; what stands behind ``#`` is
never sent by a browser, a script posts it. The cookie ``cafescreen`` holds the same text.
"""

from dataclasses import dataclass
from typing import Final

from django.conf import settings

from alpclusters.platform.cafe.domain.keys import (
    MARK,
    cafe_of_token,
    derive_link,
    ensure_key,
    is_link,
    read_key,
)
from alpclusters.platform.cafe.models import AlpCafe, Table

HOST: Final = "host"
BEAMER: Final = "beamer"
FACILITATOR: Final = "facilitator"
ROLES: Final = (HOST, BEAMER, FACILITATOR)
# The addresses themselves belong to the layer above.
HOST_PATH: Final = "/cafe/host/"
_PARTS: Final = 4
_MOST_DIGITS: Final = 5


@dataclass(frozen=True, slots=True)
class ScreenPass:
    """A link that was opened, as its text says; `opened_cafe` tells whether it is valid.

    Attributes
    ----------
    cafe_id : int
    screen : str
        ``host``, ``beamer`` or ``facilitator``.
    table : int
        Number of the host's table; 0 for other screens.
    secret : str
    """

    cafe_id: int
    screen: str
    table: int
    secret: str

    @property
    def text(self) -> str:
        """The text as it stands in the cookie and behind ``#``."""
        return MARK.join((str(self.cafe_id), self.screen, str(self.table), self.secret))


def make_pass(cafe: AlpCafe, *, role: str, table: int = 0) -> ScreenPass:
    """Return the link of a role as it is valid now."""
    key = ensure_key(settings.HOME, cafe.pk)
    secret = derive_link(key, role=role, table=table, epoch=cafe.link_epoch)
    return ScreenPass(cafe.pk, role, table, secret)


def host_pass(table: Table) -> ScreenPass:
    """Return the link of the host of a table."""
    return make_pass(table.cafe, role=HOST, table=table.number)


def host_address(table: Table) -> str:
    """Return the whole address that opens the screen of the host of a table."""
    return f"{settings.CONFIGURATION.address}{HOST_PATH}#{host_pass(table).text}"


def read_pass(text: str) -> ScreenPass | None:
    """Read the text of a link or cookie; None if it is none. Nothing is looked up."""
    parts = text.strip().split(MARK)
    if len(parts) != _PARTS or parts[1] not in ROLES or not _is_number(parts[2]):
        return None
    cafe_id = cafe_of_token(f"{parts[0]}{MARK}{parts[3]}")
    if cafe_id is None:
        return None
    return ScreenPass(cafe_id, parts[1], int(parts[2]), parts[3])


def opened_cafe(found: ScreenPass | None) -> AlpCafe | None:
    """Return the AlpCafé a link opens; None for a wrong, an old or a destroyed one."""
    if found is None:
        return None
    key = read_key(settings.HOME, found.cafe_id)
    cafe = AlpCafe.everything.filter(pk=found.cafe_id).select_related("project", "region").first()
    if key is None or cafe is None:
        return None
    is_valid = is_link(
        key, found.secret, role=found.screen, table=found.table, epoch=cafe.link_epoch
    )
    return cafe if is_valid else None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
