"""The results behind what is published, and the sentences derived from them anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from django.utils import timezone
from django.utils.translation import override

from alpclusters.analysis.claims import Estimate
from alpclusters.platform.evaluation.domain.across import across_project
from alpclusters.platform.evaluation.domain.records import (
    CriterionResult,
    Evaluation,
    step_word,
    word,
)
from alpclusters.platform.evaluation.domain.snapshots import evaluation_of, released_results_for
from alpclusters.platform.evaluation.models import Snapshot
from alpclusters.platform.evidence.domain.grading.regrading import gradings_of
from alpclusters.platform.evidence.domain.synthesis.counting import Selection
from alpclusters.platform.evidence.domain.synthesis.flat import (
    Dimension,
    SynthesisQuery,
    flat_evidence,
)
from alpclusters.platform.evidence.models import Lesson
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.plans import today_of
from alpclusters.platform.policy.domain.records import record_of
from alpclusters.platform.policy.models import ActionPlan
from alpclusters.reports.claims import ratings, subjects
from alpclusters.reports.claims import ratings as denominators
from alpclusters.reports.claims.checking import Carried
from alpclusters.reports.claims.subjects import lesson_claims, plan_claims
from alpclusters.reports.claims.wording import Claim, normal
from alpclusters.reports.evaluation_subject import EvaluationSubject
from alpclusters.reports.stored_results import evaluation_claims, labels_of, required_in
from alpclusters.www.public.network.asking import GroupNames, Network, NetworkQuery, load_network
from alpclusters.www.public.network.cells import Cells
from alpclusters.www.public.network.change import change_charts, why_not_comparable
from alpclusters.www.public.synthesis.questions import Names

# --- Sentences about several results at once, derived anew: measures, borders, network, outcomes


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
        said = subjects.goes_on(types, language)
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
    said = subjects.missing(missing, compared, language)
    if said:
        yield said


def _changes(found: Network, language: str) -> Iterator[Claim]:
    if why_not_comparable(found):
        return
    for chart in change_charts(found, language):
        rows: Sequence[tuple[str, tuple[float | None, float | None]]] = [
            (row.label, (row.low, row.high)) for row in chart.rows[-2:]
        ]
        said = subjects.change(chart.title, rows[0], rows[1], language)
        if said:
            yield said


# --- The results behind what is published, and the sentences they carry, for one language ---------


@dataclass
class Published:
    """All that visitors see, read once.

    Attributes
    ----------
    language : str
    """

    language: str
    _known: dict[str, Carried] = field(default_factory=dict)

    @cached_property
    def evaluations(self) -> Mapping[int, Evaluation]:
        """The released evaluations by number of their snapshot."""
        rows = Snapshot.objects.released().order_by("pk")
        return {snapshot.pk: evaluation_of(snapshot) for snapshot in rows}

    @cached_property
    def _claims(self) -> Mapping[int, Mapping[str, list[Claim]]]:
        return {pk: evaluation_claims(one, self.language) for pk, one in self.evaluations.items()}

    def tabs(self, pk: int) -> list[str]:
        """Return what an evaluation can be read by: its criteria, and all together."""
        return list(self._claims.get(pk, ()))

    def tab(self, pk: int, key: str) -> Carried:
        """Return what the page of one part of an evaluation may say, and what it has to."""
        # The brief above every part is that of the first criterion.
        claims, first = self._claims[pk][key], next(iter(self._claims[pk].values()))
        return Carried([*claims, *first], required=required_in(claims))

    def evaluation(self, pk: int) -> Carried:
        """Return what a document about a whole evaluation may say."""
        names = labels_of(self.evaluations[pk], self.language)
        labels: dict[str, set[str]] = {}
        for key, claims in self._claims[pk].items():
            for claim in claims:
                labels.setdefault(normal(claim.text), set()).add(names.get(key, ""))
        every = [claim for claims in self._claims[pk].values() for claim in claims]
        return Carried(every, labels, set(names.values()))

    def cafe(self, pk: int) -> Carried:
        """Return what may be said of an AlpCafé: what its released evaluations carry."""
        found = Carried()
        rows = Snapshot.objects.released().filter(cafe=pk).order_by("pk")
        for snapshot in rows.values_list("pk", flat=True):
            found += self.evaluation(snapshot)
        return found

    def plan(self, slug: str) -> Carried:
        """Return what may be said of a published plan, and what its page has to say."""
        if slug not in self._known:
            plan = ActionPlan.objects.published().select_related("project").get(slug=slug)
            record = record_of(plan, today=today_of(plan, timezone.now()))
            self._known[slug] = Carried(plan_claims(record, self.language))
        return self._known[slug]

    def lesson(self, key: str) -> Carried:
        """Return what may be said of a lesson, from its evidence of this moment."""
        lesson = Lesson.objects.get(key=key)
        return Carried(lesson_claims(gradings_of([lesson])[lesson.pk], self.language))

    @cached_property
    def lessons(self) -> Carried:
        """What may be said of all published lessons."""
        lessons = list(Lesson.objects.published())
        found = gradings_of(lessons)
        claims = [c for one in lessons for c in lesson_claims(found[one.pk], self.language)]
        return Carried(claims)

    @cached_property
    def others(self) -> Carried:
        """What may be said anywhere: of measures over several AlpCafés, of the network."""
        claims = [*network_claims(self.language), *synthesis_claims(self.language)]
        for measure in Measure.objects.filter(is_published=True):
            claims += measure_claims(measure, self.language)
        for project in Project.objects.public():
            claims += across_claims(project, self.language)
        return Carried(claims)

    def measure(self, key: str) -> Carried:
        """Return what may be said of how a measure was rated, and of its lessons."""
        measure = Measure.objects.get(key=key)
        return Carried(list(measure_claims(measure, self.language))) + self.lessons

    @cached_property
    def everything(self) -> Carried:
        """What any result carries: for pages that tell of several."""
        found = self.others + self.lessons
        for pk in self.evaluations:
            found += self.evaluation(pk)
        for plan in ActionPlan.objects.published():
            found += self.plan(plan.slug)
        return found
