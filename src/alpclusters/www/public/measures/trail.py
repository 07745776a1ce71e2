"""The place of a measure in the argument, and what rests on it."""

from django.utils.translation import gettext as _

from alpclusters.platform.measures.models import Measure
from alpclusters.platform.partnership.roles import Person
from alpclusters.platform.policy.models import Recommendation
from alpclusters.platform.policy.rules import visible_recommendations
from alpclusters.platform.worlds import of_world
from alpclusters.www.components.parts import Station
from alpclusters.www.public.trail import documents, strip_of


def stations(user: Person, measure: Measure, *, is_simulated: bool = False) -> list[Station]:
    """Return the eleven stations of a measure in one world; what is not there yet says so."""
    found = strip_of(measure, seen_by=user, label=measure.name, is_simulated=is_simulated)
    if found[0].state != "missing" or not measure.reported_source:
        return found
    return [Station(_("Source"), documents(1), "#reported"), *found[1:]]


def recommendations_of(
    user: Person, measure: Measure, *, is_simulated: bool = False
) -> list[Recommendation]:
    """Return the recommendations of one world that rest on a finding about the measure."""
    resting = visible_recommendations(user).filter(findings__measure=measure)
    own = of_world(resting, is_simulated=is_simulated)
    return list(own.select_related("project").distinct().order_by("pk")[:20])
