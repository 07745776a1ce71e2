"""Where a drill takes place: a folder made for it, and removed after it whatever happens."""

import json
import os
import secrets
import shutil
import tempfile
from pathlib import Path
from typing import Any, Final, Self

from alpclusters.analysis.errors import InputError, SetupError, Where
from alpclusters.cli.drill.installation import Installation
from alpclusters.cli.drill.wire import Place

PREFIX: Final = "alpdrill-"
# What makes a folder the data directory of somebody.
MARKS: Final = (
    Path("run", "serve.lock"),
    Path("alpclusters.sqlite3"),
    Path("secrets", "django.key"),
)
PASSPHRASE: Final = "six words that only this drill knows"  # noqa: S105 - thrown away


class Grounds:
    """Installations one after the other in one throwaway folder.

    Parameters
    ----------
    inside : Path or None
        Folder in which the own one is made; None takes that for temporary files.
    host : str
        Loopback address at which they answer.

    Raises
    ------
    InputError
        ``drill.real_home``: the folder belongs to an installation.
        ``drill.not_loopback``: the address leads to the network.
    """

    def __init__(self, inside: Path | None, host: str) -> None:
        temporary = Path(tempfile.gettempdir()).resolve()
        parent = inside.resolve() if inside else temporary
        for one in (parent, temporary):
            require_nobodys(one)
        self.place = Place.free(host)
        # Named before they are made: Ctrl+C may come meanwhile.
        name = f"{PREFIX}{secrets.token_hex(4)}"
        self.folder = parent / name
        # The path of a socket has at most 107 bytes; the program puts it here if that is long.
        self.scratch = temporary / f"{name}.tmp"
        self._hall: dict[str, Any] = {}
        self._present: Installation | None = None

    def __enter__(self) -> Self:
        """Make the folders, closed to others."""
        for folder in (self.folder, self.scratch):
            folder.mkdir(mode=0o700)
        (self.folder / "passphrase").write_text(PASSPHRASE, encoding="utf-8")
        return self

    def __exit__(self, *_: object) -> None:
        """Leave no process and no folder."""
        self.clear()
        for folder in (self.folder, self.scratch):
            shutil.rmtree(folder, ignore_errors=True)

    def set_up(self) -> None:
        """Set a data directory with an AlpCafé up, of which every exercise gets a copy.

        Raises
        ------
        SetupError
            ``setup.program_failed``.
        """
        made = self._installation()
        answer = self.folder / "hall.json"
        done = made.run_module("alpclusters.cli.drill.hall", answer)
        if done.returncode:
            values = {"program": "drill.hall"}
            raise SetupError("setup.program_failed", found=done.stderr[-400:], values=values)
        self._hall = json.loads(answer.read_text())
        made.home.rename(self.folder / "original")

    def fresh(self) -> Installation:
        """Return an installation that nothing has happened to; the one before is gone."""
        self.clear()
        found = self._installation()
        # In the place of the original: the program remembers which database it prepared.
        shutil.copytree(self.folder / "original", found.home)
        found.hall = self._hall
        return found

    def clear(self) -> None:
        """End and remove the present installation, with all that an exercise left."""
        if self._present is not None:
            self._present.kill()
            self._present = None
        for path in self.folder.iterdir() if self.folder.is_dir() else ():
            if path.is_dir() and path.name != "original":
                shutil.rmtree(path, ignore_errors=True)
            elif path.suffix in {".log", ".zip"}:
                path.unlink()

    def _installation(self) -> Installation:
        self._present = Installation(self.folder, self.scratch, self.place)
        return self._present


def require_nobodys(folder: Path) -> None:
    """Refuse a folder that is, or lies in, the data directory of an installation.

    Raises
    ------
    InputError
        ``drill.real_home``.
    """
    named = os.environ.get("ALPCLUSTERS_HOME")
    for one in (folder, *folder.parents):
        is_named = named is not None and one == Path(named).expanduser().resolve()
        if is_named or any((one / mark).exists() for mark in MARKS):
            raise InputError("drill.real_home", where=Where(argument="--in"), found=str(one))
