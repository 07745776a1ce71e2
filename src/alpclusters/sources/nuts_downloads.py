"""Eurostat's workbooks on changes between NUTS vintages: addresses and download."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from alpclusters.sources.downloads import Download, Opener, check_address, download, https_opener

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
