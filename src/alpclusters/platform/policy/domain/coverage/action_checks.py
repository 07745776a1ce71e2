"""Checks of single actions, of measures, of who was asked, and of time."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from alpclusters.analysis.small_groups import told_count
from alpclusters.platform.actors.domain.named_lists import SOCIETY
from alpclusters.platform.cafe.models import AlpCafe, Participant
from alpclusters.platform.evaluation.models import Snapshot
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.policy.domain.coverage.records import Check, Facts, Issue, On
from alpclusters.platform.policy.domain.records.statuses import rules_of, standings_of
from alpclusters.platform.policy.models import Action, Finding, Indicator, Level

# --- Actions: owner, days, money, yardsticks, milestones ------------------------------------------


SIX_MONTHS: Final = 183
"""Days: a longer action needs a milestone."""


def action_issue(action: Action, check: Check, part: str, **rest: Any) -> Issue:
    """Say that something of an action is missing, and in which section it is mended."""
    return Issue(check, On.ACTION, action.pk, action.code, action.title.each(), part, **rest)


def action_issues(facts: Facts) -> Iterator[Issue]:
    """Go through the actions of a plan."""
    if not facts.actions:
        yield Issue(Check.NO_ACTIONS, On.PLAN, facts.plan.pk)
    for action in facts.actions:
        yield from _basics(action)
        yield from _money(action)
        yield from _yardsticks(action)


def _basics(action: Action) -> Iterator[Issue]:
    if not action.responsible.strip():
        yield action_issue(action, Check.NO_OWNER, "players")
    if action.starts_on is None or action.ends_on is None:
        yield action_issue(action, Check.NO_DATES, "time")
    elif (action.ends_on - action.starts_on).days > SIX_MONTHS and not action.milestones.all():
        yield action_issue(action, Check.NO_MILESTONE, "time")
    if action.level not in Level.values:
        yield action_issue(action, Check.NO_LEVEL, "action")
    if action.level == Level.EUROPEAN and action.accepted_on is None:
        yield action_issue(action, Check.EU_ONLY_OWNER, "players")


def _money(action: Action) -> Iterator[Issue]:
    """Compare costs with the sources of money, each currency by itself."""
    costs, sources = _sums(action.costs.all()), _sums(action.funding.all())
    if not costs:
        yield action_issue(action, Check.NO_BUDGET, "costs")
    for currency in sorted(costs):
        if sources.get(currency, 0) < costs[currency]:
            money = {"costs": costs[currency], "sources": sources.get(currency, 0)}
            params = {"what": currency, "currency": currency, **money}
            yield action_issue(action, Check.NO_FUNDING, "funding", params=params)


def _sums(rows: Iterable[Any]) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for row in rows:
        found[row.currency] += row.amount_cents
    return dict(found)


def _yardsticks(action: Action) -> Iterator[Issue]:
    indicators = list(action.indicators.all())
    if not indicators:
        yield action_issue(action, Check.NO_INDICATOR, "indicators")
    for place, indicator in enumerate(indicators, start=1):
        params = {"what": indicator.code or str(place), "name": indicator.name}
        for check in _lacks(indicator):
            yield action_issue(action, check, "indicators", params=params)


def _lacks(indicator: Indicator) -> Iterator[Check]:
    if indicator.baseline is None or indicator.baseline_on is None:
        yield Check.NO_BASELINE
    if not indicator.targets.all():
        yield Check.NO_TARGET


# --- Checks of measures: what people rated highest and nobody recommends --------------------------


def measure_issues(facts: Facts) -> Iterator[Issue]:
    """List measures of the first tier without a recommendation and without a reason."""
    first = _first_tier(facts)
    project = facts.plan.project_id
    taken = Finding.objects.filter(project=project, recommendations__isnull=False)
    left = first - set(taken.order_by("pk").values_list("measure_id", flat=True))
    for measure in Measure.objects.filter(pk__in=left).order_by("pk"):
        if not facts.plan.left_out.get(measure.key, "").strip():
            title = measure.name.each()
            yield Issue(Check.ORPHAN_MEASURE, On.MEASURE, measure.pk, measure.key, title)


def _first_tier(facts: Facts) -> set[int]:
    """Return the measures of the first tier in the newest released snapshot of each AlpCafé."""
    found: set[int] = set()
    rows = Snapshot.objects.filter(cafe__in=facts.newest, released_at__isnull=False)
    for snapshot in rows.order_by("pk"):
        if snapshot.number == facts.newest[snapshot.cafe_id]:
            found |= _first(snapshot.data)
    return found


def _first(data: Mapping[str, Any]) -> set[int]:
    """Read the tiers over all criteria, or those of the only one, as they are stored."""
    combined = data.get("combined") or {}
    criteria = data.get("criteria") or [{}]
    ranking = combined.get("ranking") or criteria[0].get("ranking") or {}
    if ranking.get("status") == "undefined":
        return set()
    return {int(row["measure"]) for row in ranking.get("measures", ()) if row.get("tier") == 1}


# --- Checks of who was asked: regions, groups of society and levels behind the ratings ------------


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


# --- Checks of time: what is late because something before it is late -----------------------------


_WORSE: Final = {"yellow": 1, "red": 2}


def time_issues(facts: Facts, *, today: date) -> Iterator[Issue]:
    """List actions that would stand better if nothing had to end before them."""
    from alpclusters.analysis.plans import plan_statuses  # noqa: PLC0415 - NumPy, slow to load

    standings = standings_of(facts.plan, today=today)
    alone = plan_statuses(
        [standing.facts for standing in standings.values()],
        [],
        today=today,
        rules=rules_of(facts.plan),
    )
    for action in facts.actions:
        standing = standings[action.pk]
        colour = standing.status.colour
        if _WORSE.get(colour, 0) > _WORSE.get(alone[standing.facts.key].colour, 0):
            params = {"colour": str(colour)}
            yield action_issue(action, Check.DEPENDENCY_LATE, "time", params=params)
