"""What is thrown away in time: uploaded lists, logos and files nobody has, tasks long done."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from alpclusters.platform.actors.domain.logos import drop_unused_logos
from alpclusters.platform.configuration import Configuration
from alpclusters.platform.evidence.domain.documents.files import drop_unused_files

DONE: Final = timedelta(days=30)


def imports_folder(home: Path) -> Path:
    """Return where uploaded lists and the reports about them lie, never under an address."""
    return home / "uploads" / "imports"


def tidy(configuration: Configuration, *, now: datetime) -> int:
    """Throw away what is old; return how many things."""
    age = timedelta(days=configuration.import_days)
    n_lists = remove_lists(imports_folder(configuration.home), before=now - age)
    old = DBTaskResult.objects.filter(
        finished_at__lt=now - DONE,
        status__in=[TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED],
    )
    n_files = drop_unused_logos(now) + drop_unused_files(now)
    return n_lists + n_files + old.delete()[0]


def remove_lists(folder: Path, *, before: datetime) -> int:
    """Remove the folders of imports in which nothing changed since then."""
    if not folder.is_dir():
        return 0
    old = [path for path in folder.iterdir() if path.is_dir() and _changed_at(path) < before]
    for path in old:
        shutil.rmtree(path)
    return len(old)


def _changed_at(folder: Path) -> datetime:
    times = [path.stat().st_mtime for path in (folder, *folder.rglob("*"))]
    return datetime.fromtimestamp(max(times), tz=UTC)
