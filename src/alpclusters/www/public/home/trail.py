"""The whole argument in counts, for the night band of the home page.

Each count is that of the list it leads to, asked in the same words: see `Figure`.
"""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.evaluation.domain.queries import Headline
from alpclusters.platform.evidence.models import Activity
from alpclusters.platform.evidence.rules import visible_documents, visible_lessons
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.policy.domain.findings import released_findings
from alpclusters.platform.policy.models import ActionPlan
from alpclusters.platform.policy.rules import visible_recommendations
from alpclusters.platform.trail.domain.stations import Station as Stage
from alpclusters.reports.numbers import format_integer, format_n
from alpclusters.www.components.parts import Figure, Station
from alpclusters.www.public.trail import KEYS, NAMES, documents

VISITOR = AnonymousUser()


def stations(n_measures: int, behind: Headline) -> list[Station]:
    """Return the eleven stations with how many things of each the public sees."""
    plans, cafes = reverse("public:plans"), reverse("public:cafes")
    n_sources = visible_documents(VISITOR).count()
    of_plans = (
        ActionPlan.objects.published()
        .counted()
        .aggregate(actions=Sum("n_actions"), funding=Sum("n_funding"), values=Sum("n_values"))
    )
    return [
        _station(Stage.SOURCE, n_sources, reverse("public:sources"), documents(n_sources)),
        _station(
            Stage.ACTIVITY, Activity.objects.published().count(), reverse("public:initiatives")
        ),
        _station(Stage.LESSON, visible_lessons(VISITOR).count(), reverse("public:lessons")),
        _station(Stage.MEASURE, n_measures, reverse("public:measures")),
        _station(Stage.CARD, AlpCafe.objects.public().count(), cafes),
        _station(Stage.RATING, behind.n_people, cafes, _people(behind.n_people)),
        _station(Stage.FINDING, released_findings().count(), cafes),
        _station(
            Stage.RECOMMENDATION,
            visible_recommendations(VISITOR).count(),
            reverse("public:recommendations"),
        ),
        _station(Stage.ACTION, of_plans["actions"] or 0, plans, state="here"),
        _station(Stage.FUNDING, of_plans["funding"] or 0, plans),
        _station(Stage.VALUE, of_plans["values"] or 0, plans),
    ]


def _station(stage: Stage, n: int, url: str, words: str = "", state: str = "") -> Station:
    """Return a station whose number leads to the list of what it counts."""
    name = NAMES[stage]
    if not n:
        words = _("still open") if state else ""
        return Station(name, words, state="here" if state else "missing")
    shown = words or format_integer(n, nearest_language(get_language()))
    figure = Figure(name, shown, key=KEYS[stage], exact=n, url=url)
    return Station(name, shown, url, "here" if state else "", figure)


def _people(n: int) -> str:
    return format_n(n, nearest_language(get_language()))
