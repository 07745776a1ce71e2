"""Projects and their facts for tests."""

from itertools import count

from alpclusters.platform.partnership.models import Project, ProjectFact
from alpclusters.platform.territory.models import Standing

_numbers = count(1)


def make_project(**fields: object) -> Project:
    """Build a public, active project."""
    number = next(_numbers)
    values = {"slug": f"partnership-{number}", "acronym": f"Partnership {number}", **fields}
    return Project.objects.create(**{"name": {"en": str(values["acronym"])}, **values})


def make_fact(project: Project, value: str = "", **fields: object) -> ProjectFact:
    """Build a fact; without a value it is unknown."""
    number = next(_numbers)
    status = Standing.VERIFIED if value else Standing.UNKNOWN
    values = {"section": "aim", "status": status, "label": {"en": f"Fact {number}"}, **fields}
    return ProjectFact.objects.create(
        project=project, key=f"fact-{number}", value={"en": value}, order=number, **values
    )
