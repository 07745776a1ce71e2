"""What the synthesis can be asked: a question as an address, its splits, filters and names."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from alpclusters.analysis.certainty import Outcome
from alpclusters.platform.actors.domain.sectors import sector_label
from alpclusters.platform.evidence.domain.codebook.reading import code_label, current_codebook
from alpclusters.platform.evidence.domain.synthesis.counting import Selection
from alpclusters.platform.evidence.domain.synthesis.flat import (
    FILTERS,
    HORIZONS,
    NOT_STATED,
    SPLITS,
    Dimension,
    SynthesisQuery,
)
from alpclusters.platform.evidence.models import Codebook, Programme
from alpclusters.platform.languages.folding import fold
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.platform.territory.models import Region
from alpclusters.www.components.parts import Chip, Tab
from alpclusters.www.public.addresses import with_query

# --- A question as an address and back: the address holds all of it -------------------------------


LONGEST: Final = 60
# A value that stands for "not stated": an empty one stands for "all".
NONE: Final = "-"


def read_query(parameters: QueryDict) -> SynthesisQuery:
    """Read a question; what the page does not know is left out."""
    by = parameters.get("by", "")
    return SynthesisQuery(
        by=Dimension(by) if by in SPLITS else Dimension.OUTCOME,
        chosen={d: v for d in FILTERS if (v := _value(parameters, d)) is not None},
        months=_months(parameters.get("months", "")),
        is_simulated=parameters.get("simulated") == "1",
    )


def _value(parameters: QueryDict, dimension: Dimension) -> str | None:
    value = parameters.get(dimension.value, "")
    if not value or len(value) > LONGEST or "\x00" in value:
        return None
    return "" if value == NONE else value


def _months(text: str) -> int:
    known = {str(months): months for months in HORIZONS}
    return known.get(text, 0)


def write_query(query: SynthesisQuery) -> str:
    """Write a question; what is usual is left out, so that one question has one address."""
    parameters = QueryDict(mutable=True)
    if query.by != Dimension.OUTCOME:
        parameters["by"] = query.by.value
    for dimension in FILTERS:
        if dimension in query.chosen:
            parameters[dimension.value] = query.chosen[dimension] or NONE
    if query.months:
        parameters["months"] = str(query.months)
    if query.is_simulated:
        parameters["simulated"] = "1"
    return parameters.urlencode()


def address(query: SynthesisQuery, name: str = "public:evidence", *args: object) -> str:
    """Return the address of a page with a question behind it."""
    written = write_query(query)
    url = reverse(name, args=args)
    return with_query(url, written)


def without(query: SynthesisQuery, dimension: Dimension) -> SynthesisQuery:
    """Take one filter away."""
    return replace(query, chosen={d: v for d, v in query.chosen.items() if d != dimension})


def only(query: SynthesisQuery, dimension: Dimension, value: str) -> SynthesisQuery:
    """Choose one value of a filter."""
    return replace(query, chosen={**query.chosen, dimension: value})


# --- What splits, filters and outcomes are called -------------------------------------------------


DIMENSIONS: Final = {
    Dimension.OUTCOME: _("After the funding"),
    Dimension.PROGRAMME: _("Kind of programme"),
    Dimension.PERIOD: _("Period"),
    Dimension.COUNTRY: _("Country"),
    Dimension.NUTS1: _("Large region (NUTS 1)"),
    Dimension.NUTS2: _("Region (NUTS 2)"),
    Dimension.SECTOR: _("Sector"),
    Dimension.SCOPE: _("Reach"),
    Dimension.AUDIENCE: _("For whom"),
    Dimension.PAYER: _("Who pays now"),
    Dimension.TYPE: _("Type of measure"),
}
OUTCOME_NAMES: Final = {
    Outcome.LASTING: _("goes on"),
    Outcome.TRANSFORMED: _("goes on in another form"),
    Outcome.ENDED: _("ended"),
    Outcome.UNKNOWN: _("unknown"),
}


# --- What splits, filters and their values are called ---------------------------------------------


_CODED: Final = {
    Dimension.SCOPE: "scope",
    Dimension.AUDIENCE: "audience",
    Dimension.PAYER: "payer_after",
}


def horizon_name(months: int) -> str:
    """Say what counts as going on."""
    if not months:
        return gettext("as coded")
    return ngettext("at least %(n)s month", "at least %(n)s months", months) % {"n": months}


@dataclass(frozen=True)
class Names:
    """Names of values in the reader's language: three queries, however many values."""

    codebook: Codebook | None
    measures: Mapping[str, Measure]
    regions: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls, regions: Iterable[str] = ()) -> "Names":
        """Read the codebook, the catalogue, and the names of some regions."""
        catalogue = Measure.objects.of_catalogue().order_by("order", "pk")
        wanted = set(regions)
        named = Region.objects.current().filter(code__in=wanted).order_by("code")
        return cls(
            _codebook(),
            {measure.type_key: measure for measure in catalogue},
            {region.code: region.name for region in named},
        )

    def value(self, dimension: Dimension, value: str) -> Any:
        """Return what a value is called; an unknown one is called what it is."""
        if value == NOT_STATED:
            return gettext("not stated")
        if dimension in _CODED:
            return code_label(_CODED[dimension], value, self.codebook) if self.codebook else value
        return self._by_register(dimension, value)

    def _by_register(self, dimension: Dimension, value: str) -> Any:
        language = get_language()
        if dimension == Dimension.TYPE:
            return self.measures[value].name if value in self.measures else value
        if dimension == Dimension.COUNTRY:
            return country_name(value, language)
        if dimension == Dimension.SECTOR:
            return sector_label(value, language)
        if dimension == Dimension.PROGRAMME:
            return dict(Programme.Family.choices).get(value, value)
        name = self.regions.get(value)
        return f"{name} ({value})" if name else value


def _codebook() -> Codebook | None:
    try:
        return current_codebook()
    except Codebook.DoesNotExist:
        return None


# --- The filters of the synthesis: one choice each, so that a phone shows them as lists -----------


@dataclass(frozen=True)
class Choice:
    """One filter: its name in the address, its words, its values with the chosen one marked."""

    name: str
    label: Any
    options: Sequence[tuple[str, Any, bool]]


def choices(everything: Selection, query: SynthesisQuery, names: Names) -> list[Choice]:
    """Return the filters that can tell activities apart, and those that are in use."""
    found = [
        Choice(dimension.value, DIMENSIONS[dimension], options)
        for dimension in FILTERS
        if len(options := _options(everything, query, names, dimension)) > 2  # noqa: PLR2004 - "all" and two more
        or dimension in query.chosen
    ]
    return [*found, _horizon(query)]


def _options(
    everything: Selection, query: SynthesisQuery, names: Names, dimension: Any
) -> list[tuple[str, Any, bool]]:
    chosen = query.chosen.get(dimension)
    values = everything.values(dimension) | ({chosen} if chosen is not None else set())
    named = sorted(
        ((value, names.value(dimension, value)) for value in values),
        key=lambda pair: (pair[0] == "", fold(str(pair[1]))),
    )
    return [
        ("", gettext("all"), chosen is None),
        *((value or NONE, name, value == chosen) for value, name in named),
    ]


def _horizon(query: SynthesisQuery) -> Choice:
    options = [
        ("" if months == 0 else str(months), horizon_name(months), months == query.months)
        for months in HORIZONS
    ]
    return Choice("months", gettext("Goes on for"), options)


def chips(query: SynthesisQuery, names: Names) -> list[Chip]:
    """Repeat what is chosen, each with the address without it."""
    found = [
        Chip(f"{DIMENSIONS[d]}: {names.value(d, v)}", address(without(query, d)))
        for d, v in query.chosen.items()
    ]
    if query.months:
        label = f"{gettext('Goes on for')}: {horizon_name(query.months)}"
        found.append(Chip(label, address(replace(query, months=0))))
    return found


def splits(query: SynthesisQuery) -> list[Tab]:
    """Offer the splits of the table; the filters stay."""
    return [
        Tab(DIMENSIONS[d], f"{address(replace(query, by=d))}#table", is_current=d == query.by)
        for d in SPLITS
    ]
