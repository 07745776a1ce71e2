"""Eurostat's workbooks on changes between NUTS vintages: addresses, download, CSV."""

import csv
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from alpclusters.sources.downloads import Download, Opener, check_address, download, https_opener
from alpclusters.sources.nuts import NutsChange, NutsCode, read_nuts_workbook

HOSTS: Final = frozenset({"ec.europa.eu"})
_FOLDER: Final = "https://ec.europa.eu/eurostat/documents/345175/629341/"
# The three newest addresses are cited by several projects; the older ones follow the same
# pattern and are unverified.
WORKBOOKS: Final = tuple(
    Download(_FOLDER + name, name)
    for name in (
        "2003-2006.xls",
        "2006-2010.xls",
        "NUTS2010-NUTS2013.xls",
        "NUTS2013-NUTS2016.xlsx",
        "NUTS2016-NUTS2021.xlsx",
        "NUTS2021-NUTS2024.xlsx",
    )
)
_CODE_HEAD: Final = ("vintage", "level", "code", "country", "parent", "name", "kind")
_CHANGE_HEAD: Final = (
    "from_vintage", "to_vintage", "level", "from_code", "to_code", "relation", "exact",
    "candidates", "change_text", "explanation",
)  # fmt: skip


def fetch_nuts_workbooks(
    folder: Path,
    *,
    sources: Iterable[Download] = WORKBOOKS,
    opener: Opener | None = None,
    progress: Callable[[str], None] | None = None,
) -> list[Path]:
    """Download the workbooks that are not in the folder yet.

    Parameters
    ----------
    folder : Path
        Where they are kept; a workbook put there by hand is used too.
    sources : iterable of Download
        By default all six.
    opener : Opener, optional
        For tests; the default stays on the Commission's host.
    progress : callable, optional
        Called with the name of each file.

    Raises
    ------
    SourceError
        A file could not be had; those before it stay.
    """
    found = []
    for source in sources:
        target = folder / source.file
        if progress:
            progress(source.file)
        if not target.is_file():
            if opener is None:
                check_address(source.address, hosts=HOSTS)
            download(source, folder, opener=opener or https_opener(HOSTS))
        found.append(target)
    return found


def write_nuts_tables(workbooks: Iterable[Path], folder: Path) -> tuple[int, int]:
    """Write nuts_codes.csv and nuts_changes.csv from workbooks in order of their vintages.

    Returns
    -------
    (int, int)
        Numbers of codes and of changes. A code that two workbooks list is taken from the
        first.
    """
    codes: dict[tuple[int, str], NutsCode] = {}
    changes: list[NutsChange] = []
    for path in workbooks:
        book = read_nuts_workbook(path)
        for code in book.codes:
            codes.setdefault((code.vintage, code.code), code)
        changes += book.changes
    ordered = sorted(codes.values(), key=lambda one: (one.vintage, one.level, one.code))
    _write(folder / "nuts_codes.csv", _CODE_HEAD, (_code_row(one) for one in ordered))
    _write(folder / "nuts_changes.csv", _CHANGE_HEAD, (_change_row(one) for one in changes))
    return len(ordered), len(changes)


def _code_row(code: NutsCode) -> tuple[object, ...]:
    return tuple(getattr(code, name) for name in _CODE_HEAD)


def _change_row(change: NutsChange) -> tuple[object, ...]:
    values = {name: getattr(change, name, None) for name in _CHANGE_HEAD}
    values |= {
        "exact": "yes" if change.is_exact else "no",
        "candidates": "|".join(change.candidates),
    }
    return tuple(values[name] for name in _CHANGE_HEAD)


def _write(path: Path, head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    temporary = path.with_name(f"{path.name}.part")
    with temporary.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)
    temporary.replace(path)
