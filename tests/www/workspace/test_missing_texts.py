"""Which texts lack a language: counted by subject, with the way to where they are written."""

import pytest
from django.urls import reverse

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.languages.missing import count_missing, missing_of, rows_lacking
from alpclusters.platform.measures.models import Measure
from alpclusters.www.workspace.missing_texts import SUBJECTS
from tests.factories.accounts import make_user_with
from tests.factories.evaluation import make_project
from tests.factories.evidence import make_lesson
from tests.factories.measures import make_measure

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

PAGE = "/en/workspace/missing-texts/"
TEXTS = ("name", "description")
# The session, the person and the roles.
WHO_ASKS = 3


@pytest.fixture
def administrator(client):
    person = make_user_with(Role.ADMINISTRATOR)
    client.force_login(person)
    return person


def counts(page):
    none = {one.key: dict.fromkeys(LANGUAGE_CODES, 0) for one in SUBJECTS}
    return none | {
        line.subject.key: {cell.code: cell.n for cell in line.cells}
        for line in page.context["lines"]
    }


def empty(*codes):
    return dict.fromkeys(codes, "")


def test_a_text_is_missing_where_another_language_has_it():
    Measure.objects.all().delete()
    lacking = make_measure(name=empty("sl", "fr"), description=empty("sl"))
    make_measure(description=empty(*LANGUAGE_CODES))

    found = count_missing(Measure.objects.all(), TEXTS)

    assert found == {"de": 0, "en": 0, "fr": 1, "it": 0, "sl": 2}
    assert missing_of(lacking, TEXTS) == ["fr", "sl"]
    assert [*rows_lacking(Measure.objects.all(), TEXTS, "sl")] == [lacking]
    assert [*rows_lacking(Measure.objects.all(), TEXTS, "de")] == []


@pytest.mark.usefixtures("administrator")
def test_each_subject_is_counted_and_its_rows_lead_to_where_they_are_written(client):
    before = counts(client.get(PAGE))
    measure = make_measure(name=empty("sl"))
    lesson = make_lesson(statement={"de": "Messen wirken"}, condition={}, answer={})

    after = counts(client.get(PAGE))
    of_measures = client.get(PAGE, {"subject": "measures", "language": "sl"})
    of_lessons = client.get(PAGE, {"subject": "lessons", "language": "it"})

    added = {
        key: {code: n - before[key][code] for code, n in line.items()}
        for key, line in after.items()
    }
    assert added["measures"] == {"de": 0, "en": 0, "fr": 0, "it": 0, "sl": 1}
    assert added["lessons"] == {"de": 0, "en": 1, "fr": 1, "it": 1, "sl": 1}
    rows = {row.address: row.missing for row in of_measures.context["page"].object_list}
    assert rows[reverse("workspace:measure_edit", args=[measure.key])] == ["sl"]
    assert reverse("workspace:lesson-edit", args=[lesson.key]) in of_lessons.content.decode()


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda one: one.key)
def test_every_subject_has_texts_and_leaves_only_some_of_them(subject):
    assert subject.texts
    assert len({*subject.texts, *subject.leaves}) == len(subject.texts) + len(subject.leaves)


@pytest.mark.usefixtures("administrator")
@pytest.mark.parametrize("query", [{"subject": "x", "language": "sl"}, {"subject": "measures"}])
def test_a_choice_that_is_none_shows_the_counts_only(client, query):
    page = client.get(PAGE, query)

    assert page.status_code == 200
    assert "page" not in page.context


@pytest.mark.usefixtures("administrator")
def test_what_is_complete_stands_in_one_sentence_and_zeros_nowhere(client):
    Measure.objects.all().delete()
    make_measure()
    before = client.get(PAGE)
    make_measure(name=empty("sl"))

    after = client.get(PAGE)

    assert "Measures" in before.context["complete"]
    assert "Measures" not in after.context["complete"]
    (line,) = [one for one in after.context["lines"] if one.subject.key == "measures"]
    assert [cell.n for cell in line.cells] == [0, 0, 0, 0, 1]
    assert ">0<" not in after.content.decode()


@pytest.mark.usefixtures("administrator")
def test_a_complete_subject_says_so(client):
    page = client.get(PAGE, {"subject": "approaches", "language": "de"})

    assert "Every text of this subject is written in this language." in page.content.decode()


def test_others_do_not_see_it(client):
    assert client.get(PAGE).status_code == 302
    client.force_login(make_user_with(Role.PARTNER_COORDINATOR, project=make_project()))
    assert client.get(PAGE).status_code == 403


@pytest.mark.usefixtures("administrator")
@pytest.mark.parametrize("n", [1, 4])
def test_counting_asks_once_for_each_subject(client, django_assert_num_queries, n):
    for _ in range(n):
        make_measure(name=empty("sl"))
    client.get(PAGE)

    with django_assert_num_queries(len(SUBJECTS) + WHO_ASKS):
        client.get(PAGE)
