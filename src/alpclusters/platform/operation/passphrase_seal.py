"""A file sealed with a passphrase, as ``age`` writes and reads it (age-encryption.org/v1, scrypt).

The library for age chooses the work of scrypt by the clock, and refuses to open what would take
sixteen times as long as it thinks right at that moment: a backup of a fast machine then stays
closed on a slow or busy one, the very day it is needed, and one made on a busy machine is sealed
weakly. Here the work is fixed, and whatever is affordable is opened.
"""

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Iterator
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

# OWASP's first choice for scrypt: N = 2^17, r = 8, p = 1, that is 128 MiB.
WORK: Final = 17
# 4 GiB: what the reference implementation opens at most.
MOST_WORK: Final = 22
_BLOCK: Final = 64 * 1024
_TAG: Final = 16
_HEAD: Final = re.compile(
    rb"(age-encryption\.org/v1\n-> scrypt ([\w+/]{22}) ([1-9]\d?)\n([\w+/]{43})\n---)"
    rb" ([\w+/]{43})\n"
)


class StaysClosedError(Exception):
    """The passphrase is another one, or what was sealed is not whole."""


def seal(content: bytes, passphrase: str, *, work: int = WORK) -> bytes:
    """Encrypt with a passphrase.

    Parameters
    ----------
    content : bytes
    passphrase : str
    work : int
        Binary logarithm of scrypt's N.
    """
    salt, key, nonce = (secrets.token_bytes(16) for _ in range(3))
    wrapped = ChaCha20Poly1305(_stretch(passphrase, salt, work)).encrypt(bytes(12), key, None)
    head = f"age-encryption.org/v1\n-> scrypt {_text(salt)} {work}\n{_text(wrapped)}\n---".encode()
    cipher = ChaCha20Poly1305(_derive(key, nonce, b"payload"))
    ends = max(1, -(-len(content) // _BLOCK))
    blocks = [content[n * _BLOCK : (n + 1) * _BLOCK] for n in range(ends)]
    sealed = [cipher.encrypt(number, block, None) for number, block in _numbered(blocks)]
    return b"%s %s\n" % (head, _text(_mac(key, head)).encode()) + nonce + b"".join(sealed)


def unseal(sealed: bytes, passphrase: str) -> bytes:
    """Decrypt with a passphrase.

    Raises
    ------
    StaysClosedError
    """
    found = _HEAD.match(sealed)
    if found is None or int(found[3]) > MOST_WORK:
        raise StaysClosedError
    head, salt, work, wrapped, mac = found.groups()
    try:
        stretched = _stretch(passphrase, _bytes(salt), int(work))
        key = ChaCha20Poly1305(stretched).decrypt(bytes(12), _bytes(wrapped), None)
        if not hmac.compare_digest(_mac(key, head), _bytes(mac)):
            raise StaysClosedError
        nonce, rest = sealed[found.end() :][:16], sealed[found.end() + 16 :]
        cipher = ChaCha20Poly1305(_derive(key, nonce, b"payload"))
        size = _BLOCK + _TAG
        blocks = [rest[n : n + size] for n in range(0, len(rest), size)] or [b""]
        opened = [cipher.decrypt(number, block, None) for number, block in _numbered(blocks)]
    except (InvalidTag, MemoryError, ValueError) as error:
        raise StaysClosedError from error
    return b"".join(opened)


def _numbered(blocks: list[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Give each block its number, and the last one a mark."""
    for n, block in enumerate(blocks, start=1):
        yield (n - 1).to_bytes(11) + bytes([n == len(blocks)]), block


def _stretch(passphrase: str, salt: bytes, work: int) -> bytes:
    salted = b"age-encryption.org/v1/scrypt" + salt
    room = 129 * 8 * 2**work + 2**20
    return hashlib.scrypt(
        passphrase.encode(), salt=salted, n=2**work, r=8, p=1, maxmem=room, dklen=32
    )


def _mac(key: bytes, head: bytes) -> bytes:
    return hmac.digest(_derive(key, b"", b"header"), head, "sha256")


def _derive(key: bytes, salt: bytes, use: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt, use).derive(key)


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode().rstrip("=")


def _bytes(text: bytes) -> bytes:
    return base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
