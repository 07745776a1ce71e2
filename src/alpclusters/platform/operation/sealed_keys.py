"""The keys of an installation in a backup, sealed: age, for a public key or with a passphrase."""

import base64
import hashlib
import hmac
import json
import os
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

import pyrage
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from alpclusters.analysis.errors import SetupError
from alpclusters.platform.cafe.domain.keys import key_path
from alpclusters.platform.configuration import BackupPlan

# --- A file sealed with a passphrase, as ``age`` writes and reads it (age-encryption.org/v1,
# scrypt)
#
# The library for age chooses the work of scrypt by the clock, and refuses to open what would take
# sixteen times as long as it thinks right at that moment: a backup of a fast machine then stays
# closed on a slow or busy one, the very day it is needed, and one made on a busy machine is sealed
# weakly. Here the work is fixed, and whatever is affordable is opened.


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


# --- The keys of an installation in a backup, sealed: age, for a public key or with a passphrase


MEMBER: Final = "keys.age"
_SIGNING: Final = "django.key"


def collect_keys(home: Path, open_cafes: Iterable[int]) -> dict[str, bytes]:
    """Read the key that signs cookies, and those of AlpCafés that are not sealed, by file name."""
    paths = [home / "secrets" / _SIGNING, *(key_path(home, number) for number in open_cafes)]
    found = {}
    for path in paths:
        # One may be sealed this very moment; one that was never opened has no key.
        if path.exists():
            found[path.name] = path.read_bytes()
    return found


def seal_keys(keys: Mapping[str, bytes], plan: BackupPlan) -> bytes:
    """Encrypt keys as the settings say.

    Raises
    ------
    SetupError
        ``backup.bad_recipient``, ``backup.no_passphrase``.
    """
    text = json.dumps({name: base64.b64encode(key).decode() for name, key in keys.items()})
    if plan.recipients:
        sealed: bytes = pyrage.encrypt(text.encode(), [_recipient(w) for w in plan.recipients])
        return sealed
    return seal(text.encode(), _passphrase(plan.passphrase_file))


def open_keys(sealed: bytes, *, identity: Path | None, passphrase: Path | None) -> dict[str, bytes]:
    """Decrypt keys with the other half of a public key, or with the passphrase in a file.

    Raises
    ------
    SetupError
        ``backup.keys_stay_closed``: neither fits.
    """
    try:
        if identity is not None:
            text = pyrage.decrypt(sealed, _identities(identity))
        else:
            text = unseal(sealed, _passphrase(passphrase))
    except (pyrage.DecryptError, StaysClosedError) as error:
        named = identity or passphrase
        raise SetupError("backup.keys_stay_closed", values={"file": str(named)}) from error
    return {name: base64.b64decode(key) for name, key in json.loads(text).items()}


def write_keys(home: Path, keys: Mapping[str, bytes]) -> None:
    """Lay keys where the installation looks for them, readable for its owner only."""
    folder = home / "secrets"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name, key in keys.items():
        path = folder / Path(name).name
        path.unlink(missing_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(key)


def make_identity(path: Path) -> str:
    """Make a pair of keys: write the secret half into a new file, return the public one.

    Raises
    ------
    SetupError
        ``backup.bad_identity``: the file exists or cannot be written.
    """
    identity = pyrage.x25519.Identity.generate()
    public = str(identity.to_public())
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise SetupError("backup.bad_identity", values={"file": str(path)}) from error
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(f"# public key: {public}\n{identity}\n")
    return public


def _recipient(word: str) -> pyrage.x25519.Recipient:
    try:
        return pyrage.x25519.Recipient.from_str(word)
    except pyrage.RecipientError as error:
        raise SetupError("backup.bad_recipient", found=word) from error


def _identities(path: Path) -> list[pyrage.x25519.Identity]:
    try:
        lines = path.read_text(encoding="ascii").split()
        words = [line for line in lines if line.startswith("AGE-SECRET-KEY-")]
        found = [pyrage.x25519.Identity.from_str(word) for word in words]
    except (OSError, UnicodeDecodeError, pyrage.IdentityError):
        found = []
    if not found:
        raise SetupError("backup.bad_identity", values={"file": str(path)})
    return found


def _passphrase(path: Path | None) -> str:
    try:
        text = path.read_text(encoding="utf-8").strip() if path else ""
    except OSError:
        text = ""
    if not text:
        raise SetupError("backup.no_passphrase", values={"file": str(path or "")})
    return text
