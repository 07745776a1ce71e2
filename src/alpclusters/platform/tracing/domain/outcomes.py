"""What became of cards and ratings: card, insight, finding, recommendation, action."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from alpclusters.platform.cafe.models import AlpCafe, Card, Insight
from alpclusters.platform.partnership.roles import Person, project_ids
from alpclusters.platform.policy.models import Action, Finding, Recommendation
from alpclusters.platform.tracing.domain.stations import Station, Stop, stations_for
from alpclusters.platform.trail.domain.kinds import Thing
from alpclusters.platform.trail.models import Edge


@dataclass(frozen=True, slots=True)
class FindingOutcome:
    """A finding with what rests on it, as far as a person may see it."""

    finding: Finding
    recommendations: tuple[Recommendation, ...]
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class InsightOutcome:
    """An insight with the findings it went into."""

    insight: Insight
    findings: tuple[FindingOutcome, ...]


@dataclass(frozen=True, slots=True)
class CardOutcome:
    """A card with the insights it is part of."""

    card: Card
    insights: tuple[InsightOutcome, ...]

    @property
    def n_steps(self) -> int:
        """How far it came: 0 on the wall, 1 insight, 2 finding, 3 recommendation, 4 action."""
        findings = [found for insight in self.insights for found in insight.findings]
        reached = (
            self.insights,
            findings,
            [r for found in findings for r in found.recommendations],
            [a for found in findings for a in found.actions],
        )
        return sum(1 for step in reached if step)


def outcomes_of_cards(
    cafe: AlpCafe, cards: QuerySet[Card], *, seen_by: Person
) -> list[CardOutcome]:
    """Follow cards to the actions; hidden ones are told as such by their state."""
    found = list(cards.select_related("table").prefetch_related("insights__measure"))
    insights = {i.pk: i for card in found for i in card.insights.all()}
    outcomes = _insight_outcomes(cafe, list(insights.values()), seen_by)
    return [
        CardOutcome(card, tuple(outcomes[insight.pk] for insight in card.insights.all()))
        for card in found
    ]


def outcomes_of_measures(
    cafe: AlpCafe, measures: Collection[int], *, seen_by: Person
) -> list[FindingOutcome]:
    """Follow the ratings of measures in an AlpCafé to the actions."""
    findings = visible_findings(seen_by).filter(snapshot__cafe=cafe, measure__in=measures)
    return _finding_outcomes(list(_with_names(findings)), seen_by)


def visible_findings(person: Person) -> QuerySet[Finding]:
    """Select findings of released evaluations and of published plans, and one's own."""
    wanted = project_ids(person)
    if wanted is None:
        return Finding.objects.all()
    released = Q(snapshot__released_at__isnull=False, project__is_public=True)
    plan = "recommendations__actions__plan"
    published = Q(**{f"{plan}__state": "published", f"{plan}__project__is_public": True})
    own = Q(project_id__in=wanted)
    return Finding.objects.filter(released | published | own).distinct()


def _with_names(findings: QuerySet[Finding]) -> QuerySet[Finding]:
    return findings.select_related("measure", "criterion", "snapshot").order_by("pk")


def _insight_outcomes(
    cafe: AlpCafe, insights: Sequence[Insight], person: Person
) -> dict[int, InsightOutcome]:
    tied = _informed(insights)
    about = {i.measure_id for i in insights if i.measure_id}
    wanted = {pk for pks in tied.values() for pk in pks}
    reached = Q(pk__in=wanted) | Q(measure__in=about, snapshot__cafe=cafe)
    findings = list(_with_names(visible_findings(person).filter(reached)))
    outcomes = _finding_outcomes(findings, person)
    return {
        insight.pk: InsightOutcome(
            insight,
            tuple(
                found
                for found in outcomes
                if found.finding.pk in tied[insight.pk] or _is_about(found.finding, insight)
            ),
        )
        for insight in insights
    }


def _is_about(finding: Finding, insight: Insight) -> bool:
    is_here = finding.snapshot is not None and finding.snapshot.cafe_id == insight.cafe_id
    return is_here and finding.measure_id == insight.measure_id


def _informed(insights: Iterable[Insight]) -> Mapping[int, set[int]]:
    edges = Edge.objects.filter(
        kind=Edge.Kind.INFORMS,
        from_kind=Thing.INSIGHT,
        from_id__in=[insight.pk for insight in insights],
    )
    found: dict[int, set[int]] = defaultdict(set)
    for insight, finding in edges.values_list("from_id", "to_id"):
        found[insight].add(finding)
    return found


def _finding_outcomes(findings: Sequence[Finding], person: Person) -> list[FindingOutcome]:
    stops = stations_for(findings, seen_by=person)
    recommendations = _recommendations(stops.values())
    actions = _actions(stops.values())
    return [
        FindingOutcome(
            finding,
            tuple(recommendations[pk] for pk in _pks(stops[finding.pk], Station.RECOMMENDATION)),
            tuple(actions[pk] for pk in _pks(stops[finding.pk], Station.ACTION)),
        )
        for finding in findings
    ]


def _pks(stops: Iterable[Stop], station: Station) -> list[int]:
    return [ref.pk for stop in stops if stop.station is station for ref in stop.refs]


def _recommendations(trails: Iterable[Sequence[Stop]]) -> dict[int, Recommendation]:
    pks = {pk for stops in trails for pk in _pks(stops, Station.RECOMMENDATION)}
    rows = Recommendation.objects.filter(pk__in=pks).order_by("pk")
    return {row.pk: row for row in rows}


def _actions(trails: Iterable[Sequence[Stop]]) -> dict[int, Action]:
    pks = {pk for stops in trails for pk in _pks(stops, Station.ACTION)}
    rows = Action.objects.filter(pk__in=pks).select_related("plan").order_by("pk")
    return {row.pk: row for row in rows}
