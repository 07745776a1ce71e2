"""The demonstration project: everything about it is invented and says so."""

from typing import Final

from alpclusters.platform.partnership.domain.seeding import SEEDS, store_project
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.seed_rows import read_rows

DEMONSTRATION_SLUG: Final = "demonstration"


def create_demonstration_project() -> Project:
    """Make the demonstration project with its partners, or return the one there is.

    The regions must be there: call it after the facts are loaded.
    """
    project = store_project(
        DEMONSTRATION_SLUG,
        Project.Kind.DEMONSTRATION,
        facts=read_rows(SEEDS / "demonstration.csv"),
        partners=read_rows(SEEDS / "demonstration_partners.csv"),
    )
    if project is None:
        message = "the demonstration project was deleted by a person, or its table is missing"
        raise LookupError(message)
    return project
