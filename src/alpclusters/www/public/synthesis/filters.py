"""The filters of the synthesis: one choice each, so that a phone shows them as lists."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from alpclusters.platform.evidence.domain.synthesis.counting import Selection
from alpclusters.platform.evidence.domain.synthesis.queries import (
    FILTERS,
    HORIZONS,
    SPLITS,
    SynthesisQuery,
)
from alpclusters.platform.languages.folding import fold
from alpclusters.www.components.parts import Chip, Tab
from alpclusters.www.public.synthesis.addresses import NONE, address, without
from alpclusters.www.public.synthesis.names import Names, horizon_name
from alpclusters.www.public.synthesis.words import DIMENSIONS


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
        ("", _("all"), chosen is None),
        *((value or NONE, name, value == chosen) for value, name in named),
    ]


def _horizon(query: SynthesisQuery) -> Choice:
    options = [
        ("" if months == 0 else str(months), horizon_name(months), months == query.months)
        for months in HORIZONS
    ]
    return Choice("months", _("Goes on for"), options)


def chips(query: SynthesisQuery, names: Names) -> list[Chip]:
    """Repeat what is chosen, each with the address without it."""
    found = [
        Chip(f"{DIMENSIONS[d]}: {names.value(d, v)}", address(without(query, d)))
        for d, v in query.chosen.items()
    ]
    if query.months:
        label = f"{_('Goes on for')}: {horizon_name(query.months)}"
        found.append(Chip(label, address(replace(query, months=0))))
    return found


def splits(query: SynthesisQuery) -> list[Tab]:
    """Offer the splits of the table; the filters stay."""
    return [
        Tab(DIMENSIONS[d], f"{address(replace(query, by=d))}#table", is_current=d == query.by)
        for d in SPLITS
    ]
