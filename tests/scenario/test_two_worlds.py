"""A real project beside the demonstration: no trace of one in the other, wherever one looks.

Everything real is read twice, beside the demonstration and without it, and everything simulated
twice, beside the real project and without it: pages, files, search, feeds, statistics and
documents have to be the same to the letter.
"""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.utils import timezone

from alpclusters.platform.actors.domain.directory import index as directory_index
from alpclusters.platform.actors.models import Partner
from alpclusters.platform.evidence.domain.corpora import add_initiatives, make_corpus
from alpclusters.platform.evidence.domain.grading import regrade
from alpclusters.platform.evidence.domain.search import index as evidence_index
from alpclusters.platform.evidence.models import Coding, Initiative, Lesson
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.network.domain.measuring.places import Scope
from alpclusters.platform.network.domain.measuring.storing import measure_network
from alpclusters.platform.operation.demonstration import (
    create_demonstration,
    remove_demonstration,
)
from alpclusters.platform.operation.reference import load_reference_data
from alpclusters.platform.policy.domain.statements import ground_recommendation
from alpclusters.platform.policy.models import ActionPlan, Finding
from alpclusters.platform.territory.models import Region
from alpclusters.platform.worlds import crossings
from tests.factories.evaluation import NOW, make_project
from tests.factories.evidence import (
    make_activity,
    make_bearing,
    make_document,
    make_initiative,
    make_lesson,
    make_participation,
    make_quotation,
    make_suggestion,
)
from tests.factories.findings import state_lesson
from tests.factories.introductions import make_side
from tests.factories.links import make_link
from tests.factories.organisations import make_profile
from tests.factories.policy import make_plan
from tests.factories.postings import make_published

pytestmark = [pytest.mark.integration, pytest.mark.django_db, pytest.mark.slow]

OK = 200
MEASURE = "sme_pilot"
REGION = "AT32"
# Pages about several things; each shows one world.
LISTS = (
    "/", "/measures/", f"/measures/{MEASURE}/", f"/regions/{REGION}/", "/evidence/",
    "/evidence/export.csv", "/initiatives/", "/initiatives/export.csv",
    "/initiatives/activities.json", "/initiatives/feed.xml", "/lessons/", "/lessons/export.csv",
    "/sources/", "/cafes/", "/plans/", "/recommendations/", "/directory/", "/directory/?scope=all",
    "/directory/export.csv",
    "/directory/feed.xml", "/directory/map/", "/directory/embed/", "/network/", "/network/lasting/",
    "/network/postings/", "/network/postings/export.csv", "/network/postings/feed.atom",
    "/funding/", "/funding/?show=calls", "/funding/?show=programmes", "/funding/export.csv",
    "/funding/feed.atom", "/funding/calendar/", "/funding/calendar.ics",
    "/search/?q=ridge", "/search/?q=cluster", "/search/?q=simulated",
)  # fmt: skip
# What nobody evaluated for real.
ONLY_REAL = ("/evidence/gaps/",)
# Nothing real is in these: unasked they show what is invented.
ONLY_ASKED = ("/consultations/", "/approaches/", "/funding/synergies/", "/funding/policy-mix/")
STATIONS = ("source", "activity", "lesson", "measure", "card", "rating", "finding")
# Names that only the demonstration has.
INVENTED = ("AlpExempla", "Ridge", "Couloir")


@pytest.fixture(scope="module")
def seen(django_db_setup, django_db_blocker, tmp_path_factory):  # noqa: ARG001 - the first makes the tables
    """Return what was read: by world, beside the other and alone, by address."""
    before = settings.MEDIA_ROOT
    settings.MEDIA_ROOT = str(tmp_path_factory.mktemp("uploads"))
    with django_db_blocker.unblock(), transaction.atomic():
        load_reference_data()
        # The factories look for a region by this vintage and would make a second one.
        Region.objects.current().filter(code=REGION).update(first_vintage=2013)
        simulated = create_demonstration()
        of_demonstration = [*asked((*LISTS, *ONLY_ASKED)), *own_pages(simulated)]
        found = {"simulated, alone": read(of_demonstration)}
        real = make_real_project()
        of_real = [*LISTS, *ONLY_REAL, *own_pages(real)]
        found["crossings"] = crossings()
        found["simulated, beside"] = read(of_demonstration)
        found["real, beside"] = read(of_real)
        remove_demonstration()
        found["real, alone"] = read(of_real)
        transaction.set_rollback(True)
    settings.MEDIA_ROOT = before
    return found


def make_real_project():
    """Build a project with evidence, an AlpCafé, a plan, money, a profile, a link and a posting."""
    project = make_project(slug="alpholz", acronym="AlpHolz")
    region = Region.objects.current().get(code=REGION)
    house = make_profile("Holzcluster Echt", body_region=region, body_country="AT")
    other = make_profile("Lesni grozd zares", body_country="SI")
    Partner.objects.create(project=project, organisation=house.organisation, region=region)
    make_link(house.organisation, other.organisation)
    measure_network(Scope("links"))
    ends = timezone.localdate() + timedelta(days=90)
    make_published(make_side("Echte Stelle", region=REGION), now=timezone.now(), expires_on=ends)
    make_evidence(project, house.organisation)
    plan = make_plan((MEASURE,), project=project, published=True)
    recommendation = plan.actions.get().recommendations.get()
    stated = state_lesson(project, Lesson.objects.get(key="echte-lehre"), by=None, now=NOW)
    rated = list(recommendation.findings.all())
    ground_recommendation(recommendation, [*rated, stated], by=None, now=NOW)
    return project


def make_evidence(project, body):
    """Code two initiatives of a corpus twice and draw a lesson about the measure from them."""
    corpus = make_corpus(project, name="Echtes Korpus")
    lesson = make_lesson("echte-lehre", measure_type=MEASURE)
    document = make_document("echter-bericht")
    for name in ("Echt A", "Echt B"):
        initiative = make_initiative(name.lower().replace(" ", "-"), acronym=name, countries="AT")
        make_participation(initiative, "Holzcluster Echt", organisation=body)
        document.initiatives.add(initiative)
        activity = make_activity(
            initiative, name=f"{name} tat es", measure_type=MEASURE, outcome_status="lasting",
            outcome_months=20, state="settled", codebook=corpus.codebook,
        )  # fmt: skip
        for place in (1, 2):
            Coding.objects.create(
                activity=activity, place=place, codebook=corpus.codebook, began_at=NOW,
                closed_at=NOW, values={"measure_type": MEASURE, "outcome_status": "lasting"},
            )  # fmt: skip
        make_bearing(activity, lesson)
        make_quotation(document, activity=activity)
    add_initiatives(corpus, Initiative.objects.filter(acronym__startswith="Echt "), by=None)
    make_suggestion(lesson, Measure.objects.get(key=MEASURE))
    regrade([lesson.pk], now=NOW)


def own_pages(project):
    """List the pages and documents of what belongs to a project."""
    plan = ActionPlan.objects.published().filter(project=project).order_by("pk").first()
    action = plan.actions.order_by("pk").first()
    lessons = Lesson.objects.filter(is_simulated=project.is_simulated, is_seeded=False)
    initiatives = Initiative.objects.filter(corpora__project=project, activities__isnull=False)
    initiative = initiatives.order_by("pk").first()
    cafe = project.cafes.filter(snapshots__released_at__isnull=False).order_by("pk").first()
    snapshot = cafe.snapshots.latest("pk")
    yield from (f"/plans/{plan.slug}/", f"/plans/{plan.slug}/actions/{action.code}/")
    yield from (f"/plans/{plan.slug}/{form}" for form in ("html", "xlsx"))
    yield from (f"/trail/action/{action.pk}/{station}/" for station in STATIONS)
    yield from (f"/recommendations/{one.pk}/" for one in action.recommendations.order_by("pk"))
    yield from (f"/findings/{one.pk}/" for one in findings_behind(action))
    yield from (f"/lessons/{one.key}/" for one in lessons.order_by("pk"))
    yield from (f"/sources/{one.key}/" for one in initiative.documents.order_by("pk"))
    yield from (f"/initiatives/{initiative.key}/", f"/cafes/{cafe.pk}/")
    yield from (f"/evaluations/{snapshot.pk}/", f"/evaluations/{snapshot.pk}/docx")
    yield from (f"/projects/{project.slug}/", f"/projects/{project.slug}/common-denominators/")


def findings_behind(action):
    return Finding.objects.filter(recommendations__actions=action).order_by("pk").distinct()


def asked(addresses):
    """Ask for the simulated side of pages about several things."""
    return [f"{one}{'&' if '?' in one else '?'}simulated=1" for one in addresses]


def read(addresses):
    """Return by address the status and the text, without the lines that lead to the other world."""
    # The worker would do this.
    directory_index.refresh_all()
    evidence_index.refresh_all()
    client = Client()
    found = {}
    for address in addresses:
        answer = client.get(f"/en{address}")
        body = b"".join(answer) if answer.streaming else answer.content
        found[address] = (answer.status_code, plain(body))
    return found


def plain(body):
    """Leave out what differs between two answers to the same question."""
    text = body.decode("utf-8", errors="replace")
    text = re.sub(r'<p class="[^"]*other-world">.*?</p>', "", text, flags=re.DOTALL)
    text = re.sub(r'<p class="small">[^<]*imulated[^<]*<a href="[^"]*">Count .*?</p>', "", text)
    text = re.sub(r'<p class="small mt">Simulated links .*?</p>', "", text)
    text = re.sub(r'<p class="small"><a href="[^"]*">Show the \w+ network</a></p>', "", text)
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text)
    return " ".join(re.sub(r'nonce="[^"]*"', "", text).split())


def differing(one, other):
    """Say for each address that differs where, in words for the report of a failed test."""
    return [
        "\n".join((address, *first_difference(one[address][1], other[address][1])))
        for address in one
        if one[address] != other[address]
    ]


def first_difference(one, other):
    place = next(
        (k for k, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    return one[max(0, place - 80) : place + 120], other[max(0, place - 80) : place + 120]


def test_every_page_and_file_is_there(seen):
    for name, pages in seen.items():
        if name != "crossings":
            broken = {
                address: status for address, (status, _text) in pages.items() if status != 200
            }
            assert broken == {}, name


def test_real_things_are_the_same_beside_the_demonstration_and_without_it(seen):
    found = differing(seen["real, beside"], seen["real, alone"])

    assert not found, "\n\n".join(found)


def test_simulated_things_are_the_same_beside_a_real_project_and_without_it(seen):
    found = differing(seen["simulated, beside"], seen["simulated, alone"])

    assert not found, "\n\n".join(found)


def test_no_name_of_the_demonstration_stands_on_a_real_page(seen):
    found = {
        (address, name)
        for address, (_status, text) in seen["real, beside"].items()
        for name in INVENTED
        if name in text and not address.startswith("/search/")
    }

    assert found == set()


def test_no_name_of_the_real_project_stands_on_a_simulated_page(seen):
    names = ("AlpHolz", "Echt A", "Holzcluster Echt", "echte-lehre", "echter-bericht")
    found = {
        (address, name)
        for address, (_status, text) in seen["simulated, beside"].items()
        for name in names
        if name in text
    }

    assert found == set()


def test_nothing_stored_ties_the_two_worlds(seen):
    assert seen["crossings"] == []


def test_trail_of_the_real_action_leads_to_its_own_evidence_alone(seen):
    pages = seen["real, beside"]
    texts = {a.rsplit("/", 2)[1]: t for a, (_s, t) in pages.items() if a.startswith("/trail/")}

    assert "echte-lehre" in texts["lesson"]
    assert "echter-bericht" in texts["source"]
