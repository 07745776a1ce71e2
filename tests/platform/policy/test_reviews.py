"""Translation status per field and language, tied to the source text it was made from."""

import pytest

from alpclusters.analysis.errors import InputError
from alpclusters.platform.policy.domain.editing.reviews import (
    completeness_of,
    review_language,
    review_text,
    reviewed_languages,
    text_statuses,
)
from alpclusters.platform.policy.domain.editing.things import RECOMMENDATION
from alpclusters.platform.policy.domain.recommendations import (
    edit_recommendation,
    write_recommendation,
)
from alpclusters.platform.policy.models import Recommendation
from tests.factories.accounts import make_user
from tests.factories.evaluation import NOW, make_project

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def one():
    texts = {
        "title_de": "Ein Titel",
        "title_sl": "Naslov",
        "text_de": "Vier Wörter sind hier",
        "source_language": "de",
    }
    return write_recommendation(make_project(), texts=texts, by=None, now=NOW)


def statuses(one, field="title"):
    one.refresh_from_db()
    return {
        s.language: str(s.status) for s in text_statuses(one, RECOMMENDATION) if s.field == field
    }


def edit(one, **changes):
    one.refresh_from_db()
    return edit_recommendation(one, changes, version=one.version, by=None, now=NOW)


def review(one, language="sl", field="title"):
    review_text(one, RECOMMENDATION, field, language, by=make_user(), now=NOW)


def test_original_draft_and_missing_are_told_apart(one):
    assert statuses(one) == {
        "de": "source",
        "en": "missing",
        "fr": "missing",
        "it": "missing",
        "sl": "draft",
    }


def test_person_reviews_a_translation_until_it_changes(one):
    review(one)
    assert statuses(one)["sl"] == "reviewed"

    edit(one, title_sl="Drug naslov")
    assert statuses(one)["sl"] == "draft"


def test_changed_original_makes_translations_outdated_with_what_they_were_made_from(one):
    review(one)
    edit(one, title_de="Anderer Titel")

    found = {s.language: s for s in text_statuses(one, RECOMMENDATION) if s.field == "title"}
    one.refresh_from_db()
    found = {s.language: s for s in text_statuses(one, RECOMMENDATION) if s.field == "title"}
    assert str(found["sl"].status) == "outdated"
    assert (found["sl"].made_from, found["sl"].source) == ("Ein Titel", "Anderer Titel")


def test_translation_nobody_reviewed_is_outdated_too(one):
    edit(one, title_de="Anderer Titel")

    assert statuses(one)["sl"] == "outdated"


def test_translation_changed_with_the_original_is_a_draft(one):
    edit(one, title_de="Anderer Titel", title_sl="Drug naslov")

    assert statuses(one)["sl"] == "draft"


def test_removed_translation_is_missing(one):
    review(one)
    edit(one, title_sl="")

    assert statuses(one)["sl"] == "missing"


def test_completeness_counts_fields_and_words_of_the_original(one):
    review(one)
    edit(one, text_sl="Štiri besede so tukaj")

    in_slovenian = completeness_of(
        text_statuses(Recommendation.objects.get(), RECOMMENDATION), ["sl"]
    )
    overall = completeness_of(text_statuses(Recommendation.objects.get(), RECOMMENDATION))

    assert (in_slovenian.n_fields, in_slovenian.n_reviewed) == (2, 1)
    assert (in_slovenian.n_words, in_slovenian.n_words_reviewed) == (6, 2)
    assert in_slovenian.share == pytest.approx(1 / 3)
    assert (overall.n_fields, overall.n_words) == (8, 24)


def test_language_is_reviewed_at_once_and_then_complete(one):
    edit(one, text_sl="Štiri besede so tukaj")
    current = Recommendation.objects.get()

    assert review_language(current, RECOMMENDATION, "sl", by=None, now=NOW) == 2
    assert reviewed_languages(text_statuses(current, RECOMMENDATION)) == ("de", "sl")


@pytest.mark.parametrize(
    ("field", "language", "code"),
    [
        ("title", "de", "is_source"),
        ("title", "it", "missing"),
        ("title", "xx", "unknown"),
        ("level", "sl", "unknown"),
    ],
)
def test_what_is_no_translation_is_not_reviewed(one, field, language, code):
    with pytest.raises(InputError, match=f"text.{code}"):
        review(one, language, field)
