"""Lists that came in by a page: a run begins before anybody matched its columns."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.domain.importing import (
    Choices,
    TablePreview,
    guess_columns,
    read_preview,
)
from alpclusters.platform.actors.domain.importing.previews import remember_columns
from alpclusters.platform.actors.domain.importing.supplies import TABLE, Supply, Wishes
from alpclusters.platform.actors.models import ImportRun, ImportSource
from alpclusters.platform.files import file_digest


def begin_upload(
    source: ImportSource, path: Path, preview: TablePreview, *, name: str, language: str, by: User
) -> ImportRun:
    """Make the run of an upload, with the columns as they were last time or as guessed.

    Parameters
    ----------
    source : ImportSource
    path : Path
        In the data directory.
    preview : TablePreview
        What the look at it told.
    name : str
        How the person called the file.
    language : str
        Of the person; that of the descriptions until they say otherwise.
    by : User

    Raises
    ------
    FileFormatError
        It looks like a list of a known source and is none.
    """
    choices = Choices(
        sheet=preview.sheet or None,
        kind=preview.kind,
        language=language,
        text_language=language,
    )
    if preview.kind != TABLE:
        # Nobody looks at its columns, so what is wrong with it would first be seen by the worker.
        with Supply(path, name=name, wishes=Wishes(kind=preview.kind)):
            pass
    columns = guess_columns(preview, source)
    place = str(path.relative_to(settings.HOME))
    return ImportRun.objects.create(
        source=source,
        file_name=name[:200],
        digest=file_digest(path),
        options={"path": place, "columns": columns, **asdict(choices)},
        made_at=timezone.now(),
        made_by=by,
    )


def look_again(run: ImportRun, *, sheet: str | None) -> TablePreview:
    """Read the first rows of an upload once more.

    Raises
    ------
    FileFormatError
        The list was deleted meanwhile, or has no such sheet.
    """
    return read_preview(list_of(run), name=run.file_name, sheet=sheet)


def list_of(run: ImportRun) -> Path:
    """Return where the list of a run lies, or lay."""
    return Path(settings.HOME, run.options["path"])


def is_known(run: ImportRun, preview: TablePreview) -> bool:
    """Say whether somebody matched these columns for this source before."""
    return preview.header_hash in run.source.columns


def choose(
    run: ImportRun, preview: TablePreview, *, choices: Choices, columns: Mapping[str, str]
) -> None:
    """Keep what a person chose for a list, and remember the columns for the source."""
    run.options = {"path": run.options["path"], "columns": dict(columns), **asdict(choices)}
    run.state, run.error = ImportRun.State.UPLOADED, {}
    run.save(update_fields=["options", "state", "error"])
    remember_columns(run.source, preview.header_hash, columns)
