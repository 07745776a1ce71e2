"""What searches share: addresses hold all of a search, and no more than a search may be."""

from dataclasses import dataclass, field
from enum import StrEnum

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.www.public.addresses import (
    MOST_LETTERS,
    MOST_PAGES,
    MOST_VALUE_LETTERS,
    MOST_VALUES,
    chosen_in,
    one_of,
    page_number,
    with_query,
    without,
    words_in,
    write_chosen,
)

pytestmark = pytest.mark.unit


class Facet(StrEnum):
    COUNTRY = "country"
    THEME = "theme"


@dataclass(frozen=True)
class Query:
    chosen: dict[Facet, frozenset[str]] = field(default_factory=dict)
    page: int = 3


VALUES = st.text(st.characters(exclude_characters="\x00", codec="utf-8"), min_size=1, max_size=9)
CHOSEN = st.dictionaries(st.sampled_from(Facet), st.frozensets(VALUES, min_size=1))


@given(CHOSEN)
def test_what_is_written_is_read_again(chosen):
    parameters = QueryDict(mutable=True)

    write_chosen(parameters, chosen, Facet)

    assert chosen_in(QueryDict(parameters.urlencode()), Facet) == chosen


@given(CHOSEN, st.sampled_from(Facet), VALUES)
def test_one_value_taken_away_leaves_all_others_and_the_first_page(chosen, facet, value):
    left = without(Query(chosen), facet, value)

    assert left.page == 1
    assert all(left.chosen.values())
    assert {f: left.chosen.get(f, frozenset()) for f in Facet} == {
        f: chosen.get(f, frozenset()) - ({value} if f == facet else set()) for f in Facet
    }


def test_values_that_are_too_many_too_long_or_hostile_are_left_out():
    long = "x" * (MOST_VALUE_LETTERS + 1)
    many = "&".join(f"theme={i}" for i in range(MOST_VALUES + 9))

    assert chosen_in(QueryDict(f"country={long}&country=&country=a%00"), Facet) == {}
    assert len(chosen_in(QueryDict(many), Facet)[Facet.THEME]) == MOST_VALUES
    assert chosen_in(QueryDict("country=AT&theme=long"), Facet, longest=2) == {
        Facet.COUNTRY: frozenset({"AT"})
    }


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("7", 7),
        ("", 1),
        ("0", 1),
        ("-2", 1),
        ("two", 1),
        ("٣", 1),
        (str(MOST_PAGES), 1),
        (str(MOST_PAGES - 1), MOST_PAGES - 1),
    ],
)
def test_an_odd_page_is_the_first(text, page):
    assert page_number(text) == page


def test_words_have_one_space_between_them_and_an_end():
    assert words_in(QueryDict("q=+wood%00+%0A+and++stone+")) == "wood and stone"
    assert len(words_in(QueryDict(f"q={'a' * 999}"))) == MOST_LETTERS
    assert words_in(QueryDict("")) == ""


def test_an_unknown_word_is_the_usual_one():
    assert one_of(Facet, "theme", Facet.COUNTRY) == Facet.THEME
    assert one_of(Facet, "colour", Facet.COUNTRY) == Facet.COUNTRY


def test_nothing_asked_leaves_the_address_alone():
    assert with_query("/en/funding/", "") == "/en/funding/"
    assert with_query("/en/funding/", "q=wood") == "/en/funding/?q=wood"
