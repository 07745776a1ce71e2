"""The keys of an installation in a backup, sealed: age, for a public key or with a passphrase."""

import base64
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import pyrage

from alpclusters.analysis.errors import SetupError
from alpclusters.platform.cafe.domain.keys import key_path
from alpclusters.platform.configuration import BackupPlan
from alpclusters.platform.operation.passphrase_seal import StaysClosedError, seal, unseal

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
