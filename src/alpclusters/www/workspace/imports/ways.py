"""What can be done with a run as it is."""

from dataclasses import dataclass
from typing import Final

from alpclusters.platform.actors.domain.uploads import list_of
from alpclusters.platform.actors.models import ImportRun
from alpclusters.www.workspace.imports.jobs import Job

State = ImportRun.State
_BROKEN: Final = {State.CANCELLED, State.FAILED, State.RUNNING}


@dataclass(frozen=True)
class Ways:
    """The next steps a page offers.

    Attributes
    ----------
    is_there : bool
        The list was not deleted.
    can_map, can_check, can_start, can_resume : bool
        Change the columns, look at every row, store, go on with storing.
    """

    is_there: bool
    can_map: bool
    can_check: bool
    can_start: bool
    can_resume: bool


def ways_of(run: ImportRun, job: Job | None) -> Ways:
    """Return what can be done now."""
    is_there = list_of(run).is_file()
    is_free = is_there and not (job is not None and job.is_active)
    has_begun = run.next_line > 0
    return Ways(
        is_there=is_there,
        can_map=is_free and not has_begun and run.state != State.DONE,
        can_check=is_free and not has_begun and run.state != State.DONE,
        can_start=is_free and not has_begun and run.state in {State.CHECKED, State.CANCELLED},
        can_resume=is_free and has_begun and run.state in _BROKEN,
    )
