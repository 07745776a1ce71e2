"""The trail of public pages is walked: every station opens the thing itself."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from alpclusters.platform.evidence.models import Lesson
from alpclusters.platform.policy.models import Finding
from tests.factories.coding import code, make_coded_corpus, make_coder, only_activity
from tests.factories.evaluation import make_measure
from tests.factories.evidence import (
    make_bearing,
    make_document,
    make_lesson,
    make_quotation,
    make_suggestion,
)
from tests.factories.policy import make_plan

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
STATIONS = [
    "Source", "Activity", "Lesson", "Measure", "AlpCafé", "Rating", "Finding", "Recommendation",
    "Action", "Funding", "Value",
]  # fmt: skip


def page_of(address):
    response = Client().get(address.partition("#")[0])
    assert response.status_code == 200, address
    return response.content.decode()


def strip_of(page):
    """Return per station what it says and where it leads."""
    strip = re.search(r'<nav class="ac-trail.*?</nav>', page, re.DOTALL).group()
    found = {}
    for item in re.findall(r"<li.*?</li>", strip, re.DOTALL):
        name, words = re.findall(r"<span[^>]*>([^<]*)</span>", item)[-2:]
        href = re.search(r'href="([^"]*)"', item)
        found[unescape(name)] = (unescape(words), unescape(href.group(1)) if href else "")
    return found


def listed(page):
    """Return the addresses of the things on the page of a station."""
    rows = re.search(r"<ol[^>]*data-things.*?</ol>", page, re.DOTALL).group()
    return [unescape(address) for address in re.findall(r'<li[^>]*>\s*<a href="([^"]*)"', rows)]


def real_chain(n=1):
    """Build a real project from an initiative to an action in a published plan."""
    plan = make_plan(("fair",), published=True)
    corpus = make_coded_corpus(plan.project)
    initiative = corpus.initiatives.get()
    initiative.is_simulated = False
    initiative.save()
    activity = only_activity(corpus)
    for _ in range(2):
        code(activity, make_coder(plan.project))
    sources = [make_document(f"report-{k}", initiatives=[initiative]) for k in range(n)]
    for k, source in enumerate(sources):
        lesson = make_lesson(f"lesson-{k}", measure_type="fair")
        make_bearing(activity, lesson)
        make_suggestion(lesson, make_measure("fair"))
        make_quotation(source, activity=activity, page=3, words="")
    return plan.actions.get(), sources


def address_of_action(action):
    return reverse("public:plan-action", args=[action.plan.slug, action.code])


def test_each_station_of_a_real_action_opens_the_thing_and_no_place_of_the_same_page():
    action, sources = real_chain()

    stations = strip_of(page_of(address_of_action(action)))

    assert list(stations) == STATIONS
    addresses = {name: href for name, (_words, href) in stations.items() if href}
    assert set(addresses) == set(STATIONS[:8])
    assert not [href for href in addresses.values() if href.startswith("#")]
    assert addresses["Source"] == reverse("public:source", args=[sources[0].key])
    assert addresses["Lesson"] == reverse("public:lesson", args=["lesson-0"])
    assert addresses["Activity"].startswith("/en/initiatives/")
    for name, href in addresses.items():
        page = page_of(href)
        fragment = href.partition("#")[2]
        assert not fragment or f'id="{fragment}"' in page, name


def test_station_with_several_things_opens_a_list_of_exactly_these():
    action, sources = real_chain(3)

    words, href = strip_of(page_of(address_of_action(action)))["Source"]
    page = page_of(href)

    assert words == "3 documents"
    assert listed(page) == [reverse("public:source", args=[one.key]) for one in sources]
    for address in listed(page):
        page_of(address)


def test_list_of_a_station_names_all_where_the_strip_names_only_twelve():
    action, sources = real_chain(14)

    words, href = strip_of(page_of(address_of_action(action)))["Source"]

    assert words == "14 documents"
    assert len(listed(page_of(href))) == len(sources)


def test_source_leads_forward_to_the_action_that_rests_on_it():
    action, (source,) = real_chain()

    stations = strip_of(page_of(reverse("public:source", args=[source.key])))

    assert stations["Action"] == (action.code, address_of_action(action))
    assert stations["Recommendation"][1] == reverse(
        "public:recommendation", args=[action.recommendations.get().pk]
    )


def test_recommendation_opens_its_source_and_its_finding():
    action, (source,) = real_chain()
    found = action.recommendations.get()

    stations = strip_of(page_of(reverse("public:recommendation", args=[found.pk])))

    assert stations["Source"][1] == reverse("public:source", args=[source.key])
    finding = Finding.objects.get()
    assert stations["Finding"] == (finding.code, reverse("public:finding", args=[finding.pk]))


def test_finding_has_a_page_with_its_figures_its_source_and_its_trail():
    real_chain()
    finding = Finding.objects.get()

    page = page_of(reverse("public:finding", args=[finding.pk]))

    assert f"{finding.low:.1f}–{finding.high:.1f}" in page
    assert reverse("public:evaluation", args=[finding.snapshot_id]) in page
    assert strip_of(page)["Finding"] == (finding.code, "")


def test_finding_of_a_draft_has_no_page_for_visitors():
    make_plan(("fair",), published=False)
    Finding.objects.get().snapshot.__class__.objects.update(released_at=None)

    assert (
        Client().get(reverse("public:finding", args=[Finding.objects.get().pk])).status_code == 404
    )


def test_station_without_a_thing_says_so_and_has_no_link():
    plan = make_plan(("fair",), published=True)

    stations = strip_of(page_of(address_of_action(plan.actions.get())))

    assert stations["Source"] == ("nothing recorded", "")
    assert stations["Value"] == ("still open", "")


@pytest.mark.parametrize(
    "path",
    [
        "/en/trail/action/{pk}/nowhere/",
        "/en/trail/person/{pk}/source/",
        "/en/trail/action/999999/source/",
        "/en/trail/action/{pk}/action/",
    ],
)
def test_list_of_an_unknown_thing_or_station_is_not_found(path):
    plan = make_plan(("fair",), published=True)

    assert Client().get(path.format(pk=plan.actions.get().pk)).status_code == 404


def test_list_shows_nothing_of_a_draft_to_visitors():
    action = make_plan(("fair",), published=False).actions.get()

    address = reverse("public:trail-station", args=["action", action.pk, "finding"])

    assert Client().get(address).status_code == 404


def test_strength_says_how_many_lessons_of_the_strip_count_and_why():
    action, _sources = real_chain(2)
    page = page_of(reverse("public:recommendation", args=[action.recommendations.get().pk]))

    assert strip_of(page)["Lesson"][0] == "2"
    assert "No graded lesson is behind it" not in page
    assert "No finding behind it states a graded lesson." in page
    assert "Lessons in the trail: 2. Stated by its findings: 0; only these count here." in page


def test_lesson_that_nobody_tied_is_not_mentioned():
    plan = make_plan(("fair",), published=True)
    assert not Lesson.objects.exists()

    page = page_of(
        reverse("public:recommendation", args=[plan.actions.get().recommendations.get().pk])
    )

    assert "Lessons in the trail" not in page


@pytest.mark.parametrize("language", ["de", "fr", "it", "sl"])
def test_list_is_in_the_language_of_the_page(language):
    action, _sources = real_chain(2)

    english = page_of(f"/en/trail/action/{action.pk}/source/")
    page = page_of(f"/{language}/trail/action/{action.pk}/source/")

    titles = [re.search(r"<h1[^>]*>(.*?)</h1>", one, re.DOTALL).group(1) for one in (english, page)]
    assert titles[0] != titles[1]
