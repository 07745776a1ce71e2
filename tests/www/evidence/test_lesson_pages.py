import pytest
from django.urls import reverse

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.evidence.domain.lessons import bear
from alpclusters.platform.evidence.models import Bearing, Lesson
from tests.factories.accounts import make_user_with
from tests.factories.coding import (
    code,
    make_coded_corpus,
    make_coder,
    make_lesson,
    only_activity,
)
from tests.factories.evaluation import in_inputs, make_project
from tests.factories.evidence import make_document, make_quotation

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def project():
    return make_project()


@pytest.fixture
def activity(project):
    return only_activity(make_coded_corpus(project))


@pytest.fixture
def coder(client, project):
    person = make_coder(project)
    client.force_login(person)
    return person


def page_of(lesson):
    return reverse("workspace:lesson", args=[lesson.key])


@pytest.mark.usefixtures("coder")
def test_lesson_is_written_tied_suggested_and_published(client, project, activity):
    texts = in_inputs(
        "statement", [f"Fairs last {code}" for code in ("de", "en", "fr", "it", "sl")]
    )
    made = client.post(
        reverse("workspace:lesson-new"),
        {**texts, "verdict": "works", "measure_type": "fair", "version": 0},
    )
    lesson = Lesson.objects.get()
    assert made.url == page_of(lesson)

    found = client.get(made.url, {"find": "demonstrator"})
    assert found.context["activities"] == [activity]
    client.post(made.url, {"do": "bear", "activity": activity.pk, "stance": "supports"})
    assert client.post(made.url, {"do": "publish"}).status_code == 422
    client.force_login(make_coder(project))
    client.post(made.url, {"do": "bear", "activity": activity.pk, "stance": "supports"})
    client.post(made.url, {"do": "suggest", "measure": "fair", "note": "owner first"})
    refused = client.post(made.url, {"do": "publish"})
    assert "No place is quoted, neither for the lesson nor" in refused.content.decode()
    make_quotation(make_document(), activity=activity, page=3)
    client.post(made.url, {"do": "publish"})

    lesson.refresh_from_db()
    assert lesson.is_published
    assert [tie.measure.key for tie in lesson.suggestions.all()] == ["fair"]
    client.post(made.url, {"do": "unsuggest", "measure": "fair"})
    client.post(made.url, {"do": "withdraw"})
    assert not lesson.suggestions.exists()
    assert Lesson.objects.published().count() == 0


@pytest.mark.usefixtures("coder")
def test_stance_of_the_other_shows_nowhere_before_both_have_spoken(client, project, activity):
    lesson = make_lesson()
    other = make_coder(project)
    bear(activity, lesson, "contradicts", other)

    evidence = client.get(page_of(lesson)).context["evidence"]

    [item] = evidence.waiting
    assert (item.stance, item.votes, item.own, item.may_vote) == ("", (), "", True)
    assert (evidence.supports, evidence.contradicts, evidence.mixed) == ([], [], [])


@pytest.mark.usefixtures("coder")
def test_third_person_settles_a_stance_by_the_page(client, project, activity):
    lesson = make_lesson()
    bear(activity, lesson, "contradicts", make_coder(project))
    bearing = bear(activity, lesson, "supports", make_coder(project))

    client.post(page_of(lesson), {"do": "settle", "bearing": bearing.pk, "stance": "mixed"})

    [item] = client.get(page_of(lesson)).context["evidence"].mixed
    assert [vote.stance for vote in item.votes] == ["contradicts", "supports", "mixed"]


def test_own_stance_is_taken_back(client, activity, coder):
    lesson = make_lesson()
    bearing = bear(activity, lesson, "contradicts", coder)

    client.post(page_of(lesson), {"do": "unbear", "bearing": bearing.pk})

    assert Bearing.objects.count() == 0


def test_both_sides_are_shown_and_an_answer_is_asked_for(client, project, coder):
    corpus = make_coded_corpus(project, initiatives=2, n_coders=1)
    lesson = make_lesson()
    good, bad = (i.activities.get() for i in corpus.initiatives.order_by("pk"))
    bear(good, lesson, "supports", coder)
    bear(bad, lesson, "contradicts", coder)

    page = client.get(page_of(lesson))

    evidence = page.context["evidence"]
    assert [item.activity for item in evidence.supports] == [good]
    assert [item.activity for item in evidence.contradicts] == [bad]
    assert "Nobody has answered this yet" in page.content.decode()


@pytest.mark.usefixtures("coder")
def test_only_coordinators_set_another_certainty(client, project, activity):
    lesson = make_lesson()
    for person in (make_coder(project), make_coder(project)):
        code(activity, person)
        bear(activity, lesson, "supports", person)
    graded = {"do": "grade", "grade": "C", "reason": "The evaluation was very thorough."}

    assert client.post(page_of(lesson), graded).status_code == 403
    client.force_login(make_user_with(Role.PARTNER_COORDINATOR, project=project))
    short = client.post(page_of(lesson), {**graded, "reason": "because"})
    done = client.post(page_of(lesson), graded)

    lesson.refresh_from_db()
    assert (short.status_code, done.status_code) == (422, 302)
    assert (lesson.grade, lesson.own_grade) == ("D", "C")
    client.post(page_of(lesson), {"do": "ungrade"})
    lesson.refresh_from_db()
    assert lesson.own_grade == ""


@pytest.mark.usefixtures("coder")
def test_two_editors_lose_nothing(client):
    lesson = make_lesson(statement={"en": "Fairs last"})
    address = reverse("workspace:lesson-edit", args=[lesson.key])
    form = client.get(address).context["form"]
    data = {"verdict": "works", "version": form.newest, "statement_en": "Fairs end"}

    assert client.post(address, data).status_code == 302
    conflict = client.post(address, {**data, "statement_en": "Fairs rest"})

    lesson.refresh_from_db()
    assert conflict.status_code == 422
    assert lesson.statement.inside("en") == "Fairs end"
    assert "Fairs rest" in conflict.content.decode()


@pytest.mark.usefixtures("coder")
def test_earlier_version_is_brought_back_by_the_page(client):
    lesson = make_lesson(statement={"en": "Fairs last"})
    client.post(
        reverse("workspace:lesson-edit", args=[lesson.key]),
        {"verdict": "works", "version": lesson.history.latest().pk, "statement_en": "Fairs end"},
    )
    versions = client.get(reverse("workspace:lesson-history", args=[lesson.key])).context[
        "versions"
    ]

    client.post(reverse("workspace:lesson-revert", args=[lesson.key, versions[-1].number]))

    lesson.refresh_from_db()
    assert lesson.statement.inside("en") == "Fairs last"


@pytest.mark.usefixtures("coder")
def test_list_finds_words_of_any_language(client):
    wanted = make_lesson(statement={"sl": "Sejmi trajajo"})
    make_lesson()

    rows = client.get(reverse("workspace:lessons"), {"q": "sejmi"}).context["rows"]

    assert [row.lesson for row in rows] == [wanted]
