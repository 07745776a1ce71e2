"""Downloads from a small local server: whole files only, known hosts only."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.request import urlopen

import pytest

from alpclusters.analysis.errors import SourceError
from alpclusters.sources.downloads import Download, check_address, download
from alpclusters.sources.nuts_downloads import HOSTS, WORKBOOKS, fetch_nuts_workbooks

pytestmark = pytest.mark.integration

CONTENT = b"workbook" * 1000


class Answers(BaseHTTPRequestHandler):
    """Serves a good file, one that is cut off, and nothing else."""

    def do_GET(self):
        if self.path == "/missing.xls":
            self.send_error(404)
            return
        self.send_response(200)
        announced = len(CONTENT) * (2 if self.path == "/cut.xls" else 1)
        self.send_header("Content-Length", str(announced))
        self.end_headers()
        self.wfile.write(CONTENT)

    def log_message(self, *_arguments):
        """Stay quiet."""


@pytest.fixture(scope="module")
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


def local(request, *, timeout):
    return urlopen(request, timeout=timeout)


def test_file_appears_whole_and_the_progress_is_told(server, tmp_path):
    told = []

    path = download(
        Download(f"{server}/good.xls", "good.xls"), tmp_path, opener=local, progress=told.append
    )

    assert path.read_bytes() == CONTENT
    assert told[-1] == len(CONTENT)
    assert [found.name for found in tmp_path.iterdir()] == ["good.xls"]


@pytest.mark.parametrize(
    ("file", "limit", "code"),
    [
        ("missing.xls", 10**6, "source.unreachable"),
        ("good.xls", 100, "source.too_large"),
        ("cut.xls", 10**6, "source.cut_off"),
    ],
)
def test_failed_download_leaves_nothing(server, tmp_path, file, limit, code):
    with pytest.raises(SourceError) as caught:
        download(Download(f"{server}/{file}", file), tmp_path, opener=local, max_bytes=limit)

    assert caught.value.code == code
    assert list(tmp_path.iterdir()) == []


def test_server_that_is_not_there_is_a_source_error(tmp_path):
    with pytest.raises(SourceError) as caught:
        download(Download("http://127.0.0.1:9/x.xls", "x.xls"), tmp_path, opener=local)

    assert caught.value.code == "source.unreachable"


def test_files_that_are_there_already_are_not_fetched_again(server, tmp_path):
    (tmp_path / "a.xls").write_bytes(b"by hand")
    sources = [Download(f"{server}/a.xls", "a.xls"), Download(f"{server}/b.xls", "b.xls")]

    paths = fetch_nuts_workbooks(tmp_path, sources=sources, opener=local)

    assert [path.read_bytes() for path in paths] == [b"by hand", CONTENT]


@pytest.mark.parametrize(
    "address",
    [
        "http://ec.europa.eu/a.xls",
        "https://example.org/a.xls",
        "file:///etc/passwd",
        "https://ec.europa.eu.example.org/a.xls",
        "https://ec.europa.eu@example.org/a.xls",
    ],
)
def test_only_https_on_the_known_host_is_allowed(address):
    with pytest.raises(SourceError) as caught:
        check_address(address, hosts=HOSTS)

    assert caught.value.code == "source.not_allowed"


def test_all_official_addresses_are_allowed():
    for source in WORKBOOKS:
        check_address(source.address, hosts=HOSTS)

    assert len({source.file for source in WORKBOOKS}) == 6
