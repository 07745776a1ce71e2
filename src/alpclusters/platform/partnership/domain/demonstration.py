"""The demonstration project: everything about it is invented and says so."""

from datetime import date
from typing import Final

from django.utils import timezone

from alpclusters.platform.partnership.domain.seeding import SEEDS, store_project
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.seed_rows import Row, read_rows

DEMONSTRATION_SLUG: Final = "demonstration"
# The table says 2026 to 2028. A new demonstration began two years ago and ends next year, so that
# the AlpCafés of both rounds and two years of reports lie within it.
YEARS: Final = {"start": ("2026", -2), "end": ("2028", 1)}


def create_demonstration_project(*, today: date | None = None) -> Project:
    """Make the demonstration project, or return the one there is."""
    day = today or timezone.localdate()
    project = store_project(
        DEMONSTRATION_SLUG,
        Project.Kind.DEMONSTRATION,
        [_dated(row, day) for row in read_rows(SEEDS / "demonstration.csv")],
    )
    if project is None:
        message = "the demonstration project was deleted by a person, or its table is missing"
        raise LookupError(message)
    return project


def _dated(row: Row, today: date) -> Row:
    """Move the first and the last year of the project along with the calendar."""
    if row["section"] != "duration" or row["key"] not in YEARS:
        return row
    written, years = YEARS[row["key"]]
    return {name: text.replace(written, str(today.year + years)) for name, text in row.items()}
