"""A text in five languages: one column, read in the reader's language, nothing of it lost."""

import copy
import pickle

import pytest
from django.core import serializers
from django.core.exceptions import FieldError, ValidationError
from django.db.models import Q
from django.db.models.functions import Length
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.platform.languages.codes import LANGUAGE_CODES, fallbacks
from alpclusters.platform.languages.text import Text, differences, read_input, write_input
from alpclusters.platform.territory.models import ProgrammeArea, ProgrammeAreaRegion

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

TEXTS = {"de": "Lösung", "en": "Solution", "sl": "Rešitev"}
by_language = st.dictionaries(st.sampled_from(LANGUAGE_CODES), st.text(max_size=20))


def area(key: str = "one", **texts: object) -> ProgrammeArea:
    return ProgrammeArea.objects.create(key=key, period="2021-2027", nuts_vintage=2021, **texts)


def read_back(key: str = "one") -> ProgrammeArea:
    return ProgrammeArea.objects.get(key=key)


# ---- the value -----------------------------------------------------------------------------------


@given(by_language, st.sampled_from(LANGUAGE_CODES))
def test_a_reader_gets_the_own_language_or_the_next_that_has_a_text(texts, reader):
    wanted = next((texts[code] for code in fallbacks(reader) if texts.get(code)), "")

    text = Text(texts, reader)

    assert (str(text), f"{text}") == (wanted, wanted)
    assert text.by_language == {code: one for code, one in texts.items() if one}
    assert set(text.missing()) == set(LANGUAGE_CODES) - set(text.by_language)


@given(by_language, st.sampled_from(LANGUAGE_CODES))
def test_copies_and_pickles_keep_all_languages(texts, reader):
    text = Text(texts, reader)

    for same in (copy.copy(text), copy.deepcopy(text), pickle.loads(pickle.dumps(text))):  # noqa: S301 - ours
        assert (same, same.asked, same.by_language) == (text, reader, text.by_language)


def test_two_texts_are_equal_in_all_languages_and_words_in_what_is_shown():
    text = Text(TEXTS, "de")

    assert text == "Lösung"
    assert text == Text(TEXTS, "en")
    assert text == {**TEXTS, "fr": ""}
    assert text != Text({"de": "Lösung"}, "de")
    assert hash(text) == hash("Lösung")


# ---- the column ----------------------------------------------------------------------------------


@given(by_language)
def test_what_is_stored_is_read_in_every_language(texts):
    ProgrammeArea.objects.all().delete()
    area(name=texts)

    kept = read_back()

    for code in LANGUAGE_CODES:
        with override(code):
            assert kept.name == Text(texts, code)
            assert str(kept.name) == str(Text(texts, code))


def test_words_set_the_language_that_is_active_and_leave_the_others():
    row = area(name=TEXTS)
    with override("fr"):
        row.name = "Solution (fr)"
    row.save()

    assert read_back().name.by_language == {**TEXTS, "fr": "Solution (fr)"}


def test_words_set_in_a_row_whose_text_was_not_read_leave_the_others():
    area(name=TEXTS)
    [row] = ProgrammeArea.objects.defer("name")
    with override("fr"):
        row.name = "Solution (fr)"
    row.save()

    assert read_back().name.by_language == {**TEXTS, "fr": "Solution (fr)"}


def test_a_text_read_under_one_language_is_in_the_other_afterwards():
    row = area(name=TEXTS)
    with override("de"):
        assert row.name == "Lösung"
    with override("sl"):
        assert (row.name, row.name.language) == ("Rešitev", "sl")
    with override("it"):
        assert (row.name, row.name.language) == ("Solution", "en")


def test_rows_keep_all_languages_on_every_way_that_django_carries_values():
    row = area(name=TEXTS, note={"de": "so"})
    row.refresh_from_db()
    row.full_clean()
    row.save()
    ProgrammeArea.objects.bulk_update([row], ["name", "note"])
    ProgrammeArea.objects.filter(pk=row.pk).update(name={**TEXTS, "it": "Soluzione"})
    [deferred] = ProgrammeArea.objects.defer("name")
    file = serializers.serialize("json", [deferred])
    ProgrammeArea.objects.all().delete()
    for one in serializers.deserialize("json", file):
        one.save()

    assert read_back().name.by_language == {**TEXTS, "it": "Soluzione"}
    assert read_back().note.by_language == {"de": "so"}


def test_words_without_a_language_are_not_stored():
    area(name=TEXTS)
    with pytest.raises(TypeError, match="name: a plain text has no language"):
        ProgrammeArea.objects.update(name="Solution")


def test_a_text_that_is_too_long_in_one_language_is_refused():
    row = area(name={"de": "kurz"})
    row.name = {"de": "kurz", "sl": "x" * 121}

    with pytest.raises(ValidationError, match="at most 120"):
        row.full_clean()
    with pytest.raises(ValueError, match="name: more than 120 letters in sl"):
        row.save()


def test_a_name_is_needed_in_one_language():
    row = area(name={"sl": "Ime"})
    row.full_clean()

    row.name = {}
    with pytest.raises(ValidationError, match="cannot be blank"):
        row.full_clean()


# ---- queries -------------------------------------------------------------------------------------


def test_a_query_asks_one_language_or_what_is_shown():
    area(name=TEXTS)
    area("two", name={"de": "Öffnung"})
    with override("fr"):
        assert keys(name__shown="Solution") == ["one"]
        assert keys(name__shown="Öffnung") == ["two"]
        assert keys(name__shown__icontains="UTION") == ["one"]
    assert keys(name__de__contains="ös") == ["one"]
    assert keys(name__en="") == ["two"]
    assert keys(Q(name__sl="Rešitev") | Q(name__sl="")) == ["one", "two"]


def test_a_query_finds_rows_without_a_language():
    area(name=TEXTS)
    area("two", name={"de": "Öffnung", "fr": "Ouverture"})

    found = ProgrammeArea.objects.exclude(name__has_key="fr").values_list("key", flat=True)

    assert list(found) == ["one"]


def test_rows_are_sorted_and_read_by_what_is_shown_over_relations_too():
    for key, name in (
        ("one", {"de": "b", "en": "a"}),
        ("two", {"de": "a"}),
        ("three", {"sl": "c"}),
    ):
        row = area(key, name=name)
        ProgrammeAreaRegion.objects.create(area=row, code="AT32", status="verified", source="x")
    order = ProgrammeAreaRegion.objects.order_by("area__name__shown", "area__key")
    with override("de"):
        assert list(order.values_list("area__name__shown", flat=True)) == ["a", "b", "c"]
        assert [row.area.key for row in order] == ["two", "one", "three"]
    with override("en"):
        assert [row.area.key for row in order.all()] == ["one", "two", "three"]
        longest = ProgrammeArea.objects.annotate(n=Length("name__shown")).latest("n")
    assert longest.key in {"one", "two", "three"}


def test_the_language_is_taken_when_the_query_runs():
    area(name=TEXTS)
    with override("de"):
        found = ProgrammeArea.objects.filter(name__shown="Rešitev")
    with override("sl"):
        assert found.count() == 1


@pytest.mark.parametrize("lookup", ["name", "name__icontains", "name__in"])
def test_the_whole_column_is_not_compared_with_words(lookup):
    with pytest.raises(FieldError, match=r"write name__shown or name__en"):
        list(ProgrammeArea.objects.filter(**{lookup: "Solution"}))


def keys(*asked: Q, **lookups: object) -> list[str]:
    found = ProgrammeArea.objects.filter(*asked, **lookups).order_by("pk")
    return list(found.values_list("key", flat=True))


# ---- what a text answers ---------------------------------------------------------------------


def test_a_text_gives_each_language_filled_or_empty_and_takes_new_ones():
    text = Text(TEXTS, "fr")

    assert text.each() == {"de": "Lösung", "en": "Solution", "fr": "", "it": "", "sl": "Rešitev"}
    assert text.filled() == {**text.each(), "fr": "Solution", "it": "Solution"}
    assert text.put({"fr": "Solution", "sl": ""}).by_language == {
        "de": "Lösung", "en": "Solution", "fr": "Solution",
    }  # fmt: skip
    assert (text.foreign, text.read_in("de").foreign, Text({}).foreign) == ("en", "", "")


def test_two_versions_differ_in_languages_and_other_values_as_a_whole():
    before, after = Text(TEXTS), Text({**TEXTS, "sl": "", "fr": "Issue"})

    assert list(differences(before, after)) == [("fr", "", "Issue"), ("sl", "Rešitev", "")]
    assert list(differences("", None)) == []
    assert list(differences(1, 2)) == [("", 1, 2)]


def test_one_language_is_read_and_written_by_the_name_of_its_input():
    one = area(name=TEXTS)

    write_input(one, "name_sl", "Novo")
    write_input(one, "name_de", None)
    write_input(one, "key", "other")

    assert one.name.by_language == {"en": "Solution", "sl": "Novo"}
    assert [read_input(one, name) for name in ("name_sl", "name_de", "key")] == [
        "Novo",
        "",
        "other",
    ]
