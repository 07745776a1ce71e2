"""The key of an AlpCafé: what a token is hashed with, and what its links are derived from.

32 random bytes in a file outside the database, its journal and its backups. When the AlpCafé is
sealed the file is destroyed: nobody can tell any more whose row belongs to which phone.
"""

import base64
import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings

from alpclusters.platform.cafe.models import AlpCafe, Table

KEY_BYTES: Final = 32
TOKEN_BYTES: Final = 16
# The parts of a token and of a link are separated by a character that neither contains.
MARK: Final = "~"
_LONGEST_ID: Final = 12


def key_path(home: Path, cafe_id: int) -> Path:
    """Return where the key of an AlpCafé lies."""
    return home / "secrets" / f"cafe-{cafe_id}.key"


def read_key(home: Path, cafe_id: int) -> bytes | None:
    """Return the key, None if there is none (not made yet, or destroyed)."""
    try:
        return key_path(home, cafe_id).read_bytes()
    except FileNotFoundError:
        return None


def ensure_key(home: Path, cafe_id: int) -> bytes:
    """Return the key and make it the first time; two who come at once get the same one."""
    path = key_path(home, cafe_id)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}-{secrets.token_hex(4)}")
    if not path.exists():
        _write(fresh, secrets.token_bytes(KEY_BYTES))
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_bytes()


def destroy_key(home: Path, cafe_id: int) -> None:
    """Overwrite and remove the key; on flash memory only the removal is certain."""
    path = key_path(home, cafe_id)
    if not path.exists():
        return
    _write(path, bytes(KEY_BYTES), flags=os.O_WRONLY)
    path.unlink()


def cafe_of_token(token: str) -> int | None:
    """Return the AlpCafé a token names; None if it is none."""
    number, mark, secret = token.partition(MARK)
    is_token = (
        mark and secret and number.isascii() and number.isdigit() and len(number) <= _LONGEST_ID
    )
    return int(number) if is_token else None


def hash_token(key: bytes, token: str) -> str:
    """Return what is stored of a token (``pid``): 128 bits of HMAC-SHA256 in hexadecimal."""
    return hmac.new(key, token.encode(), hashlib.sha256).hexdigest()[:32]


def derive_link(key: bytes, *, role: str, table: int = 0, epoch: int = 1) -> str:
    """Return the secret of a link: ``qr`` for the hall, ``host``, ``beamer``, ``facilitator``.

    Derived, never stored: a new epoch makes all earlier ones void.
    """
    text = f"link{MARK}{role}{MARK}{table}{MARK}{epoch}"
    digest = hmac.new(key, text.encode(), hashlib.sha256).digest()[:TOKEN_BYTES]
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def is_link(key: bytes, secret: str, *, role: str, table: int = 0, epoch: int = 1) -> bool:
    """Say whether a secret is the one of this link, in constant time."""
    expected = derive_link(key, role=role, table=table, epoch=epoch)
    return hmac.compare_digest(expected.encode(), secret.encode())


def _write(
    path: Path, content: bytes, *, flags: int = os.O_WRONLY | os.O_CREAT | os.O_EXCL
) -> None:
    descriptor = os.open(path, flags, 0o600)
    try:
        os.write(descriptor, content)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


# --- Links of hosts and screens, and the cookie of a screen whose link was opened -----------------
#
# A link is ``/cafe/host/#<AlpCafé>~host~<number of the table>~<secret>``; what stands behind ``#``
# is never sent by a browser, a script posts it. The cookie ``cafescreen`` holds the same text.


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
