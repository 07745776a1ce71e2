"""Work on lists that takes longer than a page may: checked and taken in by the worker."""

from collections.abc import Callable
from typing import Any

from django.tasks import task

from alpclusters.analysis.errors import AlpClustersError, StateError
from alpclusters.platform.actors.domain.duplicates import propose_duplicates
from alpclusters.platform.actors.domain.importing import check_run, folder_of, perform_run
from alpclusters.platform.actors.models import ImportRun, Provenance
from alpclusters.platform.progress import Diary


@task
def check_list(run_id: int) -> None:
    """Look at every row of a list without storing any."""
    _work(run_id, check_run)


@task
def take_in_list(run_id: int) -> None:
    """Store the rows of a list, from where an earlier attempt ended."""
    _work(run_id, perform_run)
    look_for_duplicates.enqueue(run_id)


def _work(run_id: int, work: Callable[..., Any]) -> None:
    run = ImportRun.objects.select_related("source").get(pk=run_id)
    diary = Diary(folder_of(run))
    try:
        work(run, progress=diary.note, cancelled=diary.is_cancelled)
    except StateError:
        return  # somebody else did it meanwhile; the page shows what is
    except AlpClustersError as error:
        _note_failure(run, error)


def _note_failure(run: ImportRun, error: AlpClustersError) -> None:
    """Keep what was wrong with the list; the page says it in the reader's language."""
    values = {"state": ImportRun.State.FAILED, "error": error.as_record()}
    ImportRun.objects.filter(pk=run.pk).update(**values)


@task
def look_for_duplicates(run_id: int | None = None) -> None:
    """Propose pairs that may be one: of all organisations, or of those an import brought."""
    among = None
    if run_id is not None:
        brought = Provenance.objects.filter(run=run_id).order_by("organisation")
        among = list(brought.values_list("organisation", flat=True))
    propose_duplicates(among=among)
