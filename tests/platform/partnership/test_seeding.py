import pytest
from django.utils import translation

from alpclusters.platform.partnership.domain.demonstration import create_demonstration_project
from alpclusters.platform.partnership.domain.seeding import HISTORIC_SLUG, load_seeds
from alpclusters.platform.partnership.models import Project, ProjectFact
from tests.factories.accounts import make_user
from tests.factories.texts import change_texts

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
TABLES = (Project, ProjectFact)


@pytest.fixture
def historic():
    load_seeds()
    return Project.objects.get(slug=HISTORIC_SLUG)


@pytest.mark.usefixtures("historic")
def test_loading_twice_gives_the_same_rows():
    first = [list(t.objects.order_by("pk").values()) for t in TABLES]

    load_seeds()

    assert [list(t.objects.order_by("pk").values()) for t in TABLES] == first


def test_months_of_the_source_do_not_become_days(historic):
    assert not historic.is_precise_to_day
    assert (str(historic.starts_on), str(historic.ends_on)) == ("2013-09-01", "2014-11-30")


def test_what_nobody_knows_has_no_value(historic):
    unknown = historic.facts.filter(status="unknown")

    assert unknown.filter(key="budget").exists()
    assert {f.value for f in unknown} == {""}


def test_fact_a_person_changed_stays(historic):
    fact = historic.facts.get(key="aim_1")
    fact.value = fact.value.put({"de": "Von Hand geändert"})
    fact._history_user = make_user()
    fact.save()

    load_seeds()

    assert ProjectFact.objects.get(pk=fact.pk).value.inside("de") == "Von Hand geändert"


def test_fact_nobody_touched_follows_the_table(historic):
    fact = historic.facts.get(key="aim_1")
    wanted = fact.value.inside("de")
    change_texts(ProjectFact.objects.filter(pk=fact.pk), value={"de": "älter"})

    load_seeds()

    assert ProjectFact.objects.get(pk=fact.pk).value.inside("de") == wanted


@pytest.mark.usefixtures("historic")
def test_demonstration_project_says_in_every_language_that_it_is_simulated():
    project = create_demonstration_project()

    assert project.is_simulated
    assert create_demonstration_project() == project
    words = {"de": "simul", "en": "simul", "fr": "simul", "it": "simul", "sl": "simul"}
    for code, word in words.items():
        with translation.override(code):
            assert word in project.name.lower()
