"""Keep the data directory of this version, so that later versions are tried on it.

    python -m tools.keep_release

Sets up a data directory with the demonstration, lets the worker end what waits, makes a backup of
it, and packs both into ``tests/fixtures/release-VERSION.tar.xz``:

    home/         the data directory as a stopped ``serve`` leaves it, without what it can make anew
    backup.zip    a backup of it, its members stored unpacked: they pack better together

Every release adds one (docs/developer/releases.md); tests/platform/operation/test_releases.py asks
of each that this version upgrades, shows and restores it.
"""

import io
import os
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

from alpclusters import __version__
from tests.homes import PLAIN, copy_home

FIXTURES: Final = Path(__file__).parents[1] / "tests" / "fixtures"
# Left out: what every start makes anew.
MADE_ANEW: Final = ("cache", "caches", "static", "backups", "run")
OF_A_SERVICE: Final = {".ready", "serve.out", "serve.err", "reserve"}
DATABASE: Final = "alpclusters.sqlite3"


def keep(target: Path) -> None:
    """Write the archive of this version."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ.setdefault("ALPCLUSTERS_TEST_HOMES", str(folder / "originals"))
        home = copy_home("demonstration", folder / "home")
        with closing(sqlite3.connect(home / DATABASE)) as database:
            database.execute("VACUUM")
            database.execute("PRAGMA journal_mode = DELETE")
        _back_up(home, folder / "packed.zip")
        _store(folder / "packed.zip", folder / "backup.zip")
        with tarfile.open(target, "w:xz", preset=9) as archive:
            for path, inside in _members(home, folder / "backup.zip"):
                _add(archive, path, inside)


def _back_up(home: Path, target: Path) -> None:
    subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "alpclusters", "backup", str(target)],
        env={**os.environ, **PLAIN, "ALPCLUSTERS_HOME": str(home)},
        check=True,
    )


def _store(packed: Path, target: Path) -> None:
    with zipfile.ZipFile(packed) as source, zipfile.ZipFile(target, "w") as stored:
        for name in source.namelist():
            stored.writestr(name, source.read(name), zipfile.ZIP_STORED)


def _members(home: Path, backup: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted(home.rglob("*")):
        inside = path.relative_to(home)
        is_left_out = inside.parts[0] in MADE_ANEW or path.name in OF_A_SERVICE
        if path.is_file() and not is_left_out:
            yield path, f"home/{inside}"
    yield backup, "backup.zip"


def _add(archive: tarfile.TarFile, path: Path, inside: str) -> None:
    """Add a file without owner and time: the same content gives the same bytes."""
    entry = tarfile.TarInfo(inside)
    entry.size, entry.mode = path.stat().st_size, 0o600
    archive.addfile(entry, io.BytesIO(path.read_bytes()))


if __name__ == "__main__":
    FIXTURES.mkdir(exist_ok=True)
    kept = FIXTURES / f"release-{__version__}.tar.xz"
    keep(kept)
    print(f"{kept.name}: {kept.stat().st_size:,} bytes")
