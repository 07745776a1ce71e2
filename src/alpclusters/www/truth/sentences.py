"""Derive every sentence about results that is published again, and compare."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from django.urls import reverse
from django.utils import timezone, translation

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
from alpclusters.platform.policy.models import ActionPlan
from alpclusters.reports.blocks import Document
from alpclusters.reports.claims.checking import Carried, check_texts, texts_of_html
from alpclusters.reports.plan import build_plan_document, build_summary_document, read_subject
from alpclusters.reports.plan_monitoring import build_monitoring_document, read_monitoring
from alpclusters.reports.truth import Checked, Mismatch
from alpclusters.reports.writers.html import write_html
from alpclusters.www.public.cafes.papers import version_document
from alpclusters.www.public.evaluations.evaluation_files import document_of
from alpclusters.www.public.plans.plan_views import VIEWS
from alpclusters.www.truth.crawl import visitor
from alpclusters.www.truth.derived import across_claims
from alpclusters.www.truth.numbers import Fetch
from alpclusters.www.truth.order import check_order
from alpclusters.www.truth.published import Published


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
