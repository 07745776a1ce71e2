"""GISCO's postal code points: address and file."""

from pathlib import Path
from typing import Final

from alpclusters.sources.boundary_downloads import HOSTS, fetch_checked
from alpclusters.sources.downloads import Download, Opener
from alpclusters.sources.stored_files import StoredFile, Told

MAX_BYTES: Final = 400_000_000  # the release of 2024 has about 127 million
_FOLDER: Final = "https://gisco-services.ec.europa.eu/distribution/v2/pcode/csv/"
POSTCODES: Final = Download(_FOLDER + "PCODE_PT_2024_4326.csv", "PCODE_PT_2024_4326.csv")


def fetch_postcodes(
    folder: Path,
    *,
    source: Download = POSTCODES,
    opener: Opener | None = None,
    progress: Told | None = None,
) -> StoredFile:
    """Fetch the postal code points of all Europe, or go on where a fetch broke off.

    Parameters
    ----------
    folder : Path
        Where the file is kept; one put there by hand is used as it is.
    source : Download
        By default the release of 2024.
    opener : Opener, optional
        For tests; the default stays on the Commission's host.
    progress : callable, optional
        Called with the bytes there and the bytes announced (or None).

    Raises
    ------
    SourceError
    """
    return fetch_checked(
        source, folder, HOSTS, max_bytes=MAX_BYTES, opener=opener, progress=progress
    )
