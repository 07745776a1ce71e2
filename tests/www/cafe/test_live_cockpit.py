import re

import pytest
from django.urls import reverse

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.cafe.domain.running import act
from alpclusters.platform.cafe.models import AlpCafe, Comment, Phase
from tests.factories.accounts import make_user_with
from tests.factories.cafe import NOW, make_open_cafe
from tests.factories.evaluation import make_project, make_region
from tests.factories.halls import do, fill_hall, go, make_hall, make_open_hall

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    settings.HOME = tmp_path


@pytest.fixture
def project():
    return make_project()


@pytest.fixture
def cafe(client, project):
    """A hall whose facilitator is signed in."""
    region = make_region("AT32")
    client.force_login(make_user_with(Role.FACILITATOR, project=project, region=region))
    return make_open_hall(project=project, region=region)


def press(client, cafe, command, *, seen=None, follow=True, **fields):
    cafe.refresh_from_db()
    data = {"command": command, "seen": cafe.revision if seen is None else seen, **fields}
    response = client.post(reverse("workspace:cafe_act", args=[cafe.pk]), data, follow=follow)
    cafe.refresh_from_db()
    return response


def said(response):
    return [(m.level_tag, str(m)) for m in response.context["messages"]]


def look(client, cafe, name="cafe_live"):
    return client.get(reverse(f"workspace:{name}", args=[cafe.pk])).content.decode()


@pytest.mark.slow
def test_every_phase_has_a_page_and_its_next_step_is_one_button(client, cafe):
    for _ in range(40):
        html = look(client, cafe)
        assert html.count("ac-btn big") == 1
        if "/close/" in re.search(r'<a class="ac-btn big"[^>]*>|$', html)[0]:
            break
        press(client, cafe, "next")

    assert cafe.phase == Phase.FEEDBACK


def test_buttons_work_without_a_script(client, cafe):
    press(client, cafe, "go_to", step="talk:1")
    press(client, cafe, "extend", minutes="5")
    press(client, cafe, "pause")
    press(client, cafe, "screen", screen="cards")
    page = press(client, cafe, "announce", text="Coffee is ready")

    assert (cafe.phase, cafe.round_index) == (Phase.TALK, 1)
    assert cafe.paused_left_ms > 24 * 60_000
    assert (cafe.screen, cafe.announcement) == ("cards", "Coffee is ready")
    assert "Coffee is ready" in page.content.decode()


def test_stale_screen_is_told_who_was_first(client, cafe):
    press(client, cafe, "next")

    response = press(client, cafe, "next", seen=cafe.revision - 1)

    [(level, text)] = said(response)
    assert level == "error"
    assert "Phase: presentation" in text
    assert cafe.phase == Phase.PRESENTATION


def test_undo_asks_only_where_something_rests_on_it(client, cafe):
    press(client, cafe, "go_to", step="talk:1")
    step = cafe.entries.last().number
    press(client, cafe, "extend", minutes="5")
    url = reverse("workspace:cafe_undo", args=[cafe.pk, step])

    asked = client.post(url)
    cafe.refresh_from_db()
    before = cafe.phase
    client.post(url, {"together": "yes"})
    cafe.refresh_from_db()

    assert "5 minutes more" in asked.content.decode()
    assert (before, cafe.phase) == (Phase.TALK, Phase.LOBBY)


def test_latest_command_is_undone_with_one_press(client, cafe):
    press(client, cafe, "announce", text="Wrong")
    number = cafe.entries.last().number

    response = client.post(reverse("workspace:cafe_undo", args=[cafe.pk, number]), follow=True)

    cafe.refresh_from_db()
    assert cafe.announcement == ""
    assert said(response)[0][0] == "success"


def seat_guests(cafe, n=3):
    """Let guests sit at the first table of round 1; returns them."""
    go(cafe, Phase.SEATING, 1)
    table = cafe.tables.first()
    guests = [cafe.guests.create(number=500 + number) for number in range(n)]
    for guest in guests:
        guest.seats.create(round_index=1, table=table, planned_table=table)
    return guests


def tell(cafe, command, table=1, **arguments):
    """Give a command as the host of a table."""
    return act(cafe, command, arguments, seen=None, by=None, by_table=table, now=NOW)


def test_marks_of_a_host_are_one_line_that_opens(client, cafe):
    for guest in seat_guests(cafe):
        tell(cafe, "mark_seat", guest=guest.pk, round=1, state="here")

    html = look(client, cafe)

    assert html.count("Table 1: 3 guests marked") == 1
    marked = re.search(r'<details class="marks.*?</details>', html, re.DOTALL)[0]
    assert [f"Guest {500 + n} · here" in marked for n in range(3)] == [True] * 3
    assert marked.count("/undo/") == 3


def test_one_mark_is_undone_from_the_list(client, cafe):
    guests = seat_guests(cafe)
    first, *_rest = [
        tell(cafe, "mark_seat", guest=guest.pk, round=1, state="here") for guest in guests
    ]

    client.post(reverse("workspace:cafe_undo", args=[cafe.pk, first.number]))

    assert guests[0].seats.get().state == "expected"
    assert "Table 1: 2 guests marked" in look(client, cafe)


def test_undo_takes_back_the_facilitators_own_command_and_never_a_hosts(client, cafe):
    [guest] = seat_guests(cafe, 1)
    press(client, cafe, "announce", text="Coffee is ready")
    own = cafe.entries.last().number
    for state in ("here", "absent") * 6:
        tell(cafe, "mark_seat", guest=guest.pk, round=1, state=state)

    html = look(client, cafe)

    undo = html.split('id="undo-latest"')[1].split("</div>")[0]
    assert reverse("workspace:cafe_undo", args=[cafe.pk, own]) in undo
    assert "Announcement: Coffee is ready" in undo


def test_tables_that_call_for_help_are_exceptions_until_somebody_has_gone_there(client, cafe):
    entry = tell(cafe, "call_for_help", table=2)

    asked = look(client, cafe)
    client.post(reverse("workspace:cafe_undo", args=[cafe.pk, entry.number]))
    answered = look(client, cafe)

    assert asked.count("calls for help") == 1
    assert "Somebody has gone there" in asked
    assert "calls for help" not in answered


def test_closed_cockpit_offers_nothing_that_has_no_effect(client, cafe):
    tell(cafe, "call_for_help", table=2)
    client.post(reverse("workspace:cafe_close", args=[cafe.pk]))

    html = look(client, cafe)

    assert 'value="screen"' not in html
    assert 'value="announce"' not in html
    assert "calls for help" not in html
    assert 'id="timer"' not in html
    assert re.search(r'id="screen" data-part="screen" hidden', html)
    assert "Open again" in html


def test_sealed_cockpit_is_for_reading_only(client, cafe):
    fill_hall(cafe)
    go(cafe, Phase.RESULTS)
    press(client, cafe, "release", block="heat")
    do(cafe, "close", now=NOW)
    do(cafe, "seal", now=NOW)

    html = look(client, cafe)
    cards = look(client, cafe, "cafe_cards")

    assert "data-act" not in html
    assert "visible" in html
    assert 'name="command"' not in html
    assert 'name="command"' not in cards


def test_results_are_listed_with_people_and_released_one_by_one(client, cafe):
    fill_hall(cafe)
    go(cafe, Phase.RESULTS)

    html = look(client, cafe)
    press(client, cafe, "release", block="heat")

    assert "n = 16" in html.replace("\u00a0", " ")
    assert list(cafe.releases.values_list("block", flat=True)) == ["heat"]
    assert "Hide again" in look(client, cafe)


def test_comments_are_read_before_they_are_released(client, cafe):
    fill_hall(cafe)
    rows = [
        Comment.objects.create(
            cafe=cafe,
            participant=person,
            measure=cafe.measures.first(),
            text=f"Because of {number}",
            language="en",
            received_at=NOW,
        )
        for number, person in enumerate(cafe.participants.all())
    ]
    early = client.get(reverse("workspace:cafe_comments", args=[cafe.pk]))
    go(cafe, Phase.RESULTS)

    html = look(client, cafe, "cafe_comments")
    press(client, cafe, "release", block="comments", comments=[rows[2].pk])

    assert "Because of" not in early.content.decode()
    assert "Because of 2" in html
    data = cafe.releases.get().data["blocks"]["comments"]
    assert [item["text"] for item in data["items"]] == ["Because of 2"]


def test_close_and_seal_ask_once_and_the_seal_says_what_it_means(client, cafe):
    asked = client.get(reverse("workspace:cafe_close", args=[cafe.pk])).content.decode()
    client.post(reverse("workspace:cafe_close", args=[cafe.pk]))
    cafe.refresh_from_db()
    closed = cafe.phase
    seal = look(client, cafe, "cafe_seal")
    client.post(reverse("workspace:cafe_seal", args=[cafe.pk]))
    cafe.refresh_from_db()

    assert "open it again" in asked
    assert closed == Phase.CLOSED
    assert "cannot be undone" in seal
    assert cafe.is_sealed
    assert "Undo:" not in look(client, cafe)


def test_closed_cafe_is_sealed_when_its_time_is_over(client, cafe):
    do(cafe, "close", now=NOW)

    html = look(client, cafe)
    client.post(reverse("workspace:cafe_seal_due", args=[cafe.pk]))

    cafe.refresh_from_db()
    assert "data-due" in html
    assert cafe.is_sealed


def test_other_commands_than_those_of_the_page_are_not_taken(client, cafe):
    response = press(client, cafe, "seal")

    assert said(response)[0][0] == "error"
    assert not cafe.is_sealed


def test_links_open_screens_of_hosts_and_hall(client, cafe):
    html = look(client, cafe, "cafe_links")

    assert f"/cafe/screen/#{cafe.pk}~beamer~0~" in html
    assert html.count(f"/cafe/host/#{cafe.pk}~host~") == 2


def test_facilitator_gets_a_pass_for_the_stream(client, cafe):
    look(client, cafe)

    assert client.cookies["cafescreen"].value.startswith(f"{cafe.pk}~facilitator~0~")


def test_numbers_are_of_the_room_and_never_of_a_measure(client, cafe):
    fill_hall(cafe)
    url = reverse("workspace:cafe_numbers", args=[cafe.pk])

    first = client.get(url)
    same = client.get(url, headers={"If-None-Match": f"W/{first.headers['ETag']}"})

    assert (first.status_code, same.status_code) == (200, 304)
    assert first.json()["counts"]["participants"] == "16"
    assert set(first.json()["counts"]) == {
        "participants", "rating", "finished", "received", "expected", "cards",
    }  # fmt: skip


@pytest.mark.usefixtures("cafe")
def test_rating_alone_has_the_same_cockpit_with_fewer_parts(client, project):
    alone = make_open_cafe(project=project, region=make_region("AT32"))

    html = look(client, alone)

    assert 'id="room"' not in html
    assert "Close AlpCafé" in html


def test_missing_guests_and_small_tables_are_the_exceptions(client, cafe):
    table = cafe.tables.first()
    go(cafe, Phase.SEATING, 1)
    guest = cafe.guests.create(number=31)
    guest.seats.create(round_index=1, table=table, planned_table=table)

    html = look(client, cafe)

    assert "Guest 31" in html
    assert "small table" in html
    assert "no host" in html
    press(client, cafe, "no_show", guest=guest.pk, round="1")
    assert "Guest 31" not in look(client, cafe)


@pytest.mark.parametrize("name", ["cafe_live", "cafe_links", "cafe_seal", "cafe_comments"])
def test_pages_are_for_those_who_run_it(client, project, cafe, name):
    client.force_login(make_user_with(Role.MEMBER, project=project))

    response = client.get(reverse(f"workspace:{name}", args=[cafe.pk]))

    assert response.status_code == 403


@pytest.mark.usefixtures("cafe")
def test_draft_can_be_opened_from_its_live_page(client, project):
    draft = make_hall(project=project, region=make_region("AT32"))

    assert "Open AlpCafé" in look(client, draft)


@pytest.mark.parametrize("guests", [2, 12])
def test_live_page_asks_as_often_for_a_full_room(
    client, cafe, guests, django_assert_max_num_queries
):
    go(cafe, Phase.SEATING, 1)
    table = cafe.tables.first()
    for number in range(guests):
        guest = cafe.guests.create(number=300 + number)
        guest.seats.create(round_index=1, table=table, planned_table=table)

    with django_assert_max_num_queries(40):
        look(client, cafe)


def test_only_whether_the_best_are_known_is_told_while_people_rate(client, project, cafe):
    hall = make_open_cafe(
        project=project, region=cafe.region, measures=["fair", "pilot", "label", "lab"]
    )
    assert 'id="best"' not in look(client, hall)

    AlpCafe.objects.filter(pk=hall.pk).update(best_k=2)

    told = re.search(r'<p id="best">(.*?)</p>', look(client, hall))[1]
    assert told == "The best 2 measures need more answers."
