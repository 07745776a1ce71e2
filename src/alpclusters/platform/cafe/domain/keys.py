"""The key of an AlpCafé: what a token is hashed with, and what its links are derived from.

32 random bytes in a file outside the database, its journal and its backups. When the AlpCafé is
sealed the file is destroyed: nobody can tell any more whose row belongs to which phone.
"""

import base64
import hashlib
import hmac
import os
import secrets
from pathlib import Path
from typing import Final

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
