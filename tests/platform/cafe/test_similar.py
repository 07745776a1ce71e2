"""Proposals of similar cards: across languages, computed when cards changed, decided by people."""

import pytest

from alpclusters.platform.cafe.domain.running import undo
from alpclusters.platform.cafe.domain.similar import propose_similar
from alpclusters.platform.cafe.models import Card, SimilarCards
from tests.factories.cafe import NOW
from tests.factories.cards import RULES_DE, RULES_SL, TRAINS, make_card, make_talk, order

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def pairs(cafe, **options) -> list[tuple[str, str]]:
    return [(p.first.text, p.second.text) for p in propose_similar(cafe, **options)]


def test_same_thought_in_two_languages_is_proposed_with_the_shared_words():
    cafe = make_talk()
    make_card(cafe, RULES_DE)
    make_card(cafe, RULES_SL, language="sl")
    make_card(cafe, TRAINS)

    (proposal,) = propose_similar(cafe)

    assert (proposal.first.text, proposal.second.text) == (RULES_DE, RULES_SL)
    words = [proposal.second.text[start:end] for start, end in proposal.shared.second]
    assert words == ["pravila", "financiranja", "skupne", "projekte"]
    assert not SimilarCards.objects.exists()


def test_rejected_proposal_does_not_return_and_comes_back_by_undo():
    cafe = make_talk()
    one, two = make_card(cafe, RULES_DE), make_card(cafe, RULES_SL, language="sl")

    entry = order(cafe, "reject_similar", table=1, first=two.pk, second=one.pk)

    assert pairs(cafe) == []
    make_card(cafe, TRAINS)
    assert pairs(cafe) == []
    undo(cafe, entry, by=None, now=NOW)
    assert pairs(cafe) == [(RULES_DE, RULES_SL)]


def test_cards_of_one_insight_are_not_proposed_any_more():
    cafe = make_talk()
    one, two = make_card(cafe, RULES_DE), make_card(cafe, RULES_SL, language="sl")
    assert len(pairs(cafe)) == 1

    order(cafe, "group_cards", cards=[one.pk, two.pk], title="Rules differ")

    assert pairs(cafe) == []


def test_new_and_edited_cards_are_compared_at_once():
    cafe = make_talk()
    make_card(cafe, RULES_DE)
    assert pairs(cafe) == []

    card = make_card(cafe, TRAINS)
    assert pairs(cafe) == []
    order(cafe, "edit_card", card=card.pk, text=RULES_DE)

    assert pairs(cafe) == [(RULES_DE, RULES_DE)]


def test_hidden_card_is_in_no_proposal():
    cafe = make_talk()
    make_card(cafe, RULES_DE)
    make_card(cafe, RULES_DE, state=Card.State.HIDDEN)

    assert pairs(cafe) == []


def test_host_gets_proposals_of_the_own_table():
    cafe = make_talk()
    make_card(cafe, RULES_DE, table=1)
    make_card(cafe, RULES_SL, table=2, language="sl")

    assert (len(pairs(cafe)), pairs(cafe, table=1)) == (1, [])


def test_unchanged_cards_are_not_compared_again(django_assert_num_queries):
    cafe = make_talk()
    make_card(cafe, RULES_DE)
    make_card(cafe, TRAINS)
    propose_similar(cafe)

    # The stamp of the cards, and what the cache keeps.
    with django_assert_num_queries(2):
        assert propose_similar(cafe) == []


def test_name_of_a_measure_ties_languages():
    cafe = make_talk()
    measure = cafe.measures.get(key="fair")
    measure.name = {"de": "Lernreise", "sl": "Učno potovanje"}
    measure.save()
    make_card(cafe, "Die Lernreise")
    make_card(cafe, "Učno potovanje!", language="sl")

    assert pairs(cafe) == [("Die Lernreise", "Učno potovanje!")]
