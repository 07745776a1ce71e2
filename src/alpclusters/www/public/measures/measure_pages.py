"""The catalogue of measures and the page of one measure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alpclusters.platform.cafe.models import AlpCafe, CafeMeasure
from alpclusters.platform.evaluation.domain.snapshots import released_results_for
from alpclusters.platform.evaluation.models import Snapshot
from alpclusters.platform.evidence.rules import visible_lessons
from alpclusters.platform.fields import label_of
from alpclusters.platform.funding.domain.fitting.settings import fitting_measure
from alpclusters.platform.languages.codes import LANGUAGES
from alpclusters.platform.measures.domain.editing import missing_languages
from alpclusters.platform.measures.domain.facets import FACETS, facet_name, facet_values
from alpclusters.platform.measures.domain.pictures import picture_path
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.measures.rules import visible_to
from alpclusters.platform.network.domain.postings.finding import postings_of_measure
from alpclusters.platform.network.models import Posting
from alpclusters.platform.partnership.roles import Person
from alpclusters.platform.policy.models import Recommendation
from alpclusters.platform.policy.rules import visible_recommendations
from alpclusters.platform.worlds import of_world
from alpclusters.www.components.parts import Chip, Facet, FacetOption, Fact, Station
from alpclusters.www.public.fitting.fitting_pages import FittingSection, read_section
from alpclusters.www.public.measures.evidence import (
    EvidenceView,
    RatingView,
    read_evidence,
    read_ratings,
)
from alpclusters.www.public.trail import documents, strip_of
from alpclusters.www.worlds import Side, in_world, side_of

# --- What the list of measures shows: filters with counts, and a card per measure -----------------


type Choice = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class MeasureCard:
    """One measure of the list."""

    name: str
    url: str
    description: str
    phase: str
    mode: str
    motive: str
    is_reported: bool
    n_cafes: int
    is_draft: bool


@dataclass(frozen=True)
class MeasureList:
    """The list with its filters."""

    cards: Sequence[MeasureCard]
    total: int
    facets: Sequence[Facet]
    chips: Sequence[Chip]
    reset_url: str

    @property
    def n_chosen(self) -> int:
        """How many filters are set."""
        return len(self.chips)


def read_list(user: Person, query: QueryDict, *, is_simulated: bool = False) -> MeasureList:
    """Read the measures a person sees in one world, narrowed to what the address asks for."""
    # The catalogue stands in both worlds, what a project proposed in its own.
    every = list(of_world(visible_to(user), is_simulated=is_simulated).order_by("order", "pk"))
    chosen = chosen_values(query)
    rated = n_cafes_of(CafeMeasure.objects.all(), is_simulated=is_simulated)
    fitting = [m for m in every if _fits(m, chosen)]
    return MeasureList(
        cards=[_card(m, rated.get(m.pk, 0)) for m in fitting],
        total=len(every),
        facets=[_facet(name, every, chosen) for name in FACETS],
        chips=_chips(chosen, is_simulated=is_simulated),
        reset_url=in_world(reverse("public:measures"), is_simulated=is_simulated),
    )


def n_cafes_of(rows: QuerySet[CafeMeasure], *, is_simulated: bool = False) -> dict[int, int]:
    """Count per measure the AlpCafés of one world whose evaluation the public sees."""
    released = rows.filter(
        cafe__snapshots__in=of_world(Snapshot.objects.released(), is_simulated=is_simulated)
    )
    counted = released.values("measure").annotate(n=Count("cafe", distinct=True)).order_by()
    return dict(counted.values_list("measure", "n"))


def chosen_values(query: QueryDict) -> Choice:
    """Return the values of each filter that the address names and the table knows."""
    known = {name: {v.key for v in facet_values(name)} for name in FACETS}
    return {name: frozenset(query.getlist(name)) & known[name] for name in FACETS}


def _fits(measure: Measure, chosen: Choice, *, but: str = "") -> bool:
    return all(
        getattr(measure, name) in values
        for name, values in chosen.items()
        if values and name != but
    )


def _facet(name: str, every: Sequence[Measure], chosen: Choice) -> Facet:
    left = [getattr(m, name) for m in every if _fits(m, chosen, but=name)]
    language = get_language()
    options = [
        FacetOption(v.key, v.name(language), left.count(v.key), v.key in chosen[name])
        for v in facet_values(name)
    ]
    return Facet(name, label_of(Measure, name), options)


def _chips(chosen: Choice, *, is_simulated: bool) -> list[Chip]:
    pairs = [(name, v.key) for name in FACETS for v in facet_values(name) if v.key in chosen[name]]
    return [
        Chip(
            facet_name(*pair, get_language()),
            in_world(_address([p for p in pairs if p != pair]), is_simulated=is_simulated),
        )
        for pair in pairs
    ]


def _address(pairs: Sequence[tuple[str, str]]) -> str:
    query = QueryDict(mutable=True)
    for name, value in pairs:
        query.appendlist(name, value)
    url = reverse("public:measures")
    return f"{url}?{query.urlencode()}" if pairs else url


def _card(measure: Measure, n_cafes: int) -> MeasureCard:
    words: dict[str, Any] = {
        name: facet_name(name, getattr(measure, name), get_language()) for name in FACETS
    }
    return MeasureCard(
        name=measure.name,
        url=reverse("public:measure", args=[measure.key]),
        description=measure.description,
        is_reported=bool(measure.reported_note),
        n_cafes=n_cafes,
        is_draft=not measure.is_published,
        **words,
    )


# --- The place of a measure in the argument, and what rests on it ---------------------------------


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


# --- What the page of a measure shows -------------------------------------------------------------


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


# --- The catalogue of measures and the page of one measure ----------------------------------------


@require_safe
def measures(request: HttpRequest) -> HttpResponse:
    """Show the measures that fit the chosen phase, mode and motive."""
    side = side_of(request, Snapshot.objects.released())
    page = read_list(request.user, request.GET, is_simulated=side.is_simulated)
    context = {"page": page, "side": side, "simulated": side.is_simulated}
    return render(request, "public/measures/list.html", context)


@require_safe
def measure_picture(request: HttpRequest, key: str) -> HttpResponse:
    """Return the picture of a measure to those who may see the measure."""
    found = get_object_or_404(visible_to(request.user), key=key)
    path = picture_path(found)
    if path is None:
        raise Http404
    response = HttpResponse(path.read_bytes(), content_type="image/jpeg")
    response.headers["Content-Disposition"] = 'inline; filename="measure.jpg"'
    response.headers["Cache-Control"] = "private, max-age=86400"
    return response


@require_safe
def measure(request: HttpRequest, key: str) -> HttpResponse:
    """Show one measure with its facts, its ratings and what became of it."""
    found = get_object_or_404(visible_to(request.user).select_related("project"), key=key)
    side = side_of_measure(request, found)
    page = read_page(request.user, found, is_simulated=side.is_simulated)
    context = {
        "page": page,
        "measure": found,
        "side": side,
        "simulated": page.simulated,
        "section": "measures",
    }
    return render(request, "public/measures/page.html", context)


urlpatterns = [
    path("measures/", measures, name="measures"),
    path("measures/<slug:key>/picture.jpg", measure_picture, name="measure_picture"),
    path("measures/<slug:key>/", measure, name="measure"),
]
