"""The seeded evidence base: loaded once, tied, never over people; its demonstration."""

import pytest
from django.conf import settings
from django.utils.translation import override

from alpclusters.platform.evidence.domain.demonstration import (
    QUOTED,
    QUOTED_PAGE,
    create_demonstration,
    remove_demonstration,
)
from alpclusters.platform.evidence.domain.documents.files import file_path
from alpclusters.platform.evidence.domain.seeding import load_seeds
from alpclusters.platform.evidence.models import (
    Activity,
    Bearing,
    Coding,
    Corpus,
    Document,
    Initiative,
    Lesson,
    Participation,
    Quotation,
)
from alpclusters.platform.history import sign
from alpclusters.platform.measures.domain.seeding import load_seeds as load_measures
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.worlds import crossings
from alpclusters.sources.written_documents import read_pages
from tests.factories.accounts import make_user
from tests.factories.partnership import make_project
from tests.factories.texts import change_texts

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
COUNTED = (Initiative, Participation, Document, Activity, Quotation, Lesson, Bearing)


@pytest.fixture
def seeded():
    load_measures()
    load_seeds()


def counts():
    ties = Document.measures.through.objects.count(), Document.initiatives.through.objects.count()
    return [model.objects.count() for model in COUNTED] + list(ties)


@pytest.mark.usefixtures("seeded")
def test_loading_again_changes_nothing(django_assert_max_num_queries):
    before = counts()
    versions = Initiative.history.count(), Lesson.history.count(), Document.history.count()

    with django_assert_max_num_queries(40):
        load_seeds()

    assert before[0] == 145
    assert counts() == before
    after = Initiative.history.count(), Lesson.history.count(), Document.history.count()
    assert after == versions


@pytest.mark.usefixtures("seeded")
def test_everything_seeded_is_unverified_and_says_where_it_comes_from():
    assert set(Initiative.objects.values_list("standing", flat=True)) == {"unverified"}
    assert set(Document.objects.values_list("standing", flat=True)) == {"unverified"}
    assert not Initiative.objects.filter(documents=None).exists()
    assert not Activity.objects.filter(quotations=None).exists()
    assert not Lesson.objects.filter(quotations=None).exists()
    assert set(Activity.objects.values_list("is_seeded", "state")) == {(True, "once")}


@pytest.mark.usefixtures("seeded")
def test_from_each_type_of_measure_a_source_is_one_step_away():
    assert Measure.objects.count() == 26
    assert not Measure.objects.filter(described_in=None).exists()


@pytest.mark.usefixtures("seeded")
def test_dates_say_how_exact_they_are_and_money_is_in_cents():
    project = Initiative.objects.get(key="alpclusters-2020")
    other = Initiative.objects.get(key="s3-4alpclusters")

    assert (str(project.start), project.start_precision) == ("2013-09-01", "month")
    assert (str(project.end), project.end_precision) == ("2014-11-30", "month")
    assert (other.end_precision, other.budget_cents, other.eu_cents) == (
        "day",
        252_196_400,
        192_950_000,
    )
    assert Initiative.objects.get(key="cloe-1").start_precision == "year"


@pytest.mark.usefixtures("seeded")
def test_declared_families_hang_together_and_lessons_are_only_as_strong_as_their_facts():
    def family(key):
        return Initiative.objects.get(key=key).family

    assert family("bioxclusters") == family("bioxclusters-plus")
    assert family("ecei") == family("eucles")
    # Of both only the lead is known, and it is the same: that makes no family.
    assert family("danubiovalnet") != family("ardia-net")
    assert set(Lesson.objects.values_list("grade", flat=True)) == {"D", "none"}


@pytest.mark.usefixtures("seeded")
def test_what_a_person_changed_or_deleted_stays_so():
    person = make_user()
    changed = Initiative.objects.get(key="clustrat")
    changed.topic = changed.topic.put({"sl": "popravljeno"})
    sign(changed, person)
    changed.save()
    Initiative.objects.get(key="greta").delete()

    load_seeds()

    assert Initiative.objects.get(key="clustrat").topic.inside("sl") == "popravljeno"
    assert not Initiative.objects.filter(key="greta").exists()


@pytest.mark.usefixtures("seeded")
def test_facts_that_changed_in_the_table_reach_rows_nobody_touched():
    change_texts(Initiative.objects.filter(key="clustrat"), topic={"de": "alt"})

    load_seeds()

    assert Initiative.objects.get(key="clustrat").topic.inside("de") != "alt"


@pytest.mark.usefixtures("seeded")
def test_demonstration_is_simulated_coded_twice_and_has_one_open_disagreement():
    corpus = create_demonstration(make_project(kind="demonstration"))

    made = Initiative.objects.filter(corpora=corpus)
    assert set(made.values_list("is_simulated", flat=True)) == {True}
    for language, word in [("de", "simuliert"), ("sl", "simulirano"), ("fr", "simulé")]:
        with override(language):
            assert all(word in initiative.title for initiative in made.all())
    states = Activity.objects.filter(initiative__in=made).values_list("state", flat=True)
    assert sorted(states) == ["disputed"] + ["settled"] * 19
    lessons = Lesson.objects.filter(is_simulated=True).order_by("pk")
    assert [lesson.grade for lesson in lessons] == ["B", "B", "A", "C"]
    assert list(lessons[0].measures.values_list("key", flat=True)) == ["sme_pilot"]


@pytest.mark.usefixtures("seeded")
def test_the_project_works_with_70_initiatives_all_of_them_invented():
    project = make_project(kind="demonstration")
    create_demonstration(project)

    found = Initiative.objects.filter(corpora__project=project).distinct()
    assert found.count() == 70
    assert not found.filter(is_simulated=False).exists()
    assert not Coding.objects.filter(activity__initiative__is_simulated=False).exists()
    assert crossings() == []


@pytest.mark.usefixtures("seeded")
def test_report_of_the_demonstration_is_a_pdf_with_the_quoted_words_on_their_page():
    create_demonstration(make_project(kind="demonstration"))
    report = Document.objects.get(is_simulated=True, key="simulated-ridge-report")

    found = read_pages(file_path(report), "pdf", name="r.pdf", first=1, last=9)

    assert found.n_pages == report.n_pages == 2
    assert QUOTED in " ".join(found.pages[QUOTED_PAGE - 1].text.split())
    assert all("simulirano" in page.text.lower() for page in found.pages)
    assert str(file_path(report)).startswith(str(settings.MEDIA_ROOT))


@pytest.mark.usefixtures("seeded")
def test_removing_the_demonstration_leaves_only_the_seeds():
    before, project = counts(), make_project(kind="demonstration")
    create_demonstration(project)
    path = file_path(Document.objects.get(is_simulated=True, key="simulated-ridge-report"))

    remove_demonstration(project)

    assert counts() == before
    assert (Coding.objects.count(), Corpus.objects.count(), path.exists()) == (0, 0, False)
