"""Cards: hidden with a reason, shown again, corrected with a trace, by those who may."""

import os

import pytest

from alpclusters.analysis.errors import InputError, NotAllowedError, StateError
from alpclusters.platform.cafe.domain.cards import drop_unused_photos, keep_photo, photo_path
from alpclusters.platform.cafe.domain.running import undo
from alpclusters.platform.cafe.domain.walls import (
    View,
    wall_of_hall,
    wall_of_moderation,
    wall_of_person,
    wall_of_table,
    wall_record,
)
from alpclusters.platform.cafe.models import AlpCafe, Card, Entry, Guest, Phase, Seat, Support
from tests.factories.cafe import NOW, join_cafe, make_open_cafe
from tests.factories.cards import TRAINS, make_card, make_talk, order
from tests.factories.photos import make_jpeg

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def take_back(entry: Entry) -> Entry:
    return undo(entry.cafe, entry, by=None, now=NOW)[-1]


def texts(cards) -> list[str]:
    return [card.text for card in cards]


def test_hidden_card_is_on_no_screen_and_its_author_reads_why():
    cafe = make_talk()
    person = join_cafe(cafe).participant
    card = make_card(cafe, by=person)

    order(cafe, "hide_card", card=card.pk, reason="names a person")

    assert texts(wall_of_hall(cafe).cards) == []
    own = wall_record(wall_of_person(person), View.PHONE, person=person)["cards"]
    assert [(c["state"], c["reason"]) for c in own] == [("hidden", "names a person")]


def test_hidden_card_comes_back_by_undo_and_by_showing_it():
    cafe = make_talk()
    card = make_card(cafe)
    entry = order(cafe, "hide_card", card=card.pk, reason="twice")

    take_back(entry)
    assert texts(wall_of_hall(cafe).cards) == [TRAINS]

    order(cafe, "hide_card", card=card.pk, reason="twice")
    order(cafe, "show_card", card=card.pk)
    card.refresh_from_db()
    assert (card.state, card.hidden_reason) == (Card.State.SHOWN, "")


def test_undone_undo_hides_again():
    cafe = make_talk()
    card = make_card(cafe)
    entry = order(cafe, "hide_card", card=card.pk, reason="twice")

    take_back(take_back(entry))

    card.refresh_from_db()
    assert (card.state, card.hidden_reason) == (Card.State.HIDDEN, "twice")


def test_card_is_not_hidden_without_a_reason():
    cafe = make_talk()
    card = make_card(cafe)

    with pytest.raises(InputError) as caught:
        order(cafe, "hide_card", card=card.pk, reason="  ")

    assert caught.value.code == "cafe.reason_missing"


def test_corrected_card_keeps_its_earlier_text_in_the_log():
    cafe = make_talk()
    card = make_card(cafe, "Teh trains")

    entry = order(cafe, "edit_card", card=card.pk, text=" The trains ")
    card.refresh_from_db()

    assert (card.text, card.edited_at) == ("The trains", NOW)
    assert entry.before["cards"][str(card.pk)]["text"] == "Teh trains"

    take_back(entry)
    card.refresh_from_db()
    assert (card.text, card.edited_at) == ("Teh trains", None)


@pytest.mark.parametrize("text", ["", "x" * 281])
def test_card_is_corrected_to_a_text_of_at_most_280_characters(text):
    cafe = make_talk()
    card = make_card(cafe)

    with pytest.raises(InputError):
        order(cafe, "edit_card", card=card.pk, text=text)


def test_host_writes_a_card_for_the_own_table_once():
    cafe = make_talk()
    said = {"id": "a" * 22, "text": "From the pin board", "language": "sl"}

    entry = order(cafe, "add_card", table=2, **said)
    with pytest.raises(StateError):
        order(cafe, "add_card", table=2, **said)

    card = cafe.cards.get()
    assert (card.table.number, card.language, card.source, card.round_index) == (
        2,
        "sl",
        "proxy",
        1,
    )
    take_back(entry)
    assert not cafe.cards.exists()


def test_card_of_a_host_comes_back_with_its_number_when_the_undo_is_undone():
    cafe = make_talk()
    entry = order(cafe, "add_card", table=1, id="b" * 22, text="Text")
    number = cafe.cards.get().pk

    take_back(take_back(entry))

    card = cafe.cards.get()
    assert (card.pk, card.text, card.table.number) == (number, "Text", 1)


@pytest.mark.parametrize("command", ["hide_card", "show_card", "edit_card"])
def test_host_of_another_table_is_refused(command):
    cafe = make_talk()
    card = make_card(cafe, table=1)

    with pytest.raises(NotAllowedError) as caught:
        order(cafe, command, table=2, card=card.pk, reason="no", text="no")

    assert caught.value.code == "cafe.other_table"


def test_card_of_another_alpcafe_is_unknown():
    cafe, other = make_talk(), make_talk()
    card = make_card(other)

    with pytest.raises(StateError) as caught:
        order(cafe, "hide_card", card=card.pk, reason="no")

    assert caught.value.code == "cafe.unknown_card"


# --- who sees which cards -----------------------------------------------------------------------


def seat(cafe: AlpCafe, person, table: int) -> None:
    guest = Guest.objects.create(cafe=cafe, number=cafe.guests.count() + 1, participant=person)
    place = cafe.tables.get(number=table)
    Seat.objects.create(guest=guest, round_index=1, table=place, planned_table=place)


def test_phone_sees_own_cards_and_those_of_its_table():
    cafe = make_talk()
    person = join_cafe(cafe).participant
    seat(cafe, person, 1)
    make_card(cafe, "mine elsewhere", table=2, by=person)
    make_card(cafe, "of my table", table=1)
    make_card(cafe, "hidden at my table", table=1, state=Card.State.HIDDEN)
    make_card(cafe, "of another table", table=2)

    assert texts(wall_of_person(person).cards) == ["of my table", "mine elsewhere"]

    cafe.shows_table_cards = False
    cafe.save()
    person.refresh_from_db()
    assert texts(wall_of_person(person).cards) == ["mine elsewhere"]


def test_support_is_counted_and_shown_from_the_harvest_on():
    cafe = make_talk()
    person = join_cafe(cafe).participant
    card = make_card(cafe, table=1, by=person)
    for _ in range(4):
        Support.objects.create(card=card, participant=join_cafe(cafe).participant)

    def shown(wall):
        return [c["supports"] for c in wall_record(wall, View.BEAMER)["cards"]]

    assert shown(wall_of_hall(cafe)) == [None]
    assert shown(wall_of_table(cafe, 1)) == [None]
    assert shown(wall_of_moderation(cafe)) == [4]
    cafe.phase = Phase.HARVEST
    # Four people are a number for those who lead the talk only.
    assert shown(wall_of_hall(cafe)) == [None]
    assert shown(wall_of_table(cafe, 1)) == [4]
    Support.objects.create(card=card, participant=join_cafe(cafe).participant)
    assert shown(wall_of_hall(cafe)) == [5]


def test_host_sees_hidden_cards_of_the_own_table_only():
    cafe = make_talk()
    make_card(cafe, "hidden", table=1, state=Card.State.HIDDEN)
    make_card(cafe, "elsewhere", table=2)

    assert texts(wall_of_table(cafe, 1).cards) == ["hidden"]


def test_photos_on_no_card_are_deleted_after_a_day(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    cafe = make_open_cafe()
    names = [keep_photo(cafe, make_jpeg(), device=f"phone-{n}") for n in range(3)]
    old = NOW.timestamp() - 2 * 86_400
    for name in names[:2]:
        os.utime(photo_path(name), (old, old))
    os.utime(photo_path(names[2]), (NOW.timestamp(), NOW.timestamp()))
    Card.objects.create(cafe=cafe, public_id="a", photo=names[0], language="de", received_at=NOW)

    assert drop_unused_photos(NOW) == 1

    assert [photo_path(name) is not None for name in names] == [True, False, True]
