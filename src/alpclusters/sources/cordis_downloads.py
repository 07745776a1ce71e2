"""Archives of CORDIS: addresses and files."""

from pathlib import Path
from typing import Final

from alpclusters.sources.boundary_downloads import fetch_checked
from alpclusters.sources.downloads import Download, Opener
from alpclusters.sources.stored_files import StoredFile, Told

HOSTS: Final = frozenset({"cordis.europa.eu"})
MAX_BYTES: Final = 1_000_000_000
_FOLDER: Final = "https://cordis.europa.eu/data/"
_ARCHIVES: Final = {
    "FP7": "cordis-fp7projects-csv.zip",
    "H2020": "cordis-h2020projects-csv.zip",
    "HORIZON": "cordis-HORIZONprojects-csv.zip",
}
PROGRAMMES: Final = tuple(_ARCHIVES)


def archive_of(programme: str) -> Download:
    """Return the archive of a framework programme.

    Examples
    --------
    >>> archive_of("H2020").file
    'cordis-h2020projects-csv.zip'
    """
    return Download(_FOLDER + _ARCHIVES[programme], _ARCHIVES[programme])


def fetch_archive(
    programme: str,
    folder: Path,
    *,
    source: Download | None = None,
    opener: Opener | None = None,
    progress: Told | None = None,
) -> StoredFile:
    """Fetch the archive of a framework programme, or go on where a fetch broke off.

    Parameters
    ----------
    programme : str
        One of `PROGRAMMES`.
    folder : Path
        Where it is kept; a file put there by hand is used as it is.
    source : Download, optional
        By default today's archive.
    opener : Opener, optional
        For tests; the default stays on the Commission's host.
    progress : callable, optional
        Called with the bytes there and the bytes announced (or None).

    Raises
    ------
    SourceError
    """
    return fetch_checked(
        source or archive_of(programme),
        folder,
        HOSTS,
        max_bytes=MAX_BYTES,
        opener=opener,
        progress=progress,
    )
