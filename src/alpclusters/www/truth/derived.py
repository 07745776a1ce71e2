"""Sentences about several results at once, derived anew: measures, borders, network, outcomes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from django.utils.translation import override

from alpclusters.analysis.claims import Estimate
from alpclusters.platform.evaluation.domain.across import across_project
from alpclusters.platform.evaluation.domain.records import CriterionResult, step_word, word
from alpclusters.platform.evaluation.domain.snapshots import released_results_for
from alpclusters.platform.evidence.domain.synthesis.counting import Selection
from alpclusters.platform.evidence.domain.synthesis.flat import (
    Dimension,
    SynthesisQuery,
    flat_evidence,
)
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.partnership.models import Project
from alpclusters.reports.claims import denominators, network, ratings, synthesis
from alpclusters.reports.claims.wording import Claim
from alpclusters.reports.evaluation_subject import EvaluationSubject
from alpclusters.www.public.network.asking import GroupNames, Network, NetworkQuery, load_network
from alpclusters.www.public.network.cells import Cells
from alpclusters.www.public.network.change import change_charts, why_not_comparable
from alpclusters.www.public.synthesis.questions import Names

_PER_CENT = 100


def measure_claims(measure: Measure, language: str) -> Iterator[Claim]:
    """Derive what is said of a measure over all AlpCafés that rated it, each world by itself."""
    for is_simulated in (False, True):
        yield from _measure_claims(measure, language, is_simulated=is_simulated)


def _measure_claims(measure: Measure, language: str, *, is_simulated: bool) -> Iterator[Claim]:
    by_criterion: dict[str, list[CriterionResult]] = {}
    for found in released_results_for(measure, is_simulated=is_simulated):
        for figures in found.figures:
            by_criterion.setdefault(figures.criterion.key, []).append(figures.criterion)
    for results in by_criterion.values():
        lows = [
            low
            for result in results
            if (summary := result.summary(measure.pk)) and (low := summary.median_low) is not None
        ]
        scale = results[0].scale
        if lows and len(results) > 1:
            n_high = sum(1 for low in lows if low >= scale.agrees_from)
            step = step_word(scale, scale.agrees_from, language)
            yield ratings.half_in_cafes(n_high, len(lows), step, language)
        for low in lows:
            yield ratings.at_least_half(step_word(scale, low, language), language)


def across_claims(project: Project, language: str) -> Iterator[Claim]:
    """Derive what holds across borders in a project."""
    across = across_project(project)
    names: dict[str | int, str] = {
        item.pk: word(item.names, language)
        for one in across.released
        for item in one.evaluation.measures
    }
    subject = EvaluationSubject(name="", date=date.min, item_names=names)
    for one in across.criteria:
        yield denominators.across(one.found, subject, language)


def network_claims(language: str) -> Iterator[Claim]:
    """Derive what the stored networks carry, in each window and for each choice of groups."""
    start = load_network(NetworkQuery())
    for basis, grouping, simulated in start.others if start else ():
        query = NetworkQuery(basis=basis, grouping=grouping, simulated=simulated)
        found = load_network(query)
        for window in found.windows if found else ():
            one = load_network(replace(query, window=window["name"]))
            if one is not None:
                yield from _pairs(one, language)
                with override(language):
                    yield from _changes(one, language)


def synthesis_claims(language: str) -> Iterator[Claim]:
    """Derive which type of measure goes on most often, if that is told apart."""
    for is_simulated in (False, True):
        query = SynthesisQuery(is_simulated=is_simulated)
        selection = Selection.of(flat_evidence(), query)
        with override(language):
            names = Names.load(set())
            types = [
                Estimate(
                    str(names.value(Dimension.TYPE, key)),
                    lasting.value * _PER_CENT,
                    lasting.low * _PER_CENT,
                    lasting.high * _PER_CENT,
                    lasting.n_known,
                )
                for key, counts in selection.by(Dimension.TYPE).items()
                if (lasting := counts.lasting).value is not None
                and lasting.low is not None
                and lasting.high is not None
            ]
        said = synthesis.goes_on(types, language)
        if said:
            yield said


def _pairs(found: Network, language: str) -> Iterator[Claim]:
    cells = Cells.of(found.record, is_public=True)
    codes = cells.chosen(found.query.country)
    with override(language):
        names = GroupNames.load(codes)
        missing = [
            (names.long(pair["first"]), names.long(pair["second"]))
            for pair in cells.missing_pairs
            if {pair["first"], pair["second"]} <= set(codes) and pair["interval"]["high"] < 1
        ]
    compared = sum(1 for cell in cells.pairs(codes) if cell.ratio is not None)
    said = network.missing(missing, compared, language)
    if said:
        yield said


def _changes(found: Network, language: str) -> Iterator[Claim]:
    if why_not_comparable(found):
        return
    for chart in change_charts(found, language):
        rows: Sequence[tuple[str, tuple[float | None, float | None]]] = [
            (row.label, (row.low, row.high)) for row in chart.rows[-2:]
        ]
        said = network.change(chart.title, rows[0], rows[1], language)
        if said:
            yield said
