"""The demonstration project: invented people and ratings, marked as simulated everywhere."""

from django.db import transaction

from alpclusters.platform.actors.domain import demonstration as profiles
from alpclusters.platform.actors.domain import partners
from alpclusters.platform.cafe.domain import demonstration as cafe
from alpclusters.platform.cafe.domain.stakeholders import demonstration as stakeholders
from alpclusters.platform.evaluation.domain import demonstration as evaluation
from alpclusters.platform.evidence.domain import demonstration as evidence
from alpclusters.platform.funding.domain import demonstration as funding
from alpclusters.platform.network.domain import demonstration as network
from alpclusters.platform.network.domain.measuring.places import Scope
from alpclusters.platform.network.domain.measuring.storing import measure_network
from alpclusters.platform.partnership.domain.demonstration import create_demonstration_project
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain import demonstration as policy


def has_demonstration() -> bool:
    """Say whether a demonstration project is there."""
    return Project.objects.filter(kind=Project.Kind.DEMONSTRATION).exists()


@transaction.atomic
def create_demonstration() -> Project:
    """Make the demonstration project with AlpCafés, evaluations, a plan, and coded evidence."""
    project = create_demonstration_project()
    partners.create_demonstration(project)
    cafe.create_demonstration(project)
    stakeholders.create_demonstration(project)
    profiles.create_demonstration()
    evaluation.create_demonstration(project)
    evidence.create_demonstration(project)
    network.create_demonstration(project)
    # A finding rests on the picture of the network: the worker finds it measured.
    measure_network(Scope("links", is_simulated=True))
    funding.create_demonstration(project)
    # Recommendations rest on what the others made, and an action is what the case is about.
    policy.create_demonstration(project)
    return project


@transaction.atomic
def remove_demonstration() -> int:
    """Remove every demonstration project with all that hangs on it; return how many."""
    projects = Project.objects.filter(kind=Project.Kind.DEMONSTRATION)
    count = projects.count()
    for project in projects:
        policy.remove_demonstration(project)
        funding.remove_demonstration(project)
        network.remove_demonstration(project)
        evidence.remove_demonstration(project)
        evaluation.remove_demonstration(project)
        stakeholders.remove_demonstration(project)
        cafe.remove_demonstration(project)
        project.delete()
    return count
