"""Insights: cards put together, said otherwise, tied to measures; summaries; calls for help."""

import pytest

from alpclusters.analysis.errors import InputError, NotAllowedError, StateError
from alpclusters.platform.cafe.domain.insights import handed_over_to
from alpclusters.platform.cafe.domain.overview import is_called, open_calls
from alpclusters.platform.cafe.domain.running import undo
from alpclusters.platform.cafe.models import Card, Entry, Insight
from alpclusters.platform.policy.domain.proofs import derive_findings
from alpclusters.platform.trail.models import Edge
from tests.factories.cafe import NOW
from tests.factories.cards import make_card, make_talk, order
from tests.factories.evaluation import VARIED, fill, make_cafe, make_measure, make_snapshot

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def take_back(entry: Entry) -> Entry:
    return undo(entry.cafe, entry, by=None, now=NOW)[-1]


def group(cafe, *cards, table=None, title="Rules differ", **more) -> Entry:
    return order(
        cafe, "group_cards", table=table, cards=[card.pk for card in cards], title=title, **more
    )


def state(card: Card) -> str:
    card.refresh_from_db()
    return card.state


def gathered(insight_number: int) -> list[int]:
    edges = Edge.objects.filter(kind=Edge.Kind.GATHERED_IN, to_id=insight_number)
    return list(edges.order_by("from_id").values_list("from_id", flat=True))


def test_cards_become_an_insight_with_a_trail_and_fall_apart_by_undo():
    cafe = make_talk()
    one, two = make_card(cafe, "one"), make_card(cafe, "two")

    entry = group(cafe, one, two, table=1, language="de")

    insight = cafe.insights.get()
    assert (insight.title, insight.language, insight.table.number) == ("Rules differ", "de", 1)
    assert [state(one), state(two)] == [Card.State.GROUPED] * 2
    assert gathered(insight.pk) == [one.pk, two.pk]

    again = take_back(entry)
    assert not cafe.insights.exists()
    assert [state(one), state(two)] == [Card.State.SHOWN] * 2
    assert gathered(insight.pk) == []

    take_back(again)
    assert cafe.insights.get().pk == insight.pk
    assert gathered(insight.pk) == [one.pk, two.pk]


@pytest.mark.parametrize("table", [1, None])
def test_insight_begins_with_the_measure_its_table_talks_about(table):
    cafe = make_talk(measures=["fair", "pilot"])
    cafe.tables.filter(number=1).update(measure=make_measure("fair"))
    one, two = make_card(cafe, "one"), make_card(cafe, "two")

    group(cafe, one, two, table=table)

    assert cafe.insights.get().measure == make_measure("fair")


def test_insight_of_cards_from_tables_with_other_measures_begins_with_none():
    cafe = make_talk(measures=["fair", "pilot"])
    cafe.tables.filter(number=1).update(measure=make_measure("fair"))

    group(cafe, make_card(cafe, "one"), make_card(cafe, "two", table=2))

    assert cafe.insights.get().measure is None


def test_card_is_added_to_an_insight_that_is_there():
    cafe = make_talk()
    one, two = make_card(cafe, "one"), make_card(cafe, "two")
    group(cafe, one)
    insight = cafe.insights.get()

    entry = group(cafe, two, insight=insight.pk)

    assert gathered(insight.pk) == [one.pk, two.pk]
    take_back(entry)
    assert gathered(insight.pk) == [one.pk]
    assert (state(one), state(two)) == (Card.State.GROUPED, Card.State.SHOWN)


def test_last_card_taken_out_dissolves_the_insight():
    cafe = make_talk()
    card = make_card(cafe)
    group(cafe, card)
    insight = cafe.insights.get()

    entry = order(cafe, "ungroup_card", insight=insight.pk, card=card.pk)

    assert not cafe.insights.exists()
    assert state(card) == Card.State.SHOWN
    take_back(entry)
    assert cafe.insights.get().title == "Rules differ"
    assert state(card) == Card.State.GROUPED


def test_insight_is_said_in_other_words_and_undone():
    cafe = make_talk()
    group(cafe, make_card(cafe))
    insight = cafe.insights.get()

    entry = order(
        cafe, "rename_insight", insight=insight.pk, title=" Rules  hinder ", language="fr"
    )

    insight.refresh_from_db()
    assert (insight.title, insight.language) == ("Rules hinder", "fr")
    take_back(entry)
    insight.refresh_from_db()
    assert insight.title == "Rules differ"


def test_insight_is_tied_to_a_measure_of_the_alpcafe_only():
    cafe, other = make_talk(), make_talk(measures=["label"])
    group(cafe, make_card(cafe))
    insight, measure = cafe.insights.get(), cafe.measures.get(key="fair")

    entry = order(cafe, "link_insight", insight=insight.pk, measure=measure.pk)
    with pytest.raises(StateError):
        order(cafe, "link_insight", insight=insight.pk, measure=other.measures.get().pk)

    insight.refresh_from_db()
    assert insight.measure == measure
    take_back(entry)
    insight.refresh_from_db()
    assert insight.measure is None


def test_card_is_in_three_insights_at_most():
    cafe = make_talk()
    card = make_card(cafe)
    for number in range(3):
        group(cafe, card, title=f"Insight {number}")

    with pytest.raises(StateError) as caught:
        group(cafe, card, title="one more")

    assert caught.value.code == "cafe.three_insights"


def test_host_groups_cards_of_the_own_table_only():
    cafe = make_talk()

    with pytest.raises(NotAllowedError):
        group(cafe, make_card(cafe, table=2), table=1)

    assert not Insight.objects.exists()


@pytest.mark.parametrize("title", ["", "  ", "x" * 201])
def test_insight_needs_a_sentence(title):
    cafe = make_talk()

    with pytest.raises(InputError):
        group(cafe, make_card(cafe), title=title)


def test_undoing_the_group_names_what_was_done_with_it_since():
    cafe = make_talk()
    entry = group(cafe, make_card(cafe))
    order(cafe, "rename_insight", insight=cafe.insights.get().pk, title="Otherwise")

    with pytest.raises(StateError) as caught:
        take_back(entry)

    assert caught.value.code == "cafe.undo_dependents"


def test_insight_about_a_measure_leads_to_the_findings_about_it():
    cafe = make_cafe(measures=["fair", "pilot"])
    fill(cafe, {"AT32": VARIED}, measures=["fair", "pilot"])
    fair, pilot = cafe.measures.get(key="fair"), cafe.measures.get(key="pilot")
    insight = Insight.objects.create(
        cafe=cafe, title="Fairs pay off", language="en", measure=fair, created_at=NOW
    )
    snapshot = make_snapshot(cafe=cafe)

    findings = derive_findings(snapshot, fair, by=None, now=NOW)
    derive_findings(snapshot, pilot, by=None, now=NOW)

    edges = Edge.objects.filter(kind=Edge.Kind.INFORMS).order_by("to_id")
    assert findings
    assert list(edges.values_list("from_id", "to_id")) == [(insight.pk, f.pk) for f in findings]


# --- summaries ----------------------------------------------------------------------------------


def test_summary_reaches_the_next_guests_of_the_table():
    cafe = make_talk()
    one, two = cafe.tables.all()

    entry = order(cafe, "hand_over", table=1, round=1, text="Three sentences.", language="de")

    assert handed_over_to(one, 1) is None
    assert handed_over_to(one, 2).text == "Three sentences."
    assert handed_over_to(two, 2) is None
    take_back(entry)
    assert handed_over_to(one, 2) is None


def test_improved_summary_replaces_the_first_one_and_undo_brings_it_back():
    cafe = make_talk()
    order(cafe, "hand_over", table=1, round=1, text="First")
    entry = order(cafe, "hand_over", table=1, round=1, text="Better")

    assert cafe.summaries.get().text == "Better"
    take_back(entry)
    assert cafe.summaries.get().text == "First"


@pytest.mark.parametrize("text", ["", "x" * 601])
def test_summary_has_up_to_600_characters(text):
    with pytest.raises(InputError):
        order(make_talk(), "hand_over", table=1, round=1, text=text)


# --- help ---------------------------------------------------------------------------------------


def test_call_for_help_holds_until_somebody_has_come():
    cafe = make_talk()

    entry = order(cafe, "call_for_help", table=2)

    assert (is_called(cafe, 1), is_called(cafe, 2)) == (False, True)
    take_back(entry)
    assert open_calls(cafe) == []
