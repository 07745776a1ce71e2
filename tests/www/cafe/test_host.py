"""The table host: a link becomes a cookie, and every action of the page is a plain form."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.cafe.models import AlpCafe, Card, Guest, Seat
from tests.factories.accounts import make_user_with
from tests.factories.cafe import join_cafe
from tests.factories.cards import (
    RULES_DE,
    RULES_SL,
    TRAINS,
    host_cookie,
    make_card,
    make_talk,
    order,
)
from tests.factories.photos import make_jpeg, segment

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def cafe():
    return make_talk()


@pytest.fixture
def host(client, cafe):
    """The browser of the host of table 1."""
    client.cookies["cafescreen"] = host_cookie(cafe, 1)
    return client


def page_of(cafe: AlpCafe) -> str:
    return reverse("cafe:host_page", args=[cafe.pk])


def send(client, cafe: AlpCafe, command: str, **said):
    return client.post(reverse("cafe:host_order", args=[cafe.pk]), {"command": command, **said})


def seat(cafe: AlpCafe, number: int, table: int, **fields) -> Seat:
    guest = Guest.objects.create(cafe=cafe, number=number, **fields)
    place = cafe.tables.get(number=table)
    return Seat.objects.create(guest=guest, round_index=1, table=place, planned_table=place)


# --- the link -----------------------------------------------------------------------------------


def test_link_behind_the_hash_becomes_a_cookie(client, cafe):
    text = host_cookie(cafe, 2)

    answer = client.post(
        reverse("cafe:host_enter"), {"link": f"https://example.org/cafe/host/#{text}"}
    )

    assert answer["Location"] == page_of(cafe)
    cookie = answer.cookies["cafescreen"]
    assert (cookie.value, cookie["path"], cookie["httponly"]) == (text, "/", True)
    assert "Table 2 of 2" in client.get(page_of(cafe)).content.decode()


@pytest.mark.parametrize("link", ["", "x", "1~host~1~AAAA", "1~beamer~0~AAAA", "~~~"])
@pytest.mark.usefixtures("cafe")
def test_wrong_link_opens_nothing(client, link):
    answer = client.post(reverse("cafe:host_enter"), {"link": link})

    assert answer.status_code == 422
    assert "cafescreen" not in answer.cookies


def test_host_of_one_table_is_not_host_of_another_alpcafe(host):
    assert host.get(page_of(make_talk())).status_code == 403


def test_table_in_the_cookie_cannot_be_changed(client, cafe):
    client.cookies["cafescreen"] = host_cookie(cafe, 1).replace("~host~1~", "~host~2~")

    assert client.get(page_of(cafe)).status_code == 403
    assert send(client, cafe, "add_card", text="x", id="i" * 22).status_code == 403


def test_renewed_links_close_the_page(host, cafe):
    order(cafe, "renew_links")

    assert host.get(page_of(cafe)).status_code == 403


# --- cards --------------------------------------------------------------------------------------


def test_host_writes_corrects_and_hides_a_card_and_takes_it_back(host, cafe):
    done = send(host, cafe, "add_card", form="card", text="Teh trains", id="i" * 22, place="cards")
    card = cafe.cards.get()
    assert done["Location"].endswith("#cards")
    assert (card.text, card.table.number) == ("Teh trains", 1)

    send(host, cafe, "edit_card", card=card.pk, text="The trains")
    hidden = send(host, cafe, "hide_card", card=card.pk, reason="names a person")
    card.refresh_from_db()
    assert (card.text, card.state) == ("The trains", Card.State.HIDDEN)

    page = host.get(hidden["Location"])
    send(host, cafe, "undo", entry=page.context["page"].undoable.pk)
    card.refresh_from_db()
    assert card.state == Card.State.SHOWN


def test_refused_card_keeps_its_text_in_the_form(host, cafe):
    page = send(host, cafe, "add_card", form="card", text="long " * 60, id="i" * 22)

    assert page.status_code == 422
    assert (
        "long long long"
        in re.search(
            r"<textarea[^>]*id=.card-text.*?</textarea>", page.content.decode(), re.DOTALL
        )[0]
    )
    assert not cafe.cards.exists()


def test_host_cannot_touch_another_table(host, cafe):
    card = make_card(cafe, table=2)

    answer = send(host, cafe, "hide_card", card=card.pk, reason="no")

    assert answer.status_code == 422
    card.refresh_from_db()
    assert card.state == Card.State.SHOWN


@pytest.mark.parametrize("command", ["next", "close", "seal", "release", "renew_links", ""])
def test_host_cannot_order_what_is_the_facilitators(host, cafe, command):
    before = (cafe.revision, cafe.phase)

    answer = send(host, cafe, command)

    cafe.refresh_from_db()
    assert answer.status_code == 409
    assert (cafe.revision, cafe.phase) == before


def test_host_undoes_only_what_the_own_table_did(host, cafe):
    card = make_card(cafe, table=2)
    entry = order(cafe, "hide_card", table=2, card=card.pk, reason="theirs")

    assert send(host, cafe, "undo", entry=entry.pk).status_code == 409
    card.refresh_from_db()
    assert card.state == Card.State.HIDDEN


def test_similar_cards_are_proposed_with_marks_and_put_together(host, cafe):
    one = make_card(cafe, RULES_DE)
    two = make_card(cafe, RULES_SL, language="sl")
    page = host.get(page_of(cafe)).content.decode()
    assert "<u>pravila</u>" in page

    send(host, cafe, "group_cards", cards=[one.pk, two.pk], title="Rules differ")

    page = host.get(page_of(cafe)).content.decode()
    assert "Rules differ" in page
    assert "<u>pravila</u>" not in page


# --- guests, summary, help ----------------------------------------------------------------------


def test_host_marks_guests_of_the_own_table(host, cafe):
    own = seat(cafe, 12, 1, languages=["sl"])
    other = seat(cafe, 31, 2)
    page = host.get(page_of(cafe)).content.decode()
    assert "Guest 12" in page
    assert "interpreter" in page
    assert "Guest 31" not in page

    send(host, cafe, "mark_seat", guest=own.guest_id, state="here")
    assert send(host, cafe, "mark_seat", guest=other.guest_id, state="here").status_code == 422

    own.refresh_from_db()
    other.refresh_from_db()
    assert (own.state, other.state) == (Seat.State.HERE, Seat.State.EXPECTED)


def test_guest_of_another_table_sits_here_anyway_by_number(host, cafe):
    found = seat(cafe, 44, 2)

    send(host, cafe, "move_guest", guest=44)

    found.refresh_from_db()
    assert (found.table.number, found.planned_table.number, found.state) == (1, 2, "moved")
    assert send(host, cafe, "move_guest", guest=99).status_code == 409


def test_guest_who_leaves_is_absent_from_now_on(host, cafe):
    found = seat(cafe, 12, 1)

    send(host, cafe, "walk_out", guest=found.guest_id)

    found.refresh_from_db()
    assert (found.state, found.guest.left_after) == (Seat.State.ABSENT, 0)


def test_summary_is_handed_over_and_shown_on_the_phones_of_the_next_guests(host, client, cafe):
    send(host, cafe, "hand_over", round=1, text="Three sentences.", form="summary-1")
    cafe.round_index = 2
    cafe.save()
    joined = join_cafe(cafe)
    found = seat(cafe, 7, 1, participant=joined.participant)
    Seat.objects.filter(pk=found.pk).update(round_index=2)
    client.cookies["cafe"] = joined.token

    told = client.get(reverse("cafe:cards", args=[cafe.pk])).json()

    assert told["summary"] == {"text": "Three sentences.", "language": "en", "round": 1}


def test_call_for_help_is_seen_by_the_facilitator_and_answered(host, client, cafe):
    send(host, cafe, "call_for_help")
    assert "sees that you need help" in host.get(page_of(cafe)).content.decode()
    client.force_login(make_user_with(Role.FACILITATOR, project=cafe.project, region=cafe.region))
    page = client.get(reverse("workspace:cafe_cards", args=[cafe.pk]))
    (call,) = page.context["page"].calls

    client.post(
        reverse("workspace:cafe_cards_order", args=[cafe.pk]),
        {"command": "undo", "entry": call.last.pk},
    )

    assert client.get(reverse("workspace:cafe_cards", args=[cafe.pk])).context["page"].calls == []


# --- photos -------------------------------------------------------------------------------------


def jpeg(**parts) -> SimpleUploadedFile:
    return SimpleUploadedFile("card.jpg", make_jpeg(**parts), content_type="image/jpeg")


@pytest.fixture
def uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def test_photo_of_a_phone_is_kept_without_metadata_and_served_to_its_table(client, cafe, uploads):
    joined = join_cafe(cafe)
    client.cookies["cafe"] = joined.token
    address = reverse("cafe:photo")

    answer = client.post(
        address,
        {"photo": jpeg(extra=[segment(0xE1, b"47.8,13.0")])},
        headers={"Sec-Fetch-Site": "same-origin"},
    )

    name = answer.json()["name"]
    kept = list(uploads.rglob("*.jpg"))
    assert [path.name for path in kept] == [name]
    assert kept[0].read_bytes() == make_jpeg(is_bare=True)
    photo = reverse("cafe:photo_file", args=[name])
    assert client.get(photo).status_code == 404  # on no card yet
    make_card(cafe, "", by=joined.participant, photo=name)
    seen = client.get(photo)
    assert (seen.status_code, seen["Content-Type"]) == (200, "image/jpeg")
    assert seen["X-Content-Type-Options"] == "nosniff"
    assert seen.content == make_jpeg(is_bare=True)
    client.cookies["cafe"] = join_cafe(cafe).token
    assert client.get(photo).status_code == 404


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Origin": "http://testserver"}, 200),
    ],
)
@pytest.mark.usefixtures("uploads")
def test_photo_comes_from_our_own_pages_only(client, cafe, headers, status):
    client.cookies["cafe"] = join_cafe(cafe).token

    answer = client.post(reverse("cafe:photo"), {"photo": jpeg()}, headers=headers)

    assert answer.status_code == status


@pytest.mark.usefixtures("uploads")
def test_photo_of_somebody_unknown_is_refused(client):
    answer = client.post(
        reverse("cafe:photo"), {"photo": jpeg()}, headers={"Sec-Fetch-Site": "same-origin"}
    )

    assert answer.status_code == 401


@pytest.mark.usefixtures("uploads")
def test_file_that_is_no_jpeg_is_refused_in_words(client, cafe):
    client.cookies["cafe"] = join_cafe(cafe).token
    png = SimpleUploadedFile("a.jpg", b"\x89PNG\r\n\x1a\n", content_type="image/jpeg")

    answer = client.post(
        reverse("cafe:photo"), {"photo": png}, headers={"Sec-Fetch-Site": "same-origin"}
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "photo.not_a_jpeg")
    assert "JPEG" in answer.json()["text"]


@pytest.mark.usefixtures("uploads")
def test_host_adds_a_photographed_card(host, cafe):
    send(host, cafe, "add_card", text="A drawing of a bridge", id="i" * 22, photo=jpeg())

    card = cafe.cards.get()
    assert (card.source, card.text) == ("paper", "A drawing of a bridge")
    assert host.get(reverse("cafe:photo_file", args=[card.photo])).status_code == 200


# --- the JSON of the cards ----------------------------------------------------------------------


def test_each_view_is_for_its_own_screen(host, cafe):
    make_card(cafe, TRAINS, table=1)
    address = reverse("cafe:cards", args=[cafe.pk])

    seen = {
        view: host.get(address, {"view": view}).status_code
        for view in ("phone", "host", "beamer", "moderation", "other")
    }

    assert seen == {"phone": 403, "host": 200, "beamer": 403, "moderation": 403, "other": 403}


def test_unchanged_cards_are_answered_with_304(host, cafe):
    make_card(cafe, TRAINS, table=1)
    address = reverse("cafe:cards", args=[cafe.pk])
    first = host.get(address, {"view": "host"})

    again = host.get(address, {"view": "host"}, headers={"If-None-Match": first["ETag"]})
    make_card(cafe, "new", table=1)
    fresh = host.get(address, {"view": "host"}, headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, fresh.status_code) == (304, 200)
    assert [card["text"] for card in fresh.json()["cards"]] == ["new", TRAINS]


def test_big_screen_sees_insights_of_shown_cards_and_no_reason(client, cafe):
    card, hidden = make_card(cafe, TRAINS), make_card(cafe, "hidden")
    order(cafe, "group_cards", cards=[card.pk, hidden.pk], title="Trains")
    order(cafe, "hide_card", card=hidden.pk, reason="names a person")
    client.force_login(make_user_with(Role.FACILITATOR, project=cafe.project, region=cafe.region))

    told = client.get(reverse("cafe:cards", args=[cafe.pk]), {"view": "beamer"}).json()

    assert [c["text"] for c in told["cards"]] == [TRAINS]
    assert [(i["title"], i["cards"]) for i in told["insights"]] == [("Trains", [card.public_id])]
    assert "names a person" not in str(told)


# --- moderation ---------------------------------------------------------------------------------


def test_facilitator_moderates_all_tables_and_undoes(client, cafe):
    one, two = make_card(cafe, RULES_DE, table=1), make_card(cafe, RULES_SL, table=2, language="sl")
    client.force_login(make_user_with(Role.FACILITATOR, project=cafe.project, region=cafe.region))
    address = reverse("workspace:cafe_cards_order", args=[cafe.pk])
    page = client.get(reverse("workspace:cafe_cards", args=[cafe.pk]))
    assert len(page.context["page"].pairs) == 1

    done = client.post(
        address, {"command": "group_cards", "cards": [one.pk, two.pk], "title": "Rules differ"}
    )
    insight = cafe.insights.get()
    measure = cafe.measures.get(key="fair")
    client.post(address, {"command": "link_insight", "insight": insight.pk, "measure": measure.pk})
    insight.refresh_from_db()
    assert insight.measure == measure

    shown = client.get(done["Location"].partition("#")[0])
    assert shown.context["undoable"].command == "group_cards"


def test_cards_are_filtered_by_table_and_state(client, cafe):
    make_card(cafe, "one", table=1)
    make_card(cafe, "two", table=2, state=Card.State.HIDDEN)
    client.force_login(make_user_with(Role.FACILITATOR, project=cafe.project, region=cafe.region))
    address = reverse("workspace:cafe_cards", args=[cafe.pk])

    def shown(**query):
        return [row.card.text for row in client.get(address, query).context["page"].cards]

    assert shown() == ["two", "one"]
    assert shown(table="1") == ["one"]
    assert shown(state="hidden") == ["two"]
