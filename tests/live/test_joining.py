import re

import pytest

from alpclusters.platform.cookies import is_secure
from tests.live.hall_server import CODE, EVENT, Hall, joining

pytestmark = pytest.mark.integration


def test_a_phone_comes_in_by_its_link_and_gets_a_cookie(hall):
    found = hall.post("/live/join", joining())

    assert found.status == 200
    told = found.json()
    assert (told["event"], told["url"]) == (7, "/cafe/here/7/")
    assert len(told["recovery"]) == 10
    cafe, language = found.headers.get_all("set-cookie")
    assert re.fullmatch(r"cafe=7~[\w-]{22}; Path=/; Max-Age=5184000; SameSite=Lax; HttpOnly", cafe)
    assert language == "language=sl; Path=/; Max-Age=5184000; SameSite=Lax"
    assert found.headers["x-alpclusters"] == "live"
    assert found.headers["cache-control"] == "no-store"


@pytest.fixture
def secure_address(monkeypatch):
    """The address of an installation that is reached encrypted."""
    monkeypatch.setenv("ALPCLUSTERS_ADDRESS", "https://alp.example")
    is_secure.cache_clear()
    yield "https://alp.example"
    is_secure.cache_clear()


def test_cookies_are_secure_and_of_this_host_where_the_address_is(home, secure_address):
    running = Hall(home, address=secure_address).start()
    try:
        found = running.post("/live/join", joining())
        cafe = found.headers.get_all("set-cookie")[0].partition(";")[0]
        planted = cafe.removeprefix("__Host-")
        known, unknown = (running.get("/live/7/me", {"Cookie": c}) for c in (cafe, planted))
    finally:
        running.stop()

    assert all("; Secure" in c for c in found.headers.get_all("set-cookie"))
    assert all(c.startswith("__Host-") for c in found.headers.get_all("set-cookie"))
    assert (known.status, unknown.status) == (200, 401)


def test_a_code_is_read_as_people_type_it(hall):
    typed = joining(link=None, code=" k7m4-rt24 ")

    assert hall.post("/live/join", typed).json()["event"] == 7


def test_a_phone_that_is_in_already_stays_who_it_is(hall):
    cookie = hall.join()

    again = hall.post("/live/join", joining(), {"Cookie": cookie})

    assert again.cookie("cafe") == cookie
    assert "recovery" not in again.json()
    assert len(hall.memory.people) == 1


def test_tokens_of_other_events_are_kept_behind(hall):
    others = "3~aaaaaaaaaaaaaaaaaaaaaa.5~bbbbbbbbbbbbbbbbbbbbbb"

    found = hall.post("/live/join", joining(), {"Cookie": f"cafe={others}.<script>"})

    own, *kept = found.cookie("cafe").removeprefix("cafe=").split(".")
    assert own.startswith("7~")
    assert ".".join(kept) == others


@pytest.mark.parametrize("content", [{"code": "ZZZZZZZZ"}, {"code": "no"}, {"link": "7~wrong"}])
def test_what_is_not_open_has_one_answer(hall, content):
    found = hall.post("/live/join", {**joining(link=None), **content})

    assert found.status == 422
    assert found.json()["code"] == "unknown_code"
    assert found.json()["text"]
    assert "set-cookie" not in found.headers


def test_only_well_formed_wrong_codes_are_counted(hall):
    for code in ("ZZZZZZZZ", "no", "O0O0O0O0", ""):
        hall.post("/live/join", joining(link=None, code=code))

    assert hall.app.front.gate.n_wrong == 1


def test_a_screen_link_lets_nobody_in_as_a_participant(hall):
    assert hall.post("/live/join", joining(link="7~facilitator~0~f-secret")).status == 422


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": ""}, 403),
        ({"Sec-Fetch-Site": "", "Origin": "http://evil.example"}, 403),
        ({"Sec-Fetch-Site": "", "Origin": "null"}, 403),
        ({"Content-Type": "text/plain"}, 415),
        ({"Content-Type": "application/x-www-form-urlencoded"}, 415),
        ({"Host": "evil.example"}, 400),
        ({"Sec-Fetch-Site": "none"}, 200),
    ],
)
def test_only_pages_of_ours_may_send(hall, headers, status):
    assert hall.post("/live/join", joining(), headers).status == status


def test_old_browsers_are_known_by_their_origin(hall):
    origin = f"http://127.0.0.1:{hall.port}"

    found = hall.post("/live/join", joining(), {"Sec-Fetch-Site": "", "Origin": origin})

    assert found.status == 200


def test_what_is_missing_is_named(hall):
    assert hall.post("/live/join", joining(consent="")).json()["code"] == "no_consent"
    assert hall.post("/live/join", joining(k="")).json()["code"] == "no_key"
    assert hall.post("/live/join", []).json()["code"] == "not_json"


def test_phone_that_agreed_to_an_earlier_text_is_asked_again_and_is_not_in(hall):
    found = hall.post("/live/join", joining(consent="2026-1"))

    assert (found.status, found.json()["code"]) == (422, "old_consent")
    assert "agree once more" in found.json()["text"]
    assert "set-cookie" not in found.headers
    assert not hall.memory.people


def test_bodies_have_a_limit(hall):
    cookie = hall.join()
    small, large = {"text": "x" * 9_000}, {"commands": [{"text": "x" * 140_000}]}

    assert hall.post("/live/join", joining(more="x" * 9_000)).status == 413
    assert hall.post("/live/7/command", small, {"Cookie": cookie}).status == 413
    assert hall.post("/live/7/commands", large, {"Cookie": cookie}).status == 413
    assert hall.post("/live/7/commands", {"commands": [small]}, {"Cookie": cookie}).status == 200


def test_another_phone_becomes_the_same_person(hall):
    recovery = hall.post("/live/join", joining()).json()["recovery"]

    found = hall.post("/live/7/recover", {"recovery": recovery.lower(), "k": "r" * 22})
    me = hall.get("/live/7/me", {"Cookie": found.cookie("cafe")})

    assert me.json() == {"number": 1}


def test_a_phone_has_ten_tries_for_a_recovery_code(hall):
    cookie = ""
    for _ in range(10):
        found = hall.post("/live/7/recover", {"recovery": "wrong", "k": "r"}, {"Cookie": cookie})
        assert found.json()["code"] == "unknown_recovery"
        cookie = found.cookie("cafetries")

    last = hall.post("/live/7/recover", {"recovery": "wrong", "k": "r"}, {"Cookie": cookie})

    assert last.json()["code"] == "ask_facilitator"


def test_commands_are_taken_from_who_is_in(hall):
    cookie = hall.join()
    rows = [{"k": str(n), "t": "rate", "b": {}} for n in range(3)]

    one = hall.post("/live/7/command", rows[0], {"Cookie": cookie})
    many = hall.post("/live/7/commands", {"commands": rows}, {"Cookie": cookie})

    assert one.json()["status"] == 200
    assert [r["k"] for r in many.json()["results"]] == ["0", "1", "2"]
    assert {language for _, _, language in hall.memory.taken} == {"de"}
    assert hall.post("/live/7/command", rows[0]).status == 401
    assert hall.post("/live/8/command", rows[0], {"Cookie": cookie}).status == 401
    assert hall.post("/live/7/commands", {"commands": rows * 20}, {"Cookie": cookie}).status == 422


def test_a_phone_that_sends_too_much_waits_and_is_never_told_429(hall):
    cookie = hall.join()
    rows = [{"k": str(n)} for n in range(50)]

    statuses = [
        hall.post("/live/7/commands", {"commands": rows}, {"Cookie": cookie}) for _ in range(3)
    ]

    assert [found.status for found in statuses] == [200, 503, 503]
    assert int(statuses[1].headers["retry-after"]) >= 1


def test_a_heartbeat_is_noted(hall):
    cookie = hall.join()

    assert hall.post("/live/7/beat", {"unsent": 3}, {"Cookie": cookie}).status == 204
    assert hall.memory.taken == [("beat", 1, 3)]
    assert hall.post("/live/7/beat", {"unsent": "x"}, {"Cookie": cookie}).status == 422


def test_unknown_addresses_and_methods_are_named(hall):
    assert hall.get("/live/7/secret").status == 404
    wrong = hall.get("/live/join")
    assert (wrong.status, wrong.headers["allow"]) == (405, "POST")


def test_code_and_event_of_these_tests_fit_together(hall):
    assert hall.memory.find_code(CODE) == EVENT
