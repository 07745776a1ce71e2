"""The background work on a list of projects: begun; how far it is stands in the imports' own."""

from typing import Any, Final

from django.db import transaction
from django.utils.translation import get_language

from alpclusters.analysis.errors import StateError
from alpclusters.platform import progress
from alpclusters.platform.actors.domain.importing import folder_of
from alpclusters.platform.actors.models import ImportRun
from alpclusters.platform.evidence.import_tasks import (
    check_projects,
    read_projects,
    take_in_projects,
)
from alpclusters.www.workspace.imports.jobs import job_of

READ: Final = "read"
CHECK: Final = "check"
IMPORT: Final = "import"
_TASKS: Final[dict[str, Any]] = {
    READ: read_projects,
    CHECK: check_projects,
    IMPORT: take_in_projects,
}


@transaction.atomic
def begin(run_id: int, kind: str) -> None:
    """Let the worker begin, unless it is at this list already.

    Raises
    ------
    StateError
        It is at it.
    """
    # Two people press the button at once: the second finds the first one's work.
    run = ImportRun.objects.select_for_update(of=("self",)).get(pk=run_id)
    job = job_of(run)
    if job is not None and job.is_active:
        raise StateError("import.busy")
    progress.clear(folder_of(run))
    result = _TASKS[kind].enqueue(run.pk)
    run.options["task"] = {"id": str(result.id), "kind": kind}
    run.options["language"] = get_language() or "en"
    run.wants_cancel, run.error = False, {}
    run.save(update_fields=["options", "wants_cancel", "error"])
