"""The whole argument in counts, for the night band of the home page.

Each count is that of the list it leads to, asked in the same words: see `Figure`.
"""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet, Sum
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
from alpclusters.platform.tracing.domain.stations import Station as Stage
from alpclusters.platform.worlds import of_world
from alpclusters.reports.numbers import format_integer, format_n
from alpclusters.www.components.parts import Figure, Station
from alpclusters.www.public.trail import KEYS, NAMES, documents
from alpclusters.www.worlds import in_world

VISITOR = AnonymousUser()


def stations(n_measures: int, behind: Headline, *, is_simulated: bool = False) -> list[Station]:
    """Return the eleven stations with how many things of one world the public sees of each."""

    def n(rows: QuerySet[Any]) -> int:
        return of_world(rows, is_simulated=is_simulated).count()

    def listed(name: str) -> str:
        return in_world(reverse(f"public:{name}"), is_simulated=is_simulated)

    plans, cafes = listed("plans"), listed("cafes")
    n_sources = n(visible_documents(VISITOR))
    of_plans = (
        of_world(ActionPlan.objects.published(), is_simulated=is_simulated)
        .counted()
        .aggregate(actions=Sum("n_actions"), funding=Sum("n_funding"), values=Sum("n_values"))
    )
    return [
        _station(Stage.SOURCE, n_sources, listed("sources"), documents(n_sources)),
        _station(Stage.ACTIVITY, n(Activity.objects.published()), listed("initiatives")),
        _station(Stage.LESSON, n(visible_lessons(VISITOR)), listed("lessons")),
        _station(Stage.MEASURE, n_measures, listed("measures")),
        _station(Stage.CARD, n(AlpCafe.objects.public()), cafes),
        _station(Stage.RATING, behind.n_people, cafes, _people(behind.n_people)),
        _station(Stage.FINDING, n(released_findings()), cafes),
        _station(
            Stage.RECOMMENDATION, n(visible_recommendations(VISITOR)), listed("recommendations")
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
