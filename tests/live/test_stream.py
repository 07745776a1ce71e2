import json
import socket
import time

import pytest

from alpclusters.live import hub as hub_module
from alpclusters.live import stream as stream_module
from alpclusters.live.hub import Channel
from tests.live.hall_server import SCREEN, Hall, Stream, wait_until

pytestmark = pytest.mark.integration

BEAMER = "cafescreen=7~beamer~0~b-secret"
FACILITATOR = f"cafescreen={SCREEN}"


@pytest.fixture
def person(hall):
    return hall.join()


def change(hall: Hall, **facts) -> None:
    hall.memory.facts.update(facts)
    hall.memory.tell(7, "state")


def test_a_stream_begins_with_everything_and_goes_on_with_what_changed(hall, person):
    before = time.time()
    stream = Stream(hall, "participant", person)
    _, first = stream.next("snapshot")
    after = time.time()
    change(hall, phase="talk", ends=123)
    _, delta = stream.next("delta")
    stream.close()

    assert stream.headers["content-type"] == "text/event-stream"
    assert stream.headers["x-accel-buffering"] == "no"
    assert first["phase"] == "lobby"
    assert int(before * 1000) <= first["now"] <= after * 1000
    assert {k: v for k, v in delta.items() if k != "now"} == {"phase": "talk", "ends": 123}


def test_a_key_that_is_gone_is_told_as_null(hall, person):
    change(hall, announcement="Soup")
    stream = Stream(hall, "participant", person)
    stream.next("snapshot")
    del hall.memory.facts["announcement"]
    hall.memory.tell(7, "state")

    assert stream.next("delta")[1]["announcement"] is None
    stream.close()


def test_who_comes_back_in_time_gets_only_what_was_missed(hall, person):
    stream = Stream(hall, "participant", person)
    tick, _ = stream.next("snapshot")
    stream.close()
    change(hall, phase="rating")
    hall.memory.tell(7, "cards")
    hub = hall.app.front.hub
    wait_until(lambda: int(tick) < hub.rooms[7].cards_tick <= hub.told)

    again = Stream(hall, "participant", person, after=tick)
    _, delta = again.next("delta")
    _, cards = again.next("cards")
    again.close()

    assert {k: v for k, v in delta.items() if k != "now"} == {"phase": "rating"}
    assert cards["seq"] > 0


def test_who_comes_back_and_missed_nothing_gets_something_all_the_same(hall, person):
    stream = Stream(hall, "participant", person)
    tick, _ = stream.next("snapshot")
    stream.close()

    again = Stream(hall, "participant", person, after=tick)

    assert set(again.next("delta")[1]) == {"now"}
    again.close()


@pytest.mark.parametrize("after", ["1", "99999999999999", "abc"])
def test_an_id_of_another_time_gets_everything(hall, person, after):
    stream = Stream(hall, "participant", person, after=after)

    assert stream.next("snapshot")[1]["phase"] == "lobby"
    stream.close()


def test_both_phones_of_a_person_hear_of_themselves_and_nobody_else(hall):
    anna, bert = hall.join(), hall.join()
    streams = [Stream(hall, "participant", cookie) for cookie in (anna, anna, bert)]
    for stream in streams:
        stream.next("snapshot")

    hall.memory.tell(7, "me:1")
    hall.memory.tell(7, "cards")

    assert [streams[0].next("me")[1], streams[1].next("me")[1]] == [{}, {}]
    streams[2].next("cards")
    assert "event: me" not in streams[2].text
    for stream in streams:
        stream.close()


@pytest.mark.parametrize(
    ("view", "cookie", "status"),
    [
        ("participant", "", 401),
        ("facilitator", "", 401),
        ("facilitator", BEAMER, 403),
        ("host", BEAMER, 403),
        ("participant", BEAMER, 200),
        ("beamer", FACILITATOR, 200),
        ("facilitator", f"{BEAMER}.{SCREEN}", 200),
        ("facilitator", "cafescreen=7~facilitator~0~wrong", 401),
        ("other", FACILITATOR, 422),
    ],
)
def test_each_screen_sees_its_own(hall, view, cookie, status):
    stream = Stream(hall, view, cookie)

    assert stream.status == status
    stream.close()


def test_a_participant_sees_no_screen(hall, person):
    stream = Stream(hall, "facilitator", person)

    assert stream.status == 403
    stream.close()


def test_a_link_that_became_void_ends_its_streams(hall):
    stream = Stream(hall, "facilitator", FACILITATOR)
    stream.next("snapshot")

    hall.memory.void.add(SCREEN)
    hall.write("UPDATE cafe_alpcafe SET link_epoch = 2")

    assert stream.ends()
    stream.close()


def test_somebody_who_left_hears_nothing_any_more(hall, person):
    stream = Stream(hall, "participant", person)
    stream.next("snapshot")
    hall.memory.people.clear()
    hall.memory.tell(7, "me:1")

    assert stream.ends()
    stream.close()


def test_a_change_nobody_told_of_is_found(hall):
    # The first look reads all that are open.
    wait_until(lambda: hall.memory.reloaded)
    before = list(hall.memory.reloaded)

    hall.write("UPDATE cafe_alpcafe SET revision = 2")

    wait_until(lambda: len(hall.memory.reloaded) > len(before))


def test_a_slow_listener_is_skipped_and_then_cut(hall, monkeypatch):
    monkeypatch.setattr(stream_module, "SLOWEST_S", 0.5)
    sleeper = socket.socket()
    sleeper.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    sleeper.connect(("127.0.0.1", hall.port))
    path = "/live/7/stream?view=beamer"
    sleeper.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {BEAMER}\r\n\r\n".encode())
    awake = Stream(hall, "beamer", BEAMER)
    awake.next("snapshot")
    wait_until(lambda: hall.app.front.hub.n_listeners == 2)

    n = 0
    while hall.app.front.hub.n_listeners == 2 and n < 60:
        n += 1
        change(hall, announcement=str(n) * 200_000)
        assert awake.next("delta")[1]["announcement"].startswith(str(n)[0])

    assert hall.app.front.hub.n_listeners == 1
    awake.close()
    sleeper.close()


def test_the_end_of_the_process_is_told_and_waits_for_nobody(home):
    running = Hall(home).start()
    streams = [Stream(running, "beamer", BEAMER) for _ in range(3)]
    for stream in streams:
        stream.next("snapshot")
    deaf = running.connect()
    request = f"GET /live/7/stream?view=beamer HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {BEAMER}\r\n"
    deaf.sendall(f"{request}\r\n".encode())

    running.stop()

    assert all(0 <= stream.next("restart")[1]["ms"] <= 3000 for stream in streams)
    assert all(stream.ends() for stream in streams)
    assert running.memory.is_closed
    for stream in streams:
        stream.close()
    deaf.close()


def test_a_browser_that_goes_is_forgotten(hall):
    stream = Stream(hall, "beamer", BEAMER)
    stream.next("snapshot")
    stream.close()

    wait_until(lambda: hall.app.front.hub.n_listeners == 0)


def test_the_state_is_answered_once_with_a_tag(hall):
    headers = {"Cookie": FACILITATOR}
    first = hall.get("/live/7/state?view=facilitator", headers)
    same = hall.get(
        "/live/7/state?view=facilitator", {**headers, "If-None-Match": first.headers["etag"]}
    )
    change(hall, phase="talk")
    other = hall.get(
        "/live/7/state?view=facilitator", {**headers, "If-None-Match": first.headers["etag"]}
    )

    assert first.json()["ratings"] == 0
    assert (same.status, same.body) == (304, b"")
    assert (other.status, other.json()["phase"]) == (200, "talk")
    assert hall.get("/live/8/state?view=facilitator", headers).status == 410


def test_listeners_that_are_equally_far_share_their_bytes():
    channel = Channel()
    channel.renew({"phase": "lobby", "people": 1}, 10)
    channel.renew({"phase": "talk", "people": 1, "now": 5}, 11)

    assert channel.since(10, 11) is channel.since(10, 11)
    assert channel.since(11, 11) == b""
    data = channel.since(10, 11).split(b"data: ")[1]
    assert set(json.loads(data)) == {"phase", "now"}


def test_a_silent_stream_gets_a_comment(home, monkeypatch):
    monkeypatch.setattr(hub_module, "COMMENT_S", 0.3)
    running = Hall(home).start()
    stream = Stream(running, "beamer", BEAMER)
    stream.next("snapshot")
    size = int(stream.file.readline(), 16)
    comment = stream.file.read(size)
    stream.close()
    running.stop()

    assert comment == b":\n\n"
