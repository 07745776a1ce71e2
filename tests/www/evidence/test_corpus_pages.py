import pytest
from django.urls import reverse

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.evidence.models import Corpus
from tests.factories.accounts import make_user_with
from tests.factories.coding import make_codebook, make_coded_corpus, make_coder, make_initiative
from tests.factories.evaluation import make_project

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def project():
    return make_project(kind="demonstration")


@pytest.fixture
def keeper(client, project):
    person = make_user_with(Role.PARTNER_COORDINATOR, project=project)
    client.force_login(person)
    return person


@pytest.mark.usefixtures("keeper")
def test_coordinator_makes_a_corpus_and_fills_it_by_a_filter(client, project):
    book = make_codebook()
    wood, steel = make_initiative(title="Timber"), make_initiative(title="Steel")
    real = make_initiative(title="Timber, really", is_simulated=False)
    new = {"project": project.pk, "name": "Ridges", "n_coders": "2", "codebook": book.pk}

    made = client.post(reverse("workspace:corpus-new"), new)
    corpus = Corpus.objects.get()
    assert made.url == reverse("workspace:corpus-initiatives", args=[corpus.slug])

    found = client.get(f"{made.url}?words=timber")
    assert list(found.context["page"]) == [wood]
    client.post(f"{made.url}?words=timber", {"do": "all"})
    client.post(made.url, {"do": "add", "initiative": [steel.pk, real.pk]})
    assert set(corpus.initiatives.all()) == {wood, steel}

    client.post(made.url, {"do": "remove", "initiative": wood.pk})
    assert list(corpus.initiatives.all()) == [steel]


@pytest.mark.usefixtures("keeper")
def test_corpus_of_another_project_is_not_made(client):
    new = {
        "project": make_project().pk,
        "name": "x",
        "n_coders": "2",
        "codebook": make_codebook().pk,
    }

    assert client.post(reverse("workspace:corpus-new"), new).status_code == 422
    assert Corpus.objects.count() == 0


@pytest.mark.usefixtures("keeper")
def test_number_of_coders_changes_by_the_page(client, project):
    corpus = make_coded_corpus(project)
    changed = {"name": "Peaks", "n_coders": "1", "codebook": corpus.codebook.pk}

    client.post(reverse("workspace:corpus-edit", args=[corpus.slug]), changed)

    corpus.refresh_from_db()
    assert (corpus.name, corpus.n_coders) == ("Peaks", 1)


def test_coder_sees_progress_but_keeps_no_corpus(client, project):
    corpus = make_coded_corpus(project)
    client.force_login(make_coder(project))

    assert client.get(reverse("workspace:evidence")).status_code == 200
    page = client.get(reverse("workspace:corpus", args=[corpus.slug]))
    assert (page.status_code, page.context["may_keep"]) == (200, False)
    for name in ("corpus-edit", "corpus-initiatives"):
        assert client.get(reverse(f"workspace:{name}", args=[corpus.slug])).status_code == 403
    assert client.get(reverse("workspace:corpus-new")).status_code == 403
