"""Logos of cluster organisations: kept by what they hold, for as long as a version names them.

What was sent is never kept: a child with limits draws it anew in two sizes. A file is named by
its SHA-256 and never changed, so that an earlier version of a profile can be brought back.
"""

import hashlib
import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Literal

from django.conf import settings

from alpclusters.platform.actors.models import ClusterOrganisation
from alpclusters.platform.history import history_of
from alpclusters.sources.logos import Logo, read_logo

FOLDER: Final = "logos"
# A form may be open while its logo is stored already.
UNUSED_FOR: Final = timedelta(days=1)
_NAME: Final = re.compile(r"[0-9a-f]{64}")

type Size = Literal["large", "small"]


def keep_logo(data: bytes) -> str:
    """Draw a logo anew, store it and return its name.

    Raises
    ------
    FileFormatError
        See `alpclusters.sources.logos.read_logo`.
    """
    return store_logo(read_logo(data))


def store_logo(logo: Logo) -> str:
    """Store both sizes and return the name; the same logo has the same name."""
    name = hashlib.sha256(logo.large).hexdigest()
    for size, data in (("large", logo.large), ("small", logo.small)):
        _write(_folder() / f"{name}-{size}.png", data)
    return name


def logo_path(name: str, size: Size = "large") -> Path | None:
    """Return where a logo lies; None for a name that is none, or a file that is not there."""
    if not _NAME.fullmatch(name):
        return None
    path = _folder() / f"{name}-{size}.png"
    return path if path.is_file() else None


def logo_words(cluster: ClusterOrganisation, language: str) -> str:
    """Return what the logo shows in a language: what its keeper wrote, else the name."""
    return cluster.logo_alt.inside(language) or cluster.organisation.name


def had_logo(cluster: ClusterOrganisation, name: str) -> bool:
    """Say whether a version of a profile has, or had, this logo."""
    return bool(name) and history_of(cluster).filter(logo=name).exists()


def drop_unused_logos(now: datetime) -> int:
    """Delete the logos that no version of a profile that is there names; return how many files."""
    limit = (now - UNUSED_FOR).timestamp()
    old = [path for path in _folder().glob("*") if path.stat().st_mtime < limit]
    used = _used() if old else set()
    unused = [path for path in old if path.name.partition("-")[0] not in used]
    for path in unused:
        path.unlink(missing_ok=True)
    return len(unused)


def _used() -> set[str]:
    there = ClusterOrganisation.objects.values("pk")
    versions = history_of(ClusterOrganisation).filter(id__in=there).exclude(logo="")
    rows = ClusterOrganisation.objects.exclude(logo="")
    return {*versions.values_list("logo", flat=True), *rows.values_list("logo", flat=True)}


def _folder() -> Path:
    return Path(settings.MEDIA_ROOT) / FOLDER


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_bytes(data)
    fresh.chmod(0o600)
    # Also where it is there: its age says for how long nobody has used it.
    fresh.replace(path)
