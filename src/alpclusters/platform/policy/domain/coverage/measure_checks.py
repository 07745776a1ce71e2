"""Checks of measures: what people rated highest and nobody recommends."""

from collections.abc import Iterator, Mapping
from typing import Any

from alpclusters.platform.evaluation.models import Snapshot
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.policy.domain.coverage.reading import Facts
from alpclusters.platform.policy.domain.coverage.records import Check, Issue, On
from alpclusters.platform.policy.models import Finding


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
