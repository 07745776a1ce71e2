"""The trail of a thing of the evidence base."""

from django.db.models import Model

from alpclusters.platform.partnership.roles import Person
from alpclusters.platform.trail.domain.kinds import TieRefusedError
from alpclusters.www.components.parts import Station
from alpclusters.www.public.trail import strip_of


def strip_if_known(thing: Model, *, seen_by: Person, label: str = "") -> list[Station]:
    """Return the stations around a thing; none where the trail does not know its kind."""
    try:
        return strip_of(thing, seen_by=seen_by, label=label)
    except TieRefusedError:
        return []
