"""Partners of projects for tests."""

from itertools import count

from alpclusters.platform.actors.models import Organisation, Partner
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.territory.models import Region

_numbers = count(1)


def make_partner(
    project: Project, *, name: str = "", region: Region | None = None, **fields: object
) -> Partner:
    """Build a partner with an organisation of its own, of the world of the project."""
    number = next(_numbers)
    organisation = Organisation.objects.create(
        name=name or f"Organisation {number}", is_simulated=project.is_simulated
    )
    return Partner.objects.create(
        project=project, organisation=organisation, region=region, order=number, **fields
    )
