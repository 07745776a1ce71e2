"""The codebook by its pages: read by everybody, taken away, changed by coordinators."""

import csv
import io
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.evidence.domain.codebook.editing import begin_draft, load, publish_draft
from alpclusters.platform.evidence.domain.codebook.reading import current_codebook
from alpclusters.platform.evidence.models import Code, Codebook
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from tests.factories.accounts import make_user_with
from tests.factories.evaluation import make_project
from tests.factories.evidence import NOW
from tests.factories.texts import typed

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def book():
    return load()


@pytest.fixture
def keeper(client):
    person = make_user_with(Role.PARTNER_COORDINATOR, project=make_project())
    client.force_login(person)
    return person


def text(response):
    return response.content.decode()


def page(client, **query):
    return text(client.get(reverse("public:codebook"), query))


def code_of(book, field, key):
    return Code.objects.get(codebook=book, field=field, key=key)


@pytest.mark.usefixtures("book")
def test_page_shows_every_field_with_definition_example_and_counter_example(client):
    shown = page(client)

    assert "Members pay a part" in shown
    assert "Each firm bore a third of the fair stand." in shown
    assert 'id="outcome_months"' in shown
    assert "Compare with" not in shown


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize("query", [{"version": "2"}, {"version": "x"}, {"against": "99999"}])
def test_version_that_is_not_published_is_not_found(client, query):
    begin_draft(by=None)

    assert client.get(reverse("public:codebook"), query).status_code == 404


def test_without_seeds_the_page_is_not_found(client):
    assert client.get(reverse("public:codebook")).status_code == 404


@pytest.mark.usefixtures("book")
def test_files_hold_all_codes_in_five_languages(client):
    answer = client.get(reverse("public:codebook-export", args=["csv"]))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    record = json.loads(client.get(reverse("public:codebook-export", args=["json"])).content)

    assert len(rows) == 53
    assert all(row[f"definition_{code}"] for row in rows for code in LANGUAGE_CODES)
    assert [field["name"] for field in record["fields"]][:2] == ["measure_type", "scope"]
    assert record["fields"][1]["label"]["sl"] == record["fields"][1]["label"]["sl"].strip() != ""
    assert client.get(reverse("public:codebook-export", args=["exe"])).status_code == 404


def test_coordinator_changes_words_splits_a_code_and_publishes(client, book, keeper):
    client.post(reverse("workspace:codebook-begin"))
    draft = Codebook.objects.get(number=2)
    new = {"key": "fair_cancelled"}
    for code in LANGUAGE_CODES:
        new |= {f"label_{code}": "Fair cancelled", f"definition_{code}": "The fair did not happen."}
    client.post(reverse("workspace:codebook-code-new", args=["failure_reasons"]), new)
    old = code_of(draft, "failure_reasons", "no_owner")
    words = typed({name: getattr(old, name) for name in CODE_TEXTS})
    words["definition_en"] = "<b>Nobody</b>"
    client.post(reverse("workspace:codebook-code", args=[old.pk]), words)
    language = code_of(draft, "failure_reasons", "language")
    client.post(reverse("workspace:codebook-code-retire", args=[language.pk]), {"into": ["other"]})

    before = text(client.get(reverse("workspace:codebook-publish")))
    client.post(reverse("workspace:codebook-publish"))

    assert "Read as: Something else." in before
    current = current_codebook()
    assert (current.number, current.published_by) == (2, keeper)
    client.logout()
    shown = page(client, against=str(book.number))
    assert "Fair cancelled" in shown
    assert "&lt;b&gt;Nobody&lt;/b&gt;" in shown
    assert "no longer in use" in shown
    assert "Language" not in [code.label for code in current.codes.filter(is_retired=False)]
    assert "This is an older version." in page(client, version="1")


@pytest.mark.usefixtures("book", "keeper")
def test_refusals_are_sentences_and_keep_what_was_written(client):
    client.post(reverse("workspace:codebook-begin"))
    sent = {"key": "Not a key", "label_en": "Kept"}

    answer = client.post(reverse("workspace:codebook-code-new", args=["scope"]), sent)
    incomplete = {"key": "overseas", "label_en": "Overseas"}
    client.post(reverse("workspace:codebook-code-new", args=["scope"]), incomplete)
    refused = client.post(reverse("workspace:codebook-publish"))

    assert answer.status_code == 422
    assert "cannot be a key" in text(answer)
    assert "Kept" in text(answer)
    assert refused.status_code == 422
    assert "overseas" in text(refused)
    url = reverse("workspace:codebook-code-new", args=["context"])
    assert client.get(url).status_code == 404


@pytest.mark.usefixtures("book", "keeper")
def test_draft_is_thrown_away_and_words_are_brought_back(client):
    draft = begin_draft(by=None)
    code = code_of(draft, "scope", "transnational")
    first = code.history.latest().pk
    client.post(reverse("workspace:codebook-code", args=[code.pk]), {"label_en": "Wrong"})
    assert code_of(draft, "scope", "transnational").label.inside("en") == "Wrong"

    client.post(reverse("workspace:codebook-code-revert", args=[code.pk, first]))
    assert code_of(draft, "scope", "transnational").label.inside("en") == "Transnational"

    client.post(reverse("workspace:codebook-discard"))
    assert Codebook.objects.count() == 1
    assert client.get(reverse("workspace:codebook-edit")).status_code == 404


@pytest.mark.usefixtures("book", "keeper")
def test_list_of_versions_asks_as_many_questions_for_three_as_for_one(
    client, django_assert_num_queries
):
    client.get(reverse("workspace:codebook"))
    url = reverse("workspace:codebook")
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    for _ in range(2):
        publish_draft(begin_draft(by=None), by=None, now=NOW)

    with django_assert_num_queries(len(one)):
        client.get(url)


CODE_TEXTS = ("label", "definition", "example", "counter_example")
