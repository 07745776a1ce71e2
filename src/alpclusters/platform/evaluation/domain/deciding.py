"""One answer per measure on one criterion, from the answers of which the ranking is made.

Groups are the regions whose counts are told for every measure, everybody else together as one:
answers that are dealt out anew within regions know of no camps, and of no stakeholder groups.
"""

from typing import TYPE_CHECKING

from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.decisions import Decisions, decide
from alpclusters.platform.evaluation.domain.opened import (
    Labels,
    Opened,
    is_clean,
    labels_of,
    open_groups,
)
from alpclusters.platform.evaluation.domain.opinion_results import OTHERS
from alpclusters.platform.evaluation.domain.records import REGION

if TYPE_CHECKING:
    from alpclusters.analysis.ranking import Ranking


def decide_on(ranking: "Ranking", opened: Opened, regions: Labels) -> Decisions | None:
    """Put each measure into one of the classes, or call it open; None without a ranking."""
    if ranking.status == "undefined":
        return None
    return decide(ranking, opened.ratings, groups=_groups(opened, regions))


def _groups(opened: Opened, regions: Labels) -> dict[Id, Id | None]:
    """Return the group of each person; none where a region is withheld on any measure."""
    if not is_clean(opened.description, REGION):
        return {}
    named = open_groups([opened.description], REGION)
    found = labels_of(regions, named)
    return {who: found.get(who) or OTHERS for who in opened.ratings.rater_ids} if named else {}
