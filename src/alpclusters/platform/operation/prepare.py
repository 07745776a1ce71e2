"""What has to be there before the site can run: folders, tables, reference data, style sheets."""

import hashlib
import importlib.metadata
from collections.abc import Callable
from importlib import resources
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from alpclusters.platform.actors.domain.directory.index import ensure_index
from alpclusters.platform.evidence.domain.search import index as evidence_index
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.operation.private_files import close_to_others
from alpclusters.platform.operation.reference import load_reference_data, reference_digest
from alpclusters.platform.operation.upgrade import upgrade
from alpclusters.platform.operation.working import call_if_work_waits

type Say = Callable[[str], None]


def prepare(home: Path, *, say: Say, saves: bool = True) -> Path | None:
    """Bring an installation to the state this version needs; safe to repeat.

    Parameters
    ----------
    home : Path
    say : callable
        Is told each step.
    saves : bool
        Whether a backup is made before tables with content are changed.

    Returns
    -------
    Path or None
        The backup that was made before the tables were changed.

    Raises
    ------
    SetupError
        ``upgrade.*``, ``backup.*``: nothing was changed, or the way back is named.
    """
    make_folders(home)
    close_to_others(settings.CONFIGURATION)
    say(_("database"))
    saved = upgrade(saves=saves)
    call_command("createcachetable", verbosity=0)
    call_if_work_waits(home)
    say(_("reference data"))
    ensure_reference_data(home)
    say(_("search index"))
    ensure_index()
    evidence_index.refresh_all()
    if not settings.CONFIGURATION.static_from_package:
        say(_("style sheets"))
        ensure_static_files(home)
    return saved


def make_folders(home: Path) -> None:
    """Make the data directory and its parts, closed to other users of the machine."""
    for name in ("", "run", "secrets", "uploads", "backups"):
        (home / name).mkdir(parents=True, exist_ok=True, mode=0o700)


def ensure_reference_data(home: Path) -> None:
    """Load measures, regions, criteria and the historic project where they are new or changed."""
    stamp = home / "run" / "reference-data.stamp"
    digest = f"{reference_digest()} {settings.DATABASES['default']['NAME']}"
    if _says(stamp, digest) and Measure.objects.exists():
        return
    load_reference_data()
    stamp.write_text(digest, encoding="utf-8")


def ensure_static_files(home: Path) -> None:
    """Collect style sheets, scripts and fonts under names that browsers may keep for ever."""
    stamp = home / "run" / "static-files.stamp"
    digest = _static_digest()
    if _says(stamp, digest) and Path(settings.STATIC_ROOT, "staticfiles.json").exists():
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=False)
    stamp.write_text(digest, encoding="utf-8")


def _says(stamp: Path, digest: str) -> bool:
    return stamp.exists() and stamp.read_text(encoding="utf-8") == digest


def _static_digest() -> str:
    root = Path(str(resources.files("alpclusters.www") / "static"))
    total = hashlib.sha256(importlib.metadata.version("django").encode())
    for path in sorted(p for p in root.rglob("*") if p.is_file()):
        total.update(str(path.relative_to(root)).encode())
        total.update(path.read_bytes())
    return total.hexdigest()
