"""Checks of who was asked: regions, groups of society and levels behind the ratings."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from alpclusters.analysis.small_groups import told_count
from alpclusters.platform.actors.domain.named_lists import SOCIETY
from alpclusters.platform.cafe.models import AlpCafe, Participant
from alpclusters.platform.policy.domain.coverage.reading import Facts
from alpclusters.platform.policy.domain.coverage.records import Check, Issue, On
from alpclusters.platform.policy.models import Level

SMALLEST_GROUP: Final = 5
LEAST_SHARE: Final = 0.10
# The group of society of each role that people give themselves; the others have none.
HELIX_OF_ROLE: Final = {
    "policy_maker": "public",
    "programme_manager": "public",
    "firm_sme": "business",
    "firm_large": "business",
    "research": "research",
    "civil_society": "civil",
}


@dataclass(frozen=True, slots=True)
class Rater:
    """What a person who rated said of themselves; empty where nothing was said."""

    region: str
    role: str
    level: str


def people_issues(facts: Facts) -> Iterator[Issue]:
    """Compare who rated in the AlpCafés of the project with whom the plan is for."""
    raters = _raters(facts)
    yield from _regions(facts, raters)
    if len(raters) >= SMALLEST_GROUP:
        yield from _groups(facts, raters)
        yield from _levels(facts, raters)


def _raters(facts: Facts) -> list[Rater]:
    cafes = AlpCafe.objects.filter(project=facts.plan.project_id)
    rows = Participant.objects.filter(cafe__in=cafes, ratings__isnull=False).order_by("pk")
    values = rows.distinct().values_list("pk", "region__code", "role", "level")
    return [Rater(region or "", role, level) for _pk, region, role, level in values]


def _regions(facts: Facts, raters: Sequence[Rater]) -> Iterator[Issue]:
    for region in facts.regions:
        n = sum(rater.region.startswith(region.code) for rater in raters)
        if n < SMALLEST_GROUP:
            params = {"is_none": int(n == 0)}
            title = region.name.each()
            yield Issue(
                Check.REGION_MISSING,
                On.EVIDENCE,
                region.pk,
                region.code,
                title,
                params=params,
            )


def _groups(facts: Facts, raters: Sequence[Rater]) -> Iterator[Issue]:
    counted = Counter(HELIX_OF_ROLE.get(rater.role, "") for rater in raters)
    for helix in SOCIETY:
        if counted[helix] < _least(len(raters)):
            params = {"what": helix, "helix": helix, "n": len(raters)}
            yield Issue(Check.HELIX_MISSING, On.EVIDENCE, facts.plan.pk, params=params)


def _least(n: int) -> float:
    """Return how many of n are enough; below five nobody is told how few they are."""
    return max(SMALLEST_GROUP, LEAST_SHARE * n)


def _levels(facts: Facts, raters: Sequence[Rater]) -> Iterator[Issue]:
    """Look for the levels at which the plan acts among those who said theirs."""
    counted = Counter(rater.level for rater in raters if rater.level)
    n = told_count(sum(counted.values())) or 0
    acting = {action.level for action in facts.actions}
    for level in Level.values:
        if level in acting and (not n or counted[level] < _least(n)):
            params: dict[str, str | int] = {"what": str(level), "level": str(level), "n": n}
            yield Issue(Check.LEVEL_MISSING, On.EVIDENCE, facts.plan.pk, params=params)
