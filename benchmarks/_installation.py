"""The installation that a benchmark begins with: a fresh one, or a copy of one set up before.

Setting up is no figure of any benchmark, and takes more than most small runs: with ``--prepared``
these begin with a copy. Full runs always set up their own.
"""

import os
import shutil
from pathlib import Path
from typing import Final

# Names the folder for the processes that a benchmark starts as well.
PREPARED: Final = "BENCHMARKS_PREPARED"
# Of a server that ran.
LEFT_BEHIND: Final = shutil.ignore_patterns("*.sock", "serve.out", "serve.err")


def use_prepared(folder: Path) -> None:
    """Let this run begin with copies of the installations in a folder.

    Parameters
    ----------
    folder : Path
        Data directories named ``plain`` (reference data alone) and ``demonstration``.
    """
    os.environ[PREPARED] = str(folder)


def lay_out(home: Path, kind: str = "plain") -> bool:
    """Fill a data directory with a copy; return False, and do nothing, in a run without them."""
    folder = os.environ.get(PREPARED)
    if folder is None:
        return False
    shutil.copytree(Path(folder, kind), home, dirs_exist_ok=True, ignore=LEFT_BEHIND)
    _name_database(home)
    return True


def _name_database(home: Path) -> None:
    """Say that the reference data are in the copied database: its path is part of the stamp."""
    stamp = home / "run" / "reference-data.stamp"
    digest, _, database = stamp.read_text(encoding="utf-8").partition(" ")
    stamp.write_text(f"{digest} {home / Path(database).name}", encoding="utf-8")
