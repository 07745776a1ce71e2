"""An invented network, so that a newcomer sees what the pages say; simulated everywhere."""

from django.db import transaction

from alpclusters.platform.network.domain.demonstration.bodies import (
    bodies_known,
    make_bodies,
    make_links,
)
from alpclusters.platform.network.domain.demonstration.exchange import make_exchange, make_meetings
from alpclusters.platform.network.domain.matching.asking import read_texts_soon
from alpclusters.platform.network.domain.measuring.asking import measure_soon
from alpclusters.platform.network.models import Introduction, Link, MeetingDay, Posting
from alpclusters.platform.partnership.models import Project

__all__ = ["create_demonstration", "remove_demonstration"]


@transaction.atomic
def create_demonstration(project: Project) -> int:
    """Make invented cluster organisations, their links and what they exchange; return the links.

    The same every time; the real network is never touched by it.
    """
    bodies = make_bodies()
    links = make_links(bodies, project)
    make_exchange(bodies)
    make_meetings(bodies, project)
    # Made in bulk, which nobody is told of.
    measure_soon()
    read_texts_soon()
    return len(links)


def remove_demonstration(project: Project) -> None:
    """Remove what is invented of the network, with its bodies."""
    Link.objects.filter(project=project, is_simulated=True).delete()
    Posting.objects.filter(is_simulated=True).delete()
    Introduction.objects.filter(is_simulated=True).delete()
    MeetingDay.objects.filter(project=project, is_simulated=True).delete()
    bodies_known().delete()
