"""Import projects of other sources as initiatives: look, choose, check, perform, go on."""

from alpclusters.platform.evidence.domain.importing.drafts import (
    ALPINE,
    SOURCE_NAMES,
    ProjectChoices,
)
from alpclusters.platform.evidence.domain.importing.reports import ProjectReport, read_report
from alpclusters.platform.evidence.domain.importing.runs import (
    check_run,
    choose,
    ensure_project_source,
    perform_run,
    read_list,
    start_run,
    unfinished_run,
)
from alpclusters.platform.evidence.domain.importing.work import ReadingCancelled, spool_path

__all__ = [
    "ALPINE",
    "SOURCE_NAMES",
    "ProjectChoices",
    "ProjectReport",
    "ReadingCancelled",
    "check_run",
    "choose",
    "ensure_project_source",
    "perform_run",
    "read_list",
    "read_report",
    "spool_path",
    "start_run",
    "unfinished_run",
]
