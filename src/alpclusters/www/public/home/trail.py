"""The whole argument in counts, for the night band of the home page."""

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.evaluation.domain.queries import Headline
from alpclusters.platform.evaluation.models import Snapshot
from alpclusters.platform.evidence.models import Activity, Lesson
from alpclusters.platform.evidence.rules import visible_documents
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.policy.models import (
    Action,
    ActionPlan,
    Finding,
    FundingLine,
    IndicatorValue,
    Recommendation,
)
from alpclusters.platform.trail.domain.stations import Station as Stage
from alpclusters.reports.numbers import format_integer, format_n
from alpclusters.www.components.parts import Station
from alpclusters.www.public.trail import NAMES, documents


def stations(n_measures: int, newest: Snapshot | None, behind: Headline) -> list[Station]:
    """Return the eleven stations with how many things of each the public sees."""
    plans, measures, cafes = (reverse(f"public:{name}") for name in ("plans", "measures", "cafes"))
    sources, evidence, lessons = (
        reverse(f"public:{name}") for name in ("sources", "evidence", "lessons")
    )
    n_sources = visible_documents(AnonymousUser()).count()
    n_actions = Action.objects.filter(plan__in=ActionPlan.objects.published()).count()
    results = reverse("public:evaluation", args=[newest.pk]) if newest else ""
    return [
        _station(Stage.SOURCE, documents(n_sources) if n_sources else "", sources),
        _station(Stage.ACTIVITY, _n(Activity.objects.published().count()), evidence),
        _station(Stage.LESSON, _n(Lesson.objects.published().count()), lessons),
        _station(Stage.MEASURE, _n(n_measures), measures),
        _station(Stage.CARD, _n(AlpCafe.objects.public().count()), cafes),
        _station(Stage.RATING, _people(behind.n_people), results),
        _station(Stage.FINDING, _n(_n_findings()), results),
        _station(Stage.RECOMMENDATION, _n(_n_recommendations()), plans),
        Station(NAMES[Stage.ACTION], _n(n_actions) or _("still open"), state="here"),
        _station(Stage.FUNDING, _n(_n_funding()), plans),
        _station(Stage.VALUE, _n(_n_values()), plans),
    ]


def _station(stage: Stage, words: str = "", url: str = "") -> Station:
    if not words or not url:
        return Station(NAMES[stage], state="missing")
    return Station(NAMES[stage], words, url)


def _n(n: int) -> str:
    return format_integer(n, nearest_language(get_language())) if n else ""


def _people(n: int) -> str:
    return format_n(n, nearest_language(get_language())) if n else ""


def _n_findings() -> int:
    return Finding.objects.filter(
        snapshot__released_at__isnull=False, project__is_public=True
    ).count()


def _n_funding() -> int:
    published = ActionPlan.objects.published()
    return FundingLine.objects.filter(action__plan__in=published).count()


def _n_values() -> int:
    published = ActionPlan.objects.published()
    confirmed = IndicatorValue.objects.filter(status=IndicatorValue.Status.CONFIRMED)
    return confirmed.filter(indicator__plan__in=published).count()


def _n_recommendations() -> int:
    published = ActionPlan.objects.published()
    return Recommendation.objects.filter(actions__plan__in=published).distinct().count()
