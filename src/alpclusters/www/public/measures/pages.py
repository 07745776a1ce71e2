"""What the page of a measure shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.evaluation.domain.queries import released_results_for
from alpclusters.platform.evidence.rules import visible_lessons
from alpclusters.platform.funding.domain.fitting.settings import fitting_measure
from alpclusters.platform.languages.codes import LANGUAGES
from alpclusters.platform.measures.domain.editing import missing_languages
from alpclusters.platform.measures.domain.facets import facet_name, facet_values
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.network.domain.postings.finding import postings_of_measure
from alpclusters.platform.network.models import Posting
from alpclusters.platform.partnership.roles import Person
from alpclusters.platform.policy.models import Recommendation
from alpclusters.platform.policy.rules import visible_recommendations
from alpclusters.platform.worlds import of_world
from alpclusters.www.components.parts import Fact, Station
from alpclusters.www.public.fitting.pages import FittingSection, read_section
from alpclusters.www.public.measures.evidence import EvidenceView, read_evidence
from alpclusters.www.public.measures.ratings import RatingView, read_ratings
from alpclusters.www.public.measures.trail import recommendations_of, stations
from alpclusters.www.worlds import Side, side_of

MOST_RESULTS: Final = 8
MOST_POSTINGS: Final = 5


@dataclass(frozen=True)
class MeasurePage:
    """Everything the template names."""

    kicker: str
    badges: Sequence[str]
    trail: Sequence[Station]
    facts: Sequence[Fact]
    meanings: Sequence[Fact]
    cafes: Sequence[AlpCafe]
    ratings: Sequence[RatingView]
    evidence: EvidenceView
    recommendations: Sequence[Recommendation]
    postings: Sequence[Posting]
    fitting: FittingSection
    changed_at: datetime | None
    may_edit: bool
    simulated: bool


def side_of_measure(request: HttpRequest, measure: Measure) -> Side:
    """Choose the world of the page: that of the project, for the catalogue the real one first."""
    if measure.project is not None:
        return Side(measure.project.is_simulated)
    return side_of(
        request,
        AlpCafe.objects.public().filter(measures=measure),
        visible_lessons(request.user).filter(suggestions__measure=measure),
        visible_recommendations(request.user).filter(findings__measure=measure),
        postings_of_measure(measure, timezone.localdate()),
    )


def read_page(user: Person, measure: Measure, *, is_simulated: bool = False) -> MeasurePage:
    """Read what the public knows about a measure, of one world."""
    held = AlpCafe.objects.public().filter(measures=measure).select_related("project", "region")
    results = released_results_for(measure, is_simulated=is_simulated, limit=MOST_RESULTS)
    evidence = read_evidence(user, measure, is_simulated=is_simulated)
    postings = postings_of_measure(measure, timezone.localdate())
    language = get_language()
    return MeasurePage(
        kicker=_("Measure"),
        badges=[facet_name(f, getattr(measure, f), language) for f in ("phase", "mode")],
        trail=stations(user, measure, is_simulated=is_simulated),
        facts=_facts(measure),
        meanings=_meanings(measure),
        cafes=list(of_world(held, is_simulated=is_simulated)[:20]),
        ratings=read_ratings(results, measure.pk),
        evidence=evidence,
        recommendations=recommendations_of(user, measure, is_simulated=is_simulated),
        postings=list(of_world(postings, is_simulated=is_simulated)[:MOST_POSTINGS]),
        fitting=_fitting(measure),
        changed_at=_changed_at(measure),
        may_edit=user.has_perm("measures.change_measure", measure),
        simulated=is_simulated,
    )


def _fitting(measure: Measure) -> FittingSection:
    url = reverse("public:measure_fitting", args=[measure.key])
    return read_section(fitting_measure(measure, today=timezone.localdate()), url)


def _facts(measure: Measure) -> list[Fact]:
    language = get_language()
    missing = missing_languages(measure)
    there = ", ".join(code for code, _name in LANGUAGES if code not in missing)
    facts = [
        Fact(_("Phase"), facet_name("phase", measure.phase, language)),
        Fact(_("Mode of support"), facet_name("mode", measure.mode, language)),
        Fact(_("Main motive"), facet_name("motive", measure.motive, language)),
        Fact(_("Languages"), there),
    ]
    if measure.project:
        url = reverse("public:project", args=[measure.project.slug])
        facts.insert(0, Fact(_("Proposed by"), measure.project.acronym, url=url))
    return facts


def _meanings(measure: Measure) -> list[Fact]:
    language = get_language()
    chosen = [
        value
        for facet in ("phase", "mode", "motive")
        for value in facet_values(facet)
        if value.key == getattr(measure, facet)
    ]
    return [Fact(v.name(language), v.definition(language)) for v in chosen]


def _changed_at(measure: Measure) -> datetime | None:
    history: Any = measure.history  # type: ignore[attr-defined]  # simple_history has no types
    dates = history.filter(history_user__isnull=False).values_list("history_date", flat=True)
    newest: datetime | None = dates.order_by("-history_date").first()
    return newest
