"""Derive every sentence about results that is published again, with the order of time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone, translation

from alpclusters.analysis.claims import may_follow
from alpclusters.platform.cafe.models import AlpCafe, Protocol
from alpclusters.platform.evaluation.domain.snapshots import is_unchanged
from alpclusters.platform.evaluation.models import Snapshot
from alpclusters.platform.evidence.domain.grading.regrading import gradings_of
from alpclusters.platform.evidence.models import Lesson
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.plans import today_of
from alpclusters.platform.policy.domain.proofs import unproved_findings
from alpclusters.platform.policy.models import Action, ActionPlan, Finding
from alpclusters.platform.tracing.domain.stations import Station, Stop, stations_for
from alpclusters.platform.trail.domain.kinds import Thing
from alpclusters.reports.blocks import Document
from alpclusters.reports.claims.checking import Carried, check_texts, texts_of_html
from alpclusters.reports.plan import build_plan_document, build_summary_document, read_subject
from alpclusters.reports.plan_monitoring import build_monitoring_document, read_monitoring
from alpclusters.reports.truth import Checked, Mismatch
from alpclusters.reports.writers.html import write_html
from alpclusters.www.public.cafes.papers import version_document
from alpclusters.www.public.evaluations.evaluation_files import document_of
from alpclusters.www.public.plans.plan_views import VIEWS
from alpclusters.www.truth.numbers import Fetch, visitor
from alpclusters.www.truth.published import Published, across_claims

# --- The order of time on every trail: nothing is shown as having come of what was later ----------


def check_order() -> Checked:
    """Compare the days of lessons and findings with those of the actions they are shown at."""
    visitor = AnonymousUser()
    lessons = list(Lesson.objects.published())
    actions = list(Action.objects.filter(plan__in=ActionPlan.objects.published()))
    trails = {
        (Thing.LESSON, pk): stops for pk, stops in stations_for(lessons, seen_by=visitor).items()
    } | {(Thing.ACTION, pk): stops for pk, stops in stations_for(actions, seen_by=visitor).items()}
    return check_trails(trails)


def check_trails(trails: dict[tuple[Thing, int], tuple[Stop, ...]]) -> Checked:
    """Check the trails of some things, by kind and number."""
    n, wrong = 0, []
    for here, stops in trails.items():
        for cause, effect in _pairs(here, stops):
            n += 1
            before, after = _day(*cause), _day(*effect)
            if not may_follow(before, after):
                what = f"{effect[0]}:{effect[1]} {after} of {cause[0]}:{cause[1]} {before}"
                wrong.append(Mismatch(f"{here[0]}:{here[1]}", "trail.order", what, ""))
    return Checked(n, tuple(dict.fromkeys(wrong)))


type _Place = tuple[Thing, int]


def _pairs(here: _Place, stops: tuple[Stop, ...]) -> Iterator[tuple[_Place, _Place]]:
    """Yield what a trail claims: this came of that."""
    order = list(Station)
    place = next(order.index(stop.station) for stop in stops if stop.is_here)
    for stop in stops:
        for ref in stop.refs:
            other = (ref.thing, ref.pk)
            if order.index(stop.station) < place:
                yield other, here
            elif order.index(stop.station) > place:
                yield here, other


def _day(thing: Thing, pk: int) -> date | None:
    """Return the day of a thing as its own row has it."""
    found: Any
    match thing:
        case Thing.LESSON:
            found = Lesson.objects.get(pk=pk)
            return None if found.is_seeded else found.created_at.date()
        case Thing.FINDING:
            return Finding.objects.get(pk=pk).made_at.date()
        case Thing.ACTION:
            uuid = Action.objects.get(pk=pk).uuid
            same = Action.objects.filter(uuid=uuid, plan__published_at__isnull=False)
            moments = same.values_list("plan__published_at", flat=True)
            return min((moment.date() for moment in moments if moment), default=None)
        case _:
            return None


# --- Derive every sentence about results that is published again, and compare ---------------------


def check_sentences(*, languages: Sequence[str] = LANGUAGE_CODES) -> Checked:
    """Derive every sentence of all published pages and documents again and compare.

    Parameters
    ----------
    languages : sequence of str
        Of the pages and documents.

    Returns
    -------
    Checked
        How many sentences were found, and those that no stored result carries.
    """
    found = check_stored() + check_order()
    for language in languages:
        published = Published(language)
        found += check_pages(visitor(language), published)
        found += check_documents(published)
    return found


def check_stored() -> Checked:
    """Compare what is stored of a statement with the result it was read from."""
    n, wrong = 0, []
    for snapshot in Snapshot.objects.released().order_by("pk"):
        n += 1
        if not is_unchanged(snapshot):
            where = f"snapshot:{snapshot.pk}"
            wrong.append(Mismatch(where, "evaluation.digest", "", snapshot.digest))
    for plan in ActionPlan.objects.published():
        for code, verdict in unproved_findings(plan):
            where = f"plan:{plan.slug} {code}"
            wrong.append(Mismatch(where, f"finding: {verdict.reason}", code, verdict.expected))
        n += 1
    lessons = list(Lesson.objects.published())
    derived = gradings_of(lessons)
    for lesson in lessons:
        n += 1
        grade = derived[lesson.pk]["grade"]
        if lesson.grading and lesson.grade != grade:
            wrong.append(Mismatch(f"lesson:{lesson.key}", "lesson.grade", lesson.grade, grade))
    return Checked(n, tuple(wrong))


def check_pages(fetch: Fetch, published: Published) -> Checked:
    """Read every public page of a language that tells of results."""
    found = Checked()
    for address, carried in pages_of(published):
        found += check_page(fetch, address, carried, published.language)
    return found


def check_page(fetch: Fetch, address: str, carried: Carried, language: str) -> Checked:
    """Derive the sentences of one page again."""
    html = fetch(address)
    return (
        Checked() if html is None else check_texts(address, texts_of_html(html), carried, language)
    )


def check_documents(published: Published) -> Checked:
    """Build every published document of a language and read it."""
    found = Checked()
    for document, carried in _documents(published):
        found += check_document(document, carried)
    return found


def check_document(document: Document, carried: Carried) -> Checked:
    """Derive the sentences of one document again."""
    where = f"{document.title} ({document.language})"
    return check_texts(where, texts_of_html(write_html(document)), carried, document.language)


def pages_of(published: Published) -> Iterator[tuple[str, Carried]]:
    """Yield the address of each page that tells of results, and what it may say."""
    with translation.override(published.language):
        yield from _of_evaluations(published)
        for plan in ActionPlan.objects.published().order_by("pk"):
            carried = published.plan(plan.slug)
            yield reverse("public:plan", args=[plan.slug]), carried
            yield reverse("public:plan-progress", args=[plan.slug]), carried
            for kind in VIEWS:
                yield reverse("public:plan-view", args=[plan.slug, kind]), carried
        for lesson in Lesson.objects.published().order_by("pk"):
            yield reverse("public:lesson", args=[lesson.key]), published.lesson(lesson.key)
        for measure in Measure.objects.filter(is_published=True).order_by("pk"):
            yield reverse("public:measure", args=[measure.key]), published.measure(measure.key)
        for name in _OF_SEVERAL:
            yield reverse(f"public:{name}"), published.everything
        for project in Project.objects.public().order_by("pk"):
            address = reverse("public:common", args=[project.slug])
            yield address, Carried(list(across_claims(project, published.language)))


_OF_SEVERAL: Final = (
    *("home", "measures", "cafes", "plans", "lessons", "evidence"),
    *("network", "network-overview", "network-change"),
)


def _of_evaluations(published: Published) -> Iterator[tuple[str, Carried]]:
    """Yield each part of each evaluation, and the AlpCafés they are of."""
    for pk in published.evaluations:
        address = reverse("public:evaluation", args=[pk])
        for key in published.tabs(pk):
            yield f"{address}?criterion={key}", published.tab(pk, key)
    for cafe in AlpCafe.objects.public().order_by("pk"):
        carried = published.cafe(cafe.pk)
        yield reverse("public:cafe", args=[cafe.pk]), carried
        if cafe.state != AlpCafe.State.DRAFT:
            yield reverse("cafe:became", args=[cafe.pk]), carried


def _documents(published: Published) -> Iterator[tuple[Document, Carried]]:
    language, now = published.language, timezone.now()
    for snapshot in Snapshot.objects.released().with_cafe().order_by("pk"):
        carried = published.evaluation(snapshot.pk)
        first = next(iter(published.tabs(snapshot.pk)), None)
        duties = published.tab(snapshot.pk, first).required[1:] if first else ()
        yield document_of(snapshot, language), replace(carried, required=duties)
    for plan in ActionPlan.objects.published().select_related("project").order_by("pk"):
        carried = published.plan(plan.slug)
        subject = read_subject(plan, today=today_of(plan, now), language=language)
        yield build_plan_document(subject, language=language), carried
        yield build_summary_document(subject, language=language), carried
        monitored = read_monitoring(plan)
        if monitored is not None:
            yield build_monitoring_document(monitored, language=language), carried
    for version in Protocol.objects.filter(cafe__project__is_public=True).order_by("pk"):
        yield version_document(version, language), published.cafe(version.cafe_id)
