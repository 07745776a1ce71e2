import hashlib
import time

import pytest

from alpclusters.live.headers import MAX_HEAD, BadRequestError, towards_site
from tests.live.hall_server import Hall, wait_until
from tests.live.small_site import site

pytestmark = pytest.mark.integration


def raw(hall: Hall, text: bytes) -> bytes:
    """Send bytes as they are; return everything that comes until the connection ends."""
    with hall.connect() as line:
        line.sendall(text)
        parts = []
        while part := line.recv(65536):
            parts.append(part)
    return b"".join(parts)


def test_headers_of_one_connection_stay_on_it(hall_with_site):
    sent = {
        "Connection": "close, X-Mine",
        "X-Mine": "1",
        "TE": "trailers",
        "Proxy-Authorization": "secret",
        "Accept": "text/plain",
    }

    found = hall_with_site.get("/echo?a=1&b=%2F", sent)
    told = found.json()

    names = {name for name, _ in told["headers"]}
    assert names == {"host", "accept-encoding", "accept", "x-forwarded-proto", "x-forwarded-for"}
    assert told["query"] == "a=1&b=%2F"
    assert found.headers.get_all("set-cookie") == ["a=1", "b=2"]
    assert "x-hop" not in found.headers
    assert found.headers["x-alpclusters"] == "live"


def test_only_a_named_proxy_says_where_a_request_came_from(home):
    site.reset()
    told = {"X-Forwarded-For": "6.6.6.6, 203.0.113.9", "X-Forwarded-Proto": "https"}
    told |= {"X_Forwarded_For": "7.7.7.7", "Forwarded": "for=8.8.8.8", "X-Real-IP": "9.9.9.9"}
    trusting = Hall(home, site).start()
    stranger = Hall(home / "other", site, trusted_proxies=()).start()
    try:
        believed = trusting.get("/echo", told).json()
        not_believed = stranger.get("/echo", told).json()
    finally:
        trusting.stop()
        stranger.stop()

    assert dict(believed["headers"])["x-forwarded-for"] == "203.0.113.9"
    assert dict(believed["headers"])["x-forwarded-proto"] == "https"
    assert dict(not_believed["headers"])["x-forwarded-for"] == "127.0.0.1"
    assert dict(not_believed["headers"])["x-forwarded-proto"] == "http"
    for seen in (believed, not_believed):
        names = [name for name, _ in seen["headers"]]
        assert names.count("x-forwarded-for") == 1
        assert not {"forwarded", "x-real-ip", "x_forwarded_for"} & set(names)


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
        b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
        b"Content-Length: 4\r\nContent-Length: 40\r\n",
        b"Content-Length: 4, 40\r\n",
        b"Content-Length: +4\r\n",
        b"Transfer-Encoding: chunked, identity\r\n",
        b"Transfer-Encoding : chunked\r\n",
        b"Transfer-Encoding: xchunked\r\n",
        b"Transfer-Encoding: gzip, chunked\r\n",
        b"X: 1\nContent-Length: 40\r\n",
        b" Content-Length: 40\r\n",
    ],
)
def test_a_body_whose_length_can_be_read_in_two_ways_is_refused(hall_with_site, head):
    smuggled = b"GET /smuggled HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    body = b"0\r\n\r\n" + smuggled
    request = b"POST /echo HTTP/1.1\r\nHost: 127.0.0.1\r\n" + head + b"\r\n" + body

    answer = raw(hall_with_site, request)

    assert answer.startswith(b"HTTP/1.1 400 ")
    assert "/smuggled" not in {asked["path"] for asked in site.asked}


def test_two_hosts_are_refused(hall_with_site):
    request = b"GET /echo HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil\r\nConnection: close\r\n\r\n"

    assert raw(hall_with_site, request).startswith(b"HTTP/1.1 400 ")


def test_a_head_above_the_limit_is_refused(hall_with_site):
    finished = hall_with_site.get("/echo", {"X-Long": "x" * 40_000})
    with hall_with_site.connect() as line:
        line.sendall(b"GET /echo HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Long: ")
        try:
            for _ in range(100):
                line.sendall(b"x" * 4096)
                time.sleep(0.001)
            endless = line.recv(100)
        except ConnectionError:
            endless = b"HTTP/1.1 431"

    assert finished.status == 431
    assert endless.startswith(b"HTTP/1.1 431")


def test_large_bodies_are_streamed_both_ways(hall_with_site):
    body = bytes(range(256)) * 40_000

    short = body[:2_000_000]
    counted = hall_with_site.ask("POST", "/de/workspace/imports/new/", body, {}).json()
    chunked = hall_with_site.ask("POST", "/echo", iter([short[:100], short[100:]]), {}).json()
    large = hall_with_site.get("/large")

    assert (counted["size"], counted["sha"]) == (len(body), hashlib.sha256(body).hexdigest())
    assert dict(counted["headers"])["content-length"] == str(len(body))
    assert chunked["sha"] == hashlib.sha256(short).hexdigest()
    assert "content-length" not in dict(chunked["headers"])
    assert large.body == b"x" * 65536 * 200


def test_an_answer_before_the_end_of_the_body_reaches_the_browser(hall_with_site):
    found = hall_with_site.ask("POST", "/early", b"y" * 300_000, {})

    assert (found.status, found.body) == (413, b"too much")


def test_an_answer_that_breaks_off_is_not_taken_for_whole(hall_with_site):
    answer = raw(hall_with_site, b"GET /broken HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")

    assert b"content-length: 100" in answer
    assert len(answer.partition(b"\r\n\r\n")[2]) < 100


def test_head_has_the_length_and_no_body(hall_with_site):
    found = hall_with_site.get("/echo", method="HEAD")

    assert found.status == 200
    assert int(found.headers["content-length"]) > 10
    assert found.body == b""


def test_a_connection_is_used_again(hall_with_site):
    for _ in range(5):
        assert hall_with_site.get("/echo").status == 200

    assert len(hall_with_site.forward.upstream._idle) == 1


def test_a_page_waits_out_the_site_and_loads_by_itself(hall_with_site):
    assert hall_with_site.get("/echo").status == 200
    hall_with_site.stop_site()

    page = hall_with_site.get("/de/", {"Accept": "text/html", "Accept-Language": "sl"})
    form = hall_with_site.ask("POST", "/de/", b"a=1", {"Accept": "text/html"})
    data = hall_with_site.get("/de/", {"Accept": "application/json"})

    assert page.status == 503
    assert page.headers["retry-after"] == "2"
    text = page.body.decode()
    assert 'http-equiv="refresh"' in text
    assert all(f'<section lang="{code}">' in text for code in ("de", "en", "fr", "it", "sl"))
    assert text.index('lang="sl"><h1>') > 0
    assert form.status == 503
    assert b"refresh" not in form.body
    assert data.json()["code"] == "site_away"
    assert hall_with_site.get("/healthz").status == 200

    hall_with_site.start_site()
    wait_until(lambda: hall_with_site.get("/echo").status == 200)


@pytest.mark.parametrize(
    ("heads", "code"),
    [
        ([(b"host", b"a.example.org"), (b"host", b"b.example.org")], "two_hosts"),
        ([(b"content-length", b"3"), (b"content-length", b"4")], "two_lengths"),
        ([(b"content-length", b"3"), (b"transfer-encoding", b"chunked")], "two_lengths"),
        ([(b"content-length", b"+3")], "bad_length"),
        ([(b"transfer-encoding", b"gzip")], "bad_coding"),
        ([(b"x-long", b"a" * MAX_HEAD)], "head_too_large"),
    ],
)
def test_a_request_that_two_servers_may_read_differently_is_refused(heads, code):
    scope = {"raw_path": b"/", "query_string": b"", "headers": heads, "client": ("127.0.0.1", 1)}

    with pytest.raises(BadRequestError) as refused:
        towards_site(scope, trusted=())

    assert refused.value.args[0] == code
