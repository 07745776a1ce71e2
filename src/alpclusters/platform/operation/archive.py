"""The file of a backup: a zip with a list of what is in it and the checksum of each part."""

import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from alpclusters.analysis.errors import SetupError
from alpclusters.platform.files import file_digest

FORMAT: Final = "alpclusters-backup-2"
# Counted on the running database after the dump: its counts may differ from what it holds.
OLD_FORMAT: Final = "alpclusters-backup-1"
MANIFEST: Final = "manifest.json"
# What the copy of the database is called, by kind.
COPIES: Final = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
_CHUNK: Final = 2**20


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds.

    Attributes
    ----------
    format : str
        Version of this layout.
    made_at : str
        ISO 8601.
    version : str
        Version of the program.
    engine : str
        ``sqlite`` or ``postgresql``.
    migrations : list of str
        Applied migrations, ``app.name``.
    rows : dict of str to int
        Rows per table in the very state that was copied.
    files : dict of str to str
        SHA-256 by name inside the archive.
    keys : list of str
        Names of the keys that are sealed in it; none where nothing says for whom.
    """

    format: str
    made_at: str
    version: str
    engine: str
    migrations: list[str]
    rows: dict[str, int]
    files: dict[str, str] = field(default_factory=dict)
    keys: list[str] = field(default_factory=list)

    @property
    def database(self) -> str:
        """Return the name of the copy of the database inside the archive."""
        return COPIES[self.engine]

    @property
    def n_files(self) -> int:
        """Return how many uploaded files it holds."""
        return sum(name.startswith("uploads/") for name in self.files)

    @property
    def has_sure_counts(self) -> bool:
        """Say whether the rows were counted in what was copied."""
        return self.format == FORMAT


def write_archive(
    target: Path, members: Iterable[tuple[str, Path | bytes]], manifest: Manifest
) -> Manifest:
    """Write the members and then the list, whole or not at all; return the list.

    Each checksum is of the bytes that went in, so that a file may grow meanwhile, and one that
    goes away is left out.
    """
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    files: dict[str, str] = {}
    try:
        descriptor = os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w+b") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                for name, source in members:
                    digest = _add(archive, name, source)
                    if digest is not None:
                        files[name] = digest
                manifest = replace(manifest, files=files)
                archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1))
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return manifest


def _add(archive: zipfile.ZipFile, name: str, source: Path | bytes) -> str | None:
    if isinstance(source, bytes):
        archive.writestr(name, source)
        return hashlib.sha256(source).hexdigest()
    total = hashlib.sha256()
    try:
        with source.open("rb") as file, archive.open(name, "w", force_zip64=True) as member:
            while chunk := file.read(_CHUNK):
                total.update(chunk)
                member.write(chunk)
    except FileNotFoundError:
        return None
    return total.hexdigest()


def unpack_checked(archive: Path, folder: Path) -> Manifest:
    """Unpack an archive and compare every file with its checksum.

    Raises
    ------
    SetupError
        ``backup.unreadable``, ``backup.unknown_format``, ``backup.damaged``.
    """
    try:
        with zipfile.ZipFile(archive) as packed:
            manifest = _manifest(json.loads(packed.read(MANIFEST)))
            for name, digest in manifest.files.items():
                _extract(packed, name, digest, folder)
    except (OSError, EOFError, KeyError, TypeError, ValueError, zipfile.BadZipFile) as error:
        raise SetupError("backup.unreadable", values={"file": archive.name}) from error
    return manifest


def _manifest(content: dict[str, Any]) -> Manifest:
    manifest = Manifest(**content)
    if manifest.format not in {FORMAT, OLD_FORMAT}:
        raise SetupError("backup.unknown_format", found=manifest.format)
    return manifest


def _extract(packed: zipfile.ZipFile, name: str, digest: str, folder: Path) -> None:
    try:
        path = Path(packed.extract(name, folder))
        is_whole = file_digest(path) == digest
    except (KeyError, zipfile.BadZipFile, zlib.error):
        is_whole = False
    if not is_whole:
        values = {"file": Path(packed.filename or "").name, "member": name}
        raise SetupError("backup.damaged", values=values)
