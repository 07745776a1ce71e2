import pytest

from alpclusters.platform.measures.domain.editing import (
    change_measure,
    missing_languages,
    revert_measure,
    versions,
)
from alpclusters.platform.measures.domain.facets import FACETS, facet_name, facet_values
from alpclusters.platform.measures.domain.seeding import load_seeds
from alpclusters.platform.measures.models import Measure
from tests.factories.accounts import make_user
from tests.factories.measures import make_measure

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_catalogue_loaded_twice_has_26_types_and_the_same_rows():
    load_seeds()
    first = list(Measure.objects.order_by("pk").values())

    load_seeds()

    assert len(first) == 26
    assert list(Measure.objects.order_by("pk").values()) == first


def test_text_a_person_changed_survives_the_next_loading():
    load_seeds()
    measure = Measure.objects.get(key="sme_pilot")
    change_measure(measure, texts={"name": measure.name.put({"sl": "Pilot z MSP"})}, by=make_user())

    load_seeds()

    assert Measure.objects.get(key="sme_pilot").name.inside("sl") == "Pilot z MSP"


def test_change_is_kept_with_its_author_and_what_it_changed():
    measure, editor = make_measure(), make_user()
    before = measure.name.inside("de")

    assert change_measure(measure, texts={"name": measure.name.put({"de": "Neu"})}, by=editor)

    newest, first = versions(measure)
    assert [(c.field, c.language, c.before, c.after) for c in newest.changes] == [
        ("name", "de", before, "Neu")
    ]
    assert (newest.made_by, first.is_first) == (str(editor), True)


def test_nothing_changed_makes_no_version():
    measure = make_measure()

    assert not change_measure(measure, texts={"name": measure.name.by_language}, by=make_user())

    assert len(versions(measure)) == 1


def test_only_editable_fields_are_taken():
    with pytest.raises(ValueError, match="type_key"):
        change_measure(make_measure(), texts={"type_key": "other"}, by=make_user())


def test_reverting_brings_all_texts_back_and_keeps_the_version_between():
    measure, editor = make_measure(), make_user()
    before = (measure.name.inside("de"), measure.description.inside("fr"))
    texts = {"name": {"de": "Neu"}, "description": {"fr": "Nouveau"}}
    change_measure(measure, texts=texts, by=editor)
    first = measure.history.last().history_id

    assert revert_measure(measure, history_id=first, by=editor)

    fresh = Measure.objects.get(pk=measure.pk)
    assert (fresh.name.inside("de"), fresh.description.inside("fr")) == before
    assert len(versions(fresh)) == 3


def test_version_of_another_measure_is_refused():
    measure, other = make_measure(), make_measure()

    assert not revert_measure(measure, history_id=other.history.get().pk, by=make_user())


def test_missing_languages_are_named():
    assert missing_languages(make_measure(name={"sl": ""}, description={"fr": ""})) == ["fr", "sl"]


def test_every_facet_of_the_catalogue_has_a_word():
    load_seeds()

    for facet in FACETS:
        known = {v.key for v in facet_values(facet)}
        assert set(Measure.objects.values_list(facet, flat=True)) == known
    assert facet_name("phase", "entry", "de") == "Einstieg"
    assert facet_name("phase", "nowhere", "de") == "nowhere"
