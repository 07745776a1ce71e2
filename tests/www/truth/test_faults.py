"""Faults that were planted in what is published; the check of numbers finds each of them."""

import re
from dataclasses import replace

import pytest
from django.db.models import Count

from alpclusters.platform.evaluation.domain.snapshots import headline
from alpclusters.platform.evidence.models import Activity, Document, Lesson
from alpclusters.platform.policy.models import IndicatorValue, Recommendation
from alpclusters.reports.plan_words.figures import plan_figures
from alpclusters.www.public.plans.action_lists import counts_of
from alpclusters.www.truth.numbers import Site, check_numbers, visitor

pytestmark = [pytest.mark.integration, pytest.mark.slow, pytest.mark.usefixtures("project", "db")]
PLAN = "/de/plans/linking-cluster-organisations-of-the-alps/"
TABLE = f"{PLAN}views/table/"
START = ["/de/", PLAN, f"{PLAN}progress/", "/de/plans/", "/de/cafes/", "/de/evidence/"]
HOME = "/de/"
LAST = "/de/evaluations/{last}/"


def station(key, more=""):
    return rf'(data-figure="{key}" data-value="\d+"{more})'


# Name of the fault -> page, what is sought in it, what stands there instead (once).
WRITTEN = {
    "station counts one more": (HOME, r'(data-figure="lessons" data-value=")(\d+)', r"\g<1>9\2"),
    "station shows another number": (HOME, r'(data-figure="values".*?class="c">)\d+', r"\g<1>9999"),
    "station leads to another list": (
        HOME, r'href="[^"]+"( data-figure="recommendations")', r'href="/de/plans/"\1',
    ),
    "station leads nowhere": (
        HOME, r'href="[^"]+"( data-figure="funding")', r'href="/de/nowhere/"\1',
    ),
    "station has lost its address": (HOME, r'href="[^"]+"( data-figure="cafes")', r"\1"),
    "station is a bare number": (HOME, r' data-figure="measures" data-value="\d+"', ""),
    "total of a list is another one": (
        "/de/sources/", r'(data-total="documents" data-value=")(\d+)', r"\g<1>1\2",
    ),
    "a row is missing": ("/de/lessons/", r' data-row="lessons" data-value="1"', ""),
    "a row counts twice": (
        "/de/plans/", r'(data-row="actions" data-value=")(\d+)', r"\g<1>1\2",
    ),
    "a list says no total": ("/de/measures/?simulated=1", r' data-total="measures"', ""),
    "key figure has another base": (
        PLAN, r'(data-figure="actions.delayed" data-value="\d+" data-of=")\d+', r"\g<1>27",
    ),
    "base in words is another one": (PLAN, r"(>\d+</a><span class=\"sub\">von )12", r"\g<1>27"),
    "key figure leads to other rows": (
        PLAN, r"(data-figure=\"actions.delayed\".*?status=)delayed", r"\g<1>far-behind",
    ),
    "key figure leads to all rows": (
        PLAN, r'(data-figure="actions.far-behind".*?)\?status=far-behind', r"\1",
    ),
    "key figure shows another number": (
        f"{PLAN}progress/", r'(data-figure="actions.no-report"[^>]*><a[^>]*>)\d+', r"\g<1>77",
    ),
    "plans below are counted in": (
        PLAN, r'(data-total="joint" data-value=")(\d+)', r"\g<1>1\2",
    ),
    "table counts the rows of another filter": (
        f"{TABLE}?status=delayed", r'(data-total="actions.delayed" data-value=")\d+', r"\g<1>5",
    ),
    "people of an evaluation are others": (
        "/de/cafes/", r'(data-figure="people"[^>]*data-value=")(\d+)', r"\g<1>1\2",
    ),
    "place on the page is gone": (PLAN, r' id="plans-below"', ""),
    "most are unknown but fewer are said": (
        "/de/evidence/", r'(data-figure="families.unknown" data-value=")\d+', r"\g<1>2",
    ),
    "share of the known stands for all": (
        "/de/evidence/", r'(data-figure="known.lasting" data-value="\d+" data-of=")\d+', r"\g<1>27",
    ),
    "key figure without address and reason": (
        LAST, r'(data-total="people" data-value="\d+") data-why="[^"]+"', r"\1",
    ),
    "key figure that nobody marked": (
        "/de/evidence/", r' data-figure="types" data-value="\d+" data-of="\d+"', "",
    ),
    "mean rests on another number of answers": (
        LAST, r'(data-rests="answers\.\d+" data-rows=")\d+', r"\g<1>9999",
    ),
    "answers do not add up to n": (
        LAST, r'(data-row="answers\.\d+" data-value=")(\d+)', r"\g<1>1\2",
    ),
    "area has more regions than are listed": (
        "/de/regions/", r'(data-total="regions" data-value=")(\d+)', r"\g<1>1\2",
    ),
    "number that is a link to something": (
        "/de/plans/", r"(<p class=\"strong\">)", r'\1<a href="/de/plans/">27</a>',
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WRITTEN)
def test_fault_in_a_page_is_found(name, remembered, last):
    page, sought, instead = WRITTEN[name]
    page = page.format(last=last.pk)
    wrong, n = re.subn(sought, instead, remembered(page), count=1, flags=re.DOTALL)
    assert n == 1

    found = check_numbers(
        Site(lambda address: wrong if address == page else remembered(address)), {*START, page}
    )

    assert found.mismatches


def test_pages_without_a_planted_fault_agree(remembered, last):
    planted = {page.format(last=last.pk) for page, _sought, _instead in WRITTEN.values()}
    pages = {*START, *planted}

    assert check_numbers(Site(remembered), pages).mismatches == ()


def lessons_of_drafts(monkeypatch):
    monkeypatch.setattr(
        "alpclusters.www.public.home.home_page.visible_lessons", _all_but_one(Lesson)
    )


def sources_that_are_hidden(monkeypatch):
    name = "alpclusters.www.public.home.home_page.visible_documents"
    monkeypatch.setattr(name, _all_but_one(Document))


def recommendations_of_plans_only(monkeypatch):
    name = "alpclusters.www.public.home.home_page.visible_recommendations"
    monkeypatch.setattr(name, lambda _person: Recommendation.objects.filter(actions__isnull=False))


def activities_of_one_kind(monkeypatch):
    name = "alpclusters.platform.evidence.models.activities.ActivityQuerySet.published"
    monkeypatch.setattr(name, lambda rows: rows.filter(outcome_status="unknown"))
    # Home counts what it counted before.
    monkeypatch.setattr(
        "alpclusters.www.public.home.home_page.Activity",
        type("Counted", (), {"objects": type("All", (), {"published": Activity.objects.all})}),
    )


def plan_with_the_plans_below_it(monkeypatch):
    """What looks A1 found: the key figures of a plan are those of all plans below it too."""

    def twice(lines, language):
        every = list(lines)
        return plan_figures([*every, *every], language)

    monkeypatch.setattr("alpclusters.www.public.plans.plan_page.plan_figures", twice)


def table_that_ignores_its_filter(monkeypatch):
    name = "alpclusters.www.public.plans.plan_views.wanted"
    monkeypatch.setattr(name, lambda reading, _query: list(reading.record.outlines))


def values_nobody_confirmed(monkeypatch):
    values = IndicatorValue.objects.order_by()

    def counted(plan):
        kept = counts_of(plan)
        every = values.filter(indicator__plan=plan).values_list("indicator__action")
        return replace(kept, values={**dict(every.annotate(Count("pk"))), None: 3})

    monkeypatch.setattr("alpclusters.www.public.plans.plan_views.counts_of", counted)


def people_of_one_evaluation(monkeypatch):
    name = "alpclusters.www.public.home.home_page.headline"
    fewer = replace(headline(is_simulated=True), n_people=22)
    monkeypatch.setattr(name, lambda **_world: fewer)


def _all_but_one(model):
    one = model.objects.filter(is_simulated=True).order_by("pk").first()
    return lambda _person: model.objects.exclude(pk=one.pk)


COMPUTED = [
    lessons_of_drafts,
    sources_that_are_hidden,
    recommendations_of_plans_only,
    activities_of_one_kind,
    plan_with_the_plans_below_it,
    table_that_ignores_its_filter,
    values_nobody_confirmed,
    people_of_one_evaluation,
]


@pytest.mark.parametrize("plant", COMPUTED, ids=lambda plant: plant.__name__)
def test_fault_in_what_is_computed_is_found(plant, monkeypatch):
    plant(monkeypatch)

    found = check_numbers(Site(visitor()), START)

    assert found.mismatches
