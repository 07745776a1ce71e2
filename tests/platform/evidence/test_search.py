import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.platform.evidence.domain.search import Kind, search_evidence, similar_activities
from alpclusters.platform.evidence.domain.search.index import n_waiting, rebuild, refresh_all
from alpclusters.platform.evidence.domain.search.schema import row_of, thing_at
from alpclusters.platform.evidence.models import DocumentPage
from tests.factories.evidence import (
    make_activity,
    make_document,
    make_initiative,
    make_lesson,
    make_participation,
)


@pytest.mark.unit
@given(st.sampled_from(Kind), st.integers(1, 2**40))
def test_row_tells_kind_and_number_again(kind, number):
    assert thing_at(row_of(kind, number)) == (kind, number)


@pytest.mark.integration
@pytest.mark.django_db
class TestSearch:
    def test_finds_each_kind_by_its_texts(self):
        initiative = make_initiative(title={"en": "Lightweight bridges"})
        activity = make_activity(initiative, what={"fr": "Un démonstrateur de pont léger"})
        lesson = make_lesson(statement={"de": "Brücken halten mit Eigentümer"})
        document = make_document(title="Bridge report", initiatives=[initiative])
        page = DocumentPage.objects.create(document=document, number=3, text="pont et bridge")

        found = search_evidence("bridge", public_only=False)

        assert found.of(Kind.INITIATIVE) == [initiative.pk]
        assert found.of(Kind.DOCUMENT) == [document.pk]
        assert found.of(Kind.PAGE) == [page.pk]
        assert search_evidence("demonstrateur").of(Kind.ACTIVITY) == [activity.pk]
        assert search_evidence("bruecken").of(Kind.LESSON) == [lesson.pk]

    def test_word_of_the_field_finds_the_other_languages(self):
        activity = make_activity(what={"sl": "Vavčer za prve stike"})

        assert search_evidence("Gutschein").of(Kind.ACTIVITY) == [activity.pk]

    def test_finds_an_initiative_by_its_partner(self):
        initiative = make_initiative()
        make_participation(initiative, "Gipfelwerk Zentrum")

        assert search_evidence("gipfelwerk").of(Kind.INITIATIVE) == [initiative.pk]

    def test_visitor_finds_nothing_hidden(self):
        hidden = make_initiative(is_published=False, title={"en": "Glacier lab"})
        make_activity(hidden, name="Glacier days")
        make_activity(name="Glacier open", state="open")
        document = make_document(title="Glacier report", initiatives=[hidden])
        DocumentPage.objects.create(document=document, number=1, text="glacier")
        make_lesson(statement={"en": "Glacier lesson"}, is_published=False)

        assert search_evidence("glacier").n == 0
        assert search_evidence("glacier", public_only=False).n == 6

    def test_publishing_an_initiative_shows_its_activities(self):
        hidden = make_initiative(is_published=False)
        activity = make_activity(hidden, name="Glacier days")
        assert search_evidence("glacier").n == 0

        hidden.is_published = True
        hidden.save()

        assert search_evidence("glacier").of(Kind.ACTIVITY) == [activity.pk]

    def test_changed_and_deleted_things_are_found_as_they_are(self):
        initiative = make_initiative(title={"en": "Old words"})
        assert search_evidence("old").n == 1

        initiative.title = initiative.title.put({"en": "New words"})
        initiative.save()
        assert (search_evidence("old").n, search_evidence("new").n) == (0, 1)

        initiative.delete()
        assert search_evidence("new").n == 0

    def test_name_comes_before_text_and_newer_before_older(self):
        inside = make_initiative(aims={"en": "about timber"})
        older = make_initiative(title={"en": "Timber one"})
        newer = make_initiative(title={"en": "Timber two"})

        assert search_evidence("timber").of(Kind.INITIATIVE) == [newer.pk, older.pk, inside.pk]

    def test_rebuilt_index_finds_the_same(self):
        make_initiative(title={"en": "Timber one"})
        make_lesson(statement={"en": "Timber lasts"})
        before = [search_evidence("timber").of(kind) for kind in Kind]

        assert rebuild() == 2

        assert [search_evidence("timber").of(kind) for kind in Kind] == before
        assert n_waiting() == 0

    def test_search_reads_a_few_and_leaves_many_to_the_worker(self):
        for number in range(201):
            make_initiative(f"timber-{number}")

        found = search_evidence("timber")

        assert (len(found.of(Kind.INITIATIVE)), found.n_waiting) == (200, 1)
        assert refresh_all() == 1

    @pytest.mark.parametrize("text", ["", "  ", '"', "' OR 1=1 --", "a:b*", "(", "NEAR", "\x00"])
    def test_no_text_breaks_the_search(self, text):
        make_initiative(title={"en": "Timber"})

        assert search_evidence(text).of(Kind.LESSON) == []

    def test_triggers_are_there(self):
        if connection.vendor != "sqlite":
            pytest.skip("read from SQLite's own table")
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM sqlite_master WHERE name LIKE '%_search_%' "
                "AND type = 'trigger' AND name LIKE 'evidence%'"
            )
            assert cursor.fetchone() == (18,)


@pytest.mark.integration
@pytest.mark.django_db
class TestSimilarActivities:
    def test_activity_in_another_language_is_suggested_with_the_shared_word(self):
        own = make_activity(what={"de": "Gutschein für Erstkontakte im Ausland"})
        other = make_activity(what={"sl": "Vavčer za podjetja"})
        for _ in range(20):
            make_activity(what={"en": "Something else entirely"})

        found = similar_activities(own)

        assert [one.activity_id for one in found] == [other.pk]
        assert [(r.field, r.value.casefold()) for r in found[0].reasons] == [("word", "gutschein")]

    def test_same_type_is_alike_and_a_shared_payer_makes_it_more_so(self):
        own = make_activity(measure_type="sme_pilot", payer_after=["members"])
        first = make_activity(measure_type="sme_pilot")
        second = make_activity(measure_type="sme_pilot", payer_after=["members"])
        make_activity(payer_after=["members"])

        found = similar_activities(own)

        assert [one.activity_id for one in found] == [second.pk, first.pk]
        assert {r.field for r in found[0].reasons} == {"measure_type", "payer_after"}

    def test_own_initiative_and_uncoded_ones_are_left_out(self):
        initiative = make_initiative()
        own = make_activity(initiative, measure_type="sme_pilot")
        make_activity(initiative, measure_type="sme_pilot")
        make_activity(measure_type="sme_pilot", state="open")

        assert similar_activities(own) == []
