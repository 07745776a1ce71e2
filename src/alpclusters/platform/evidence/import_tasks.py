"""Work on lists of projects that takes longer than a page may: done by the worker."""

from collections.abc import Callable
from typing import Any

from django.tasks import task

from alpclusters.analysis.errors import AlpClustersError, StateError
from alpclusters.platform.actors.domain.importing import folder_of
from alpclusters.platform.actors.models import ImportRun
from alpclusters.platform.evidence.domain.importing import (
    ReadingCancelled,
    check_run,
    perform_run,
    read_list,
)
from alpclusters.platform.progress import Diary


@task
def read_projects(run_id: int) -> None:
    """Read a list, so that a person can look into it."""
    _work(run_id, read_list)


@task
def check_projects(run_id: int) -> None:
    """Look at every chosen project without storing any."""
    _work(run_id, check_run)


@task
def take_in_projects(run_id: int) -> None:
    """Store the chosen projects, from where an earlier attempt ended."""
    _work(run_id, perform_run)


def _work(run_id: int, work: Callable[..., Any]) -> None:
    run = ImportRun.objects.select_related("source").get(pk=run_id)
    diary = Diary(folder_of(run))
    try:
        work(run, progress=diary.note, cancelled=diary.is_cancelled)
    except (StateError, ReadingCancelled):
        return  # somebody else did it, or nobody wants it any more; the page shows what is
    except AlpClustersError as error:
        values = {"state": ImportRun.State.FAILED, "error": error.as_record()}
        ImportRun.objects.filter(pk=run.pk).update(**values)
