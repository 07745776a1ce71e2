"""What the list of measures shows: filters with counts, and a card per measure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import get_language

from alpclusters.platform.cafe.models import CafeMeasure
from alpclusters.platform.evaluation.models import Snapshot
from alpclusters.platform.fields import label_of
from alpclusters.platform.measures.domain.facets import FACETS, facet_name, facet_values
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.measures.rules import visible_to
from alpclusters.platform.partnership.roles import Person
from alpclusters.platform.worlds import of_world
from alpclusters.www.components.parts import Chip, Facet, FacetOption
from alpclusters.www.worlds import in_world

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
