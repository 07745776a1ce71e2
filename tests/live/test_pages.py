import gzip
import threading

import pytest

from alpclusters.live.pages import parse_mark
from tests.live.hall_server import Hall, wait_until
from tests.live.small_site import site

pytestmark = pytest.mark.integration

PAGE = "/cafe/here/7/"


def asked(path: str = PAGE) -> int:
    return sum(seen["path"] == path for seen in site.asked)


def test_a_marked_page_is_the_same_for_everybody(hall_with_site):
    first = hall_with_site.get(PAGE, {"Cookie": "cafe=7~anna; session=1; language=de"})
    second = hall_with_site.get(PAGE, {"Cookie": "cafe=7~bert; session=2; language=de"})
    packed = hall_with_site.get(PAGE, {"Cookie": "language=de", "Accept-Encoding": "gzip, br"})

    assert first.body == second.body == gzip.decompress(packed.body)
    assert b"anna" not in first.body
    assert packed.headers["content-encoding"] == "gzip"
    assert asked() == 1
    for answer in (first, second, packed):
        assert answer.headers["content-security-policy"] == "default-src 'self'"
        assert not {"vary", "set-cookie", "live-cache"} & {n.lower() for n in answer.headers}
        assert answer.headers["x-alpclusters"] == "live"


def test_each_language_has_its_page(hall_with_site):
    german = hall_with_site.get(PAGE, {"Accept-Language": "de-AT,de;q=0.9,en;q=0.5"})
    chosen = hall_with_site.get(PAGE, {"Accept-Language": "de-AT", "Cookie": "language=sl"})

    assert b"<p lang=de>" in german.body
    assert b"<p lang=sl>" in chosen.body


def test_two_hundred_phones_at_once_make_one_page(hall_with_site):
    site.wait_s = 0.3
    bodies: list[bytes] = []

    def load() -> None:
        bodies.append(hall_with_site.get(PAGE).body)

    phones = [threading.Thread(target=load) for _ in range(200)]
    for phone in phones:
        phone.start()
    for phone in phones:
        phone.join()

    assert len(bodies) == 200
    assert len(set(bodies)) == 1
    assert asked() == 1


def test_a_new_revision_makes_a_new_page(hall_with_site):
    hall_with_site.get(PAGE)
    site.revision = hall_with_site.memory.content = 2
    hall_with_site.memory.tell(7, "state")

    hall_with_site.get(PAGE)
    hall_with_site.get(PAGE)

    assert asked() == 2


def test_a_page_of_another_revision_is_shown_and_not_kept(hall_with_site):
    site.revision = 2

    assert hall_with_site.get(PAGE).status == 200
    assert hall_with_site.get(PAGE).status == 200
    assert asked() == 2


def test_what_is_not_marked_comes_from_the_site_with_its_cookies(hall_with_site):
    one = hall_with_site.get("/cafe/", {"Cookie": "session=1"}).json()
    two = hall_with_site.get("/cafe/", {"Cookie": "session=2"}).json()

    assert dict(one["headers"])["cookie"] == "session=1"
    assert dict(two["headers"])["cookie"] == "session=2"


def test_files_with_hashed_names_are_kept(hall_with_site):
    path = "/static/site.0a1b.css"
    answers = [hall_with_site.get(path, {"Cookie": "session=1"}) for _ in range(3)]
    part = hall_with_site.get(path, {"Range": "bytes=0-1"})

    assert {answer.body for answer in answers} == {b"body{}"}
    assert answers[0].headers["vary"] == "Accept-Encoding"
    assert part.status == 200
    assert asked(path) == 2


def test_a_foreign_host_gets_nothing_from_memory(hall_with_site):
    hall_with_site.get(PAGE)

    found = hall_with_site.get(PAGE, {"Host": "evil.example"})

    assert found.status == 400
    assert asked() == 1


def test_head_of_a_kept_page_has_no_body(hall_with_site):
    whole = hall_with_site.get(PAGE)
    head = hall_with_site.get(PAGE, method="HEAD")

    assert head.headers["content-length"] == str(len(whole.body))
    assert head.body == b""


def test_the_page_is_made_even_if_the_one_who_asked_first_goes_away(hall_with_site: Hall):
    site.wait_s = 0.3
    with hall_with_site.connect() as line:
        host = f"127.0.0.1:{hall_with_site.port}"
        line.sendall(f"GET {PAGE} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        wait_until(lambda: asked() == 1)

    assert hall_with_site.get(PAGE).status == 200
    assert asked() == 1


@pytest.mark.parametrize("text", ["", "event=x; rev=1; lang=de", "rev=1; lang=de", "no-store"])
def test_a_mark_that_is_none_is_not_read(text):
    assert parse_mark(text) is None
