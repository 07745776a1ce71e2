"""Tokens, recovery codes and links: derived from the key of the AlpCafé, never stored.

A join is repeated when its answer was lost: the token is derived from the phone's own key of the
command, so that the second answer is the first one. The journal has a hash of that key only:
whoever reads it cannot ask for the token.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from alpclusters.platform.cafe.domain.codes import ALPHABET, normalise_code
from alpclusters.platform.cafe.domain.keys import (
    MARK,
    TOKEN_BYTES,
    cafe_of_token,
    hash_token,
    is_link,
)
from alpclusters.platform.languages.codes import nearest_language

RECOVERY_LENGTH: Final = 10
ROLES: Final = ("qr", "host", "beamer", "facilitator")
_CONSENT_LENGTH: Final = 16
_LINK_PARTS: Final = 4
_TABLE_LENGTH: Final = 5


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What a phone's key of a join becomes.

    Attributes
    ----------
    key : str
        What the journal has in place of the phone's key.
    token, pid : str
        The token for the cookie, and its hash.
    recovery, recovery_hash : str
        The personal code, and its hash.
    """

    key: str
    token: str
    pid: str
    recovery: str = ""
    recovery_hash: str = ""


def newcomer(secret: bytes, event: int, key: str) -> Newcomer:
    """Derive everything of a join."""
    token = _token(secret, event, "join", key)
    recovery = _recovery(secret, key)
    return Newcomer(
        key=hash_token(secret, f"key{MARK}join{MARK}{key}"),
        token=token,
        pid=hash_token(secret, token),
        recovery=recovery,
        recovery_hash=recovery_hash(secret, recovery),
    )


def device(secret: bytes, event: int, key: str) -> Newcomer:
    """Derive the token of a further phone."""
    token = _token(secret, event, "device", key)
    hashed = hash_token(secret, f"key{MARK}device{MARK}{key}")
    return Newcomer(key=hashed, token=token, pid=hash_token(secret, token))


def recovery_hash(secret: bytes, recovery: str) -> str:
    """Return what is stored of a recovery code, however it was typed."""
    return hash_token(secret, f"recovery{MARK}{normalise_code(recovery)}")


def random_key() -> str:
    """Draw a key for somebody without a phone."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def random_pid() -> str:
    """Draw the hash of a token that nobody has."""
    return secrets.token_hex(TOKEN_BYTES)


def join_body(
    recovery: str, *, language: str, consent: str, source: str, order: Sequence[int] = ()
) -> Mapping[str, Any]:
    """Return the body of a join as the journal has it."""
    return {
        "recovery": recovery,
        "language": nearest_language(language),
        "consent": consent[:_CONSENT_LENGTH],
        "source": source,
        "order": list(order),
    }


def event_of(link: str) -> int | None:
    """Return the AlpCafé a link or token names."""
    return cafe_of_token(link)


class Links:
    """The links of one AlpCafé."""

    def __init__(self, event: int, key: bytes) -> None:
        self.event, self.key = event, key

    def find(self, link: str, *, epoch: int) -> tuple[int, str, int] | None:
        """Return AlpCafé, role and table of a link of this epoch; None if it is void."""
        role, table, secret = _parts(link)
        if role not in ROLES:
            return None
        is_ours = is_link(self.key, secret, role=role, table=table, epoch=epoch)
        return (self.event, role, table) if is_ours else None


def _parts(link: str) -> tuple[str, int, str]:
    parts = link.split(MARK)
    if len(parts) == 2:  # noqa: PLR2004 - AlpCafé and secret
        return "qr", 0, parts[1]
    is_table = len(parts) == _LINK_PARTS and parts[2].isascii() and parts[2].isdigit()
    if not is_table or len(parts[2]) > _TABLE_LENGTH:
        return "", 0, ""
    return parts[1], int(parts[2]), parts[3]


def _token(secret: bytes, event: int, kind: str, key: str) -> str:
    digest = hmac.new(secret, f"token{MARK}{kind}{MARK}{key}".encode(), hashlib.sha256).digest()
    return f"{event}{MARK}{base64.urlsafe_b64encode(digest[:TOKEN_BYTES]).rstrip(b'=').decode()}"


def _recovery(secret: bytes, key: str) -> str:
    digest = hmac.new(secret, f"recovery{MARK}join{MARK}{key}".encode(), hashlib.sha256).digest()
    number = int.from_bytes(digest[:TOKEN_BYTES])
    letters = []
    for _ in range(RECOVERY_LENGTH):
        number, place = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[place])
    return "".join(letters)
