"""Where the list of a run lies, and where what is said about its rows."""

from pathlib import Path

from django.conf import settings

from alpclusters.platform.actors.models import ImportRun


def folder_of(run: ImportRun) -> Path:
    """Return where the lists and the report of a run lie."""
    chosen = run.options.get("report_folder", "")
    if chosen:
        return Path(settings.HOME, chosen)
    path = path_of(run)
    if path.is_relative_to(settings.HOME):
        return path.parent / "report"
    return Path(settings.HOME, "uploads", "imports", f"run-{run.pk}")


def path_of(run: ImportRun) -> Path:
    """Return where the list of a run lies."""
    return Path(settings.HOME, run.options["path"])


def kept_path(path: Path) -> str:
    """Keep files of the data directory by their place in it: it may be moved."""
    whole = path.resolve()
    is_inside = whole.is_relative_to(settings.HOME)
    return str(whole.relative_to(settings.HOME) if is_inside else whole)
