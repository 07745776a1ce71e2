"""Large files from a small local server: resumed, checked by ETag and length, kept when offline."""

import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.request import urlopen

import pytest

from alpclusters.analysis.errors import SourceError
from alpclusters.sources.boundary_downloads import HOSTS, boundary_file, fetch_boundaries
from alpclusters.sources.downloads import Download, check_address
from alpclusters.sources.postcode_downloads import POSTCODES, fetch_postcodes
from alpclusters.sources.stored_files import TRIES, fetch_file, stored_file

pytestmark = pytest.mark.integration

CONTENT = bytes(range(256)) * 1200
SOURCE = "regions.geojson"


@dataclass
class Behaviour:
    """What the server has, how often it breaks off or is busy, and what it was asked."""

    content: bytes = CONTENT
    etag: str = '"one"'
    n_cuts: int = 0
    n_busy: int = 0
    overstate: int = 0
    knows_ranges: bool = True
    asked: list[dict[str, str]] = field(default_factory=list)


class Answers(BaseHTTPRequestHandler):
    """Serves one file as `Behaviour` says."""

    def do_GET(self):
        own = self.server.behaviour
        own.asked.append(dict(self.headers))
        if own.n_busy:
            own.n_busy -= 1
            self.send_error(503)
        elif own.etag and self.headers.get("If-None-Match") == own.etag:
            self.send_response(304)
            self.end_headers()
        else:
            self.send_file(own)

    def send_file(self, own):
        start, whole = self.start_of(own), len(own.content)
        if start >= whole:
            self.send_error(416)
            return
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{whole - 1}/{whole}")
        if own.etag:
            self.send_header("ETag", own.etag)
        self.send_header("Content-Length", str(whole - start + own.overstate))
        self.end_headers()
        end = whole
        if own.n_cuts:
            own.n_cuts -= 1
            end = start + (whole - start) // 2
        self.wfile.write(own.content[start:end])

    def start_of(self, own):
        asked = self.headers.get("Range", "")
        if own.knows_ranges and asked and self.headers.get("If-Range") == own.etag:
            return int(asked.removeprefix("bytes=").removesuffix("-"))
        return 0

    def log_message(self, *_arguments):
        """Stay quiet."""


@pytest.fixture
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as running:
        running.behaviour = Behaviour()
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def local(request, *, timeout):
    return urlopen(request, timeout=timeout)


def no_waiting(_seconds):
    """Try again at once."""


def fetch(server, folder, **options):
    source = Download(f"http://127.0.0.1:{server.server_port}/{SOURCE}", SOURCE)
    values = {"max_bytes": 10**6, "wait": no_waiting, **options}
    return fetch_file(source, folder, opener=local, **values)


def test_file_comes_whole_with_a_record_of_where_it_is_from(server, tmp_path):
    told = []

    found = fetch(server, tmp_path, progress=lambda got, whole: told.append((got, whole)))

    assert found.path.read_bytes() == CONTENT
    assert told[-1] == (len(CONTENT), len(CONTENT))
    assert (found.etag, found.n_bytes, found.is_checked) == ('"one"', len(CONTENT), True)
    assert {path.name for path in tmp_path.iterdir()} == {SOURCE, f"{SOURCE}.json"}


def test_fetch_that_was_cut_goes_on_where_it_stopped(server, tmp_path):
    server.behaviour.n_cuts = 2

    found = fetch(server, tmp_path)

    assert found.path.read_bytes() == CONTENT
    starts = [asked.get("Range") for asked in server.behaviour.asked]
    assert starts == [None, f"bytes={len(CONTENT) // 2}-", f"bytes={len(CONTENT) * 3 // 4}-"]


def test_part_of_an_earlier_call_is_used_by_the_next(server, tmp_path):
    server.behaviour.n_cuts = TRIES
    with pytest.raises(SourceError) as caught:
        fetch(server, tmp_path)
    assert caught.value.code == "source.cut_off"
    assert (tmp_path / f"{SOURCE}.part").stat().st_size > len(CONTENT) * 0.9

    found = fetch(server, tmp_path)

    assert found.path.read_bytes() == CONTENT


def test_part_of_another_version_is_thrown_away(server, tmp_path):
    server.behaviour.n_cuts = TRIES
    with pytest.raises(SourceError):
        fetch(server, tmp_path)
    server.behaviour.etag, server.behaviour.content = '"two"', CONTENT[::-1]

    found = fetch(server, tmp_path)

    assert found.path.read_bytes() == CONTENT[::-1]


def test_part_longer_than_the_file_is_thrown_away(server, tmp_path):
    (tmp_path / f"{SOURCE}.part").write_bytes(CONTENT * 2)
    (tmp_path / f"{SOURCE}.part.json").write_text('{"etag": "\\"one\\""}')

    assert fetch(server, tmp_path).path.read_bytes() == CONTENT


def test_server_without_ranges_sends_everything_again(server, tmp_path):
    server.behaviour.n_cuts, server.behaviour.knows_ranges = 1, False

    assert fetch(server, tmp_path).path.read_bytes() == CONTENT


def test_file_shorter_than_announced_is_refused_and_leaves_nothing(server, tmp_path):
    server.behaviour.overstate, server.behaviour.etag = 100, ""

    with pytest.raises(SourceError) as caught:
        fetch(server, tmp_path)

    assert caught.value.code == "source.cut_off"
    assert list(tmp_path.iterdir()) == []


def test_too_large_file_is_refused_while_it_comes(server, tmp_path):
    with pytest.raises(SourceError) as caught:
        fetch(server, tmp_path, max_bytes=1000)

    assert caught.value.code == "source.too_large"
    assert list(tmp_path.iterdir()) == []


def test_unchanged_file_is_not_sent_again(server, tmp_path):
    first = fetch(server, tmp_path)
    second = fetch(server, tmp_path)

    assert server.behaviour.asked[1]["If-None-Match"] == '"one"'
    assert (second.retrieved_at, second.is_checked) == (first.retrieved_at, True)


def test_new_version_takes_the_place_of_the_old(server, tmp_path):
    fetch(server, tmp_path)
    server.behaviour.etag, server.behaviour.content = '"two"', b"new"

    assert fetch(server, tmp_path).path.read_bytes() == b"new"


def test_busy_server_is_asked_again(server, tmp_path):
    server.behaviour.n_busy = 2
    waited = []

    fetch(server, tmp_path, wait=waited.append)

    assert waited == [2.0, 4.0]


def test_stored_file_serves_while_the_network_is_away(server, tmp_path):
    fetch(server, tmp_path)
    server.behaviour.n_busy = TRIES

    found = fetch(server, tmp_path)

    assert (found.path.read_bytes(), found.is_checked) == (CONTENT, False)


def test_file_put_there_by_hand_is_never_fetched_over(server, tmp_path):
    (tmp_path / SOURCE).write_bytes(b"by hand")

    found = fetch(server, tmp_path)

    assert (found.path.read_bytes(), found.address) == (b"by hand", "")
    assert server.behaviour.asked == []


def test_both_official_sources_lie_on_the_known_host(server, tmp_path):
    for source in (boundary_file(2021, 2), boundary_file(2021, 3, small=True), POSTCODES):
        check_address(source.address, hosts=HOSTS)
    source = Download(f"http://127.0.0.1:{server.server_port}/x", "x")

    assert fetch_boundaries(tmp_path, sources=[source], opener=local)[0].n_bytes == len(CONTENT)
    assert fetch_postcodes(tmp_path, source=source, opener=local).is_checked
    with pytest.raises(SourceError, match="not_allowed"):
        fetch_postcodes(tmp_path, source=source)
    assert stored_file(source, tmp_path).etag == '"one"'
