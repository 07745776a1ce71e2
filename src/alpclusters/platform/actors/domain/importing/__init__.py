"""Import lists of organisations: look, match columns, check, perform, go on after a stop."""

from alpclusters.platform.actors.domain.importing.previews import (
    TablePreview,
    guess_columns,
    read_preview,
)
from alpclusters.platform.actors.domain.importing.reports import RowFate, RunReport, read_report
from alpclusters.platform.actors.domain.importing.runs import (
    check_run,
    choose,
    ensure_source,
    perform_run,
    start_run,
)
from alpclusters.platform.actors.domain.importing.supplies import Choices, folder_of

__all__ = [
    "Choices",
    "RowFate",
    "RunReport",
    "TablePreview",
    "check_run",
    "choose",
    "ensure_source",
    "folder_of",
    "guess_columns",
    "perform_run",
    "read_preview",
    "read_report",
    "start_run",
]
