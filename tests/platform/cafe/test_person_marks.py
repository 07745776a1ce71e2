"""Statements about the person: proposed by their wording, marked by the organiser, taken back."""

import pytest

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.cafe.domain.events import change_cafe
from alpclusters.platform.cafe.domain.rehearsals import begin_rehearsal
from alpclusters.platform.cafe.domain.running import act, undo
from alpclusters.platform.cafe.domain.top_threes import (
    cards_about_person,
    measures_about_person,
    opinion_keys,
    tally,
)
from alpclusters.platform.cafe.models import AlpCafe, CafeMeasure, Entry
from alpclusters.platform.measures.models import Measure
from tests.factories.cafe import NOW, make_draft, make_preparation
from tests.factories.cards import make_card, make_talk
from tests.factories.evaluation import make_cafe
from tests.factories.texts import change_texts

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def say(cafe: AlpCafe, *, about: object, **what: object) -> Entry:
    return act(cafe, "mark_person", {**what, "about": about}, seen=None, by=None, now=NOW)


def told(cafe: AlpCafe) -> dict[str, str]:
    rows = list(cafe.cafe_measures.select_related("measure"))
    keys = {row.measure_id: row.measure.key for row in rows}
    return {keys[pk]: status for pk, status in measures_about_person(rows).items()}


def rename(key: str, **names: str) -> Measure:
    change_texts(Measure.objects.filter(key=key), name=names)
    return Measure.objects.get(key=key)


def test_measure_worded_as_fact_about_oneself_in_one_language_is_a_proposal():
    cafe = make_cafe(measures=("fair", "pilot", "label"))
    rename("pilot", sl="Imam dva otroka")

    assert told(cafe) == {"pilot": "proposed"}
    assert opinion_keys(cafe) == ["fair", "label"]


def test_mark_decides_against_the_wording_both_ways_and_can_be_taken_back():
    cafe = make_cafe(measures=("fair", "pilot"))
    fair = Measure.objects.get(key="fair")
    pilot = rename("pilot", en="I own a house")

    say(cafe, about=True, measure=fair.pk)
    say(cafe, about=False, measure=pilot.pk)
    assert told(cafe) == {"fair": "marked"}

    say(cafe, about=None, measure=fair.pk)
    say(cafe, about=None, measure=pilot.pk)
    assert told(cafe) == {"pilot": "proposed"}


def test_mark_is_an_entry_of_the_log_and_its_undo_brings_back_what_was_said_before():
    cafe = make_cafe(measures=("fair",))
    fair = Measure.objects.get(key="fair")
    say(cafe, about=False, measure=fair.pk)
    entry = say(cafe, about=True, measure=fair.pk)

    assert (entry.command, entry.touches) == ("mark_person", [f"person:measure:{fair.pk}"])
    undo(cafe, entry, by=None, now=NOW)
    assert cafe.cafe_measures.get().is_about_person is False


def test_marks_of_two_measures_do_not_wait_for_each_other():
    cafe = make_cafe(measures=("fair", "pilot"))
    first, second = cafe.cafe_measures.values_list("measure_id", flat=True)
    entry = say(cafe, about=True, measure=first)
    say(cafe, about=True, measure=second)

    undo(cafe, entry, by=None, now=NOW)

    assert told(cafe) == {"pilot": "marked"}


def test_card_about_oneself_is_proposed_and_decided_like_a_measure():
    cafe = make_talk()
    own = make_card(cafe, "Ich bin Landwirtin.")
    make_card(cafe)
    assert cards_about_person(cafe.cards.all()) == {own.pk: "proposed"}

    entry = say(cafe, about=True, card=own.pk)
    assert cards_about_person(cafe.cards.all()) == {own.pk: "marked"}
    undo(cafe, entry, by=None, now=NOW)
    say(cafe, about=False, card=own.pk)
    assert cards_about_person(cafe.cards.all()) == {}


def test_marks_outlive_a_change_of_the_preparation_and_come_along_into_the_rehearsal():
    cafe = make_draft()
    row = cafe.cafe_measures.first()
    say(cafe, about=True, measure=row.measure_id)

    change_cafe(cafe, make_preparation(project=cafe.project, measures=("pilot", "fair")), by=None)

    kept = CafeMeasure.objects.get(cafe=cafe, measure=row.measure_id)
    assert (kept.pk != row.pk, kept.is_about_person) == (True, True)
    copy = begin_rehearsal(AlpCafe.objects.get(pk=cafe.pk), by=None, now=NOW)
    assert copy.cafe_measures.get(measure=row.measure_id).is_about_person is True


def test_what_is_not_on_the_table_or_no_answer_is_refused_and_writes_nothing():
    cafe = make_cafe(measures=("fair",))
    photo = make_card(cafe, "", photo="cards/1.webp")
    elsewhere = make_card(make_talk())
    for what, error in (
        ({"measure": 0}, StateError),
        ({"measure": "fair"}, StateError),
        ({"card": photo.pk}, StateError),
        ({"card": elsewhere.pk}, StateError),
    ):
        with pytest.raises(error):
            say(cafe, about=True, **what)
    with pytest.raises(InputError):
        say(cafe, about="perhaps", measure=cafe.cafe_measures.get().measure_id)
    assert not cafe.entries.exists()


def test_sealed_cafe_takes_no_mark():
    cafe = make_cafe(measures=("fair",))
    cafe.sealed_at = NOW
    cafe.save()

    with pytest.raises(StateError, match="sealed"):
        say(cafe, about=True, measure=cafe.cafe_measures.get().measure_id)


def test_choice_of_a_statement_about_the_person_gives_no_points():
    choices = [("house", "fair")] * 6 + [("fair", "house")] * 6 + [("pilot",)] * 6
    found = tally(choices, ["fair", "pilot"], weights=[3, 2, 1], round_=1)

    assert {line.measure: line.points for line in found.lines} == {"fair": 30, "pilot": 18}
