"""The results behind what is published, and the sentences they carry, for one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.utils import timezone

from alpclusters.platform.evaluation.domain.records import Evaluation
from alpclusters.platform.evaluation.domain.snapshots import evaluation_of
from alpclusters.platform.evaluation.models import Snapshot
from alpclusters.platform.evidence.domain.grading.regrading import gradings_of
from alpclusters.platform.evidence.models import Lesson
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.plans import today_of
from alpclusters.platform.policy.domain.records import record_of
from alpclusters.platform.policy.models import ActionPlan
from alpclusters.reports.carried_claims import evaluation_claims, labels_of, required_in
from alpclusters.reports.claims.checking import Carried
from alpclusters.reports.claims.lessons import lesson_claims
from alpclusters.reports.claims.plans import plan_claims
from alpclusters.reports.claims.wording import Claim, normal
from alpclusters.www.truth.derived import (
    across_claims,
    measure_claims,
    network_claims,
    synthesis_claims,
)


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
