"""Postings are found in the reader's words, whatever language they were written in."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.network.domain.postings.finding import (
    Facet,
    PostingQuery,
    find_postings,
    words_of_posting,
)
from alpclusters.platform.network.models import Posting
from tests.factories.introductions import make_side
from tests.factories.postings import NOW, make_published

TODAY = NOW.date()
TIMBER = {
    "de": ("Holzbau gesucht", "Wir suchen Betriebe, die Häuser aus Holz bauen."),
    "en": ("Timber builders wanted", "We look for firms that build houses of wood."),
    "fr": ("Recherche bois", "Nous cherchons des entreprises de construction en bois."),
    "it": ("Case di legno", "Cerchiamo imprese che costruiscono case di legno."),
    "sl": ("Iščemo graditelje", "Iščemo podjetja, ki gradijo hiše iz lesa."),
}
WORDS = {"de": "Holz", "en": "wood", "fr": "bois", "it": "legno", "sl": "les"}


def found_by(text: str, reader: str = "en", **chosen: str) -> list[str]:
    wanted = {Facet(name): frozenset((value,)) for name, value in chosen.items()}
    query = PostingQuery(text, reader, wanted)
    return [one.posting.title for one in find_postings(query, today=TODAY).found]


@pytest.mark.integration
@pytest.mark.django_db
@pytest.mark.parametrize("reader", TIMBER)
@pytest.mark.parametrize("written", TIMBER)
def test_a_word_of_any_language_finds_texts_of_every_other(reader, written):
    title, text = TIMBER[written]
    make_published(
        make_side(), language=written, title=title, text=text, sectors=(), technologies=()
    )
    make_published(
        make_side(), title="Tessuti", text="Tessuti per lo sport.", sectors=(), technologies=()
    )

    assert found_by(WORDS[reader], reader) == [title]


@pytest.mark.integration
@pytest.mark.django_db
class TestAmongSome:
    """Three postings of two countries."""

    @pytest.fixture(autouse=True)
    def _postings(self):
        trento = make_side("Rete Trentina", region="ITH2")
        maribor = make_side("Grozd Pohorje", region="SI03")
        make_published(trento, title="Case di legno", text="Cerchiamo imprese vicine al confine.")
        make_published(
            trento, title="Robot per la produzione", text="Offriamo robot.", kind="offer",
            sectors=("28.4",), technologies=("robotics",), now=NOW + timedelta(hours=1),
        )  # fmt: skip
        make_published(
            maribor, title="Roboti za les", text="Iščemo robote za žage.", language="sl",
            sectors=("16",), now=NOW + timedelta(hours=2),
        )  # fmt: skip

    def test_without_words_the_newest_come_first(self):
        assert found_by("") == ["Roboti za les", "Robot per la produzione", "Case di legno"]

    def test_all_words_must_fit(self):
        assert found_by("robot wood") == ["Roboti za les"]

    def test_if_nothing_has_all_words_half_of_them_are_enough(self):
        query = PostingQuery("wood watchmaking", "en")
        result = find_postings(query, today=TODAY)

        assert result.is_partial
        assert {one.posting.title for one in result.found} == {"Roboti za les", "Case di legno"}

    def test_a_word_that_nothing_has_finds_nothing(self):
        result = find_postings(PostingQuery("xylophone", "en"), today=TODAY)

        assert (result.total, result.is_partial) == (0, False)

    def test_names_of_organisation_sector_and_technology_find_it(self):
        assert found_by("Pohorje") == ["Roboti za les"]
        assert found_by("machinery") == ["Robot per la produzione"]
        assert set(found_by("Robotik", "de")) == {"Robot per la produzione", "Roboti za les"}

    def test_glossary_finds_inflected_words_of_another_language(self):
        # "confine" and "mejo" are one concept of the glossary, and in no thesaurus.
        assert found_by("mejo", "sl") == ["Case di legno"]

    def test_an_inflected_word_finds_what_its_stem_means(self):
        assert set(found_by("lesene", "sl")) == {"Roboti za les", "Case di legno"}
        assert found_by("lesene", "fr") == []

    def test_filters_narrow_and_count_under_the_other_ones(self):
        assert found_by("", kind="offer") == ["Robot per la produzione"]
        assert found_by("", country="SI") == ["Roboti za les"]
        assert found_by("", region="ITH2") == ["Robot per la produzione", "Case di legno"]
        assert found_by("", sector="28") == ["Robot per la produzione"]
        assert found_by("", language="sl") == ["Roboti za les"]
        chosen = {Facet.COUNTRY: frozenset({"SI"})}
        facets = find_postings(PostingQuery(chosen=chosen), today=TODAY).facets
        assert facets[Facet.COUNTRY] == {"IT": 2, "SI": 1}
        assert facets[Facet.KIND] == {"need": 1}

    def test_nothing_expired_is_found(self):
        later = find_postings(PostingQuery(), today=TODAY + timedelta(days=400))

        assert later.total == 0

    def test_a_page_beyond_the_last_is_the_last(self):
        result = find_postings(PostingQuery(page=9, size=2), today=TODAY)

        assert result.query.page == 2
        assert [one.posting.title for one in result.on_page] == ["Case di legno"]


@given(title=st.text(max_size=60), text=st.text(max_size=200))
def test_any_text_has_sorted_words(title, text):
    body = Organisation(name="Any")
    posting = Posting(title=title, text=text, language="sl", organisation=body)

    words = words_of_posting(posting)

    assert list(words.sorted) == sorted(words.sorted)
    assert set(words.title) <= set(words.sorted)
