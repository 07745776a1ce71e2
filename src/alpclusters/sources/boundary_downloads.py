"""GISCO's boundaries: addresses and files."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from alpclusters.sources.downloads import Download, Opener, check_address, https_opener
from alpclusters.sources.stored_files import StoredFile, Told, fetch_file

HOSTS: Final = frozenset({"gisco-services.ec.europa.eu"})
MAX_BYTES: Final = 60_000_000
LEVELS: Final = (2, 3)
_FOLDER: Final = "https://gisco-services.ec.europa.eu/distribution/v2/nuts/geojson/"


def boundary_file(vintage: int, level: int, *, small: bool = False) -> Download:
    """Return the file of one level at 1:20 million, or 1:60 million if it should be small.

    Examples
    --------
    >>> boundary_file(2021, 2).file
    'NUTS_RG_20M_2021_4326_LEVL_2.geojson'
    """
    name = f"NUTS_RG_{'60M' if small else '20M'}_{vintage}_4326_LEVL_{level}.geojson"
    return Download(_FOLDER + name, name)


def fetch_boundaries(
    folder: Path,
    *,
    sources: Iterable[Download],
    opener: Opener | None = None,
    progress: Told | None = None,
) -> list[StoredFile]:
    """Fetch the files that are not in the folder yet, or are newer at the source.

    Parameters
    ----------
    folder : Path
        Where they are kept; a file put there by hand is used as it is.
    sources : iterable of Download
        From `boundary_file`.
    opener : Opener, optional
        For tests; the default stays on the Commission's host.
    progress : callable, optional
        Called with the bytes there and the bytes announced (or None).

    Raises
    ------
    SourceError
        A file could not be had; those before it stay, and so does its part.
    """
    return [
        fetch_checked(source, folder, HOSTS, max_bytes=MAX_BYTES, opener=opener, progress=progress)
        for source in sources
    ]


def fetch_checked(
    source: Download,
    folder: Path,
    hosts: frozenset[str],
    *,
    max_bytes: int,
    opener: Opener | None = None,
    progress: Told | None = None,
) -> StoredFile:
    """Fetch one file from one of the known hosts.

    Raises
    ------
    SourceError
    """
    if opener is None:
        check_address(source.address, hosts=hosts)
    return fetch_file(
        source,
        folder,
        opener=opener or https_opener(hosts),
        max_bytes=max_bytes,
        progress=progress,
    )
