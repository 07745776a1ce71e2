"""The same limits hold with a certificate of our own, behind nginx and behind Caddy.

The examples of docs/operator/hall.md are run as they stand there.
"""

import contextlib
import http.client
import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import textwrap
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from alpclusters.live.upstream import MAX_BUSY
from tests.e2e.serving import free_port
from tests.live.hall_server import EVENT, HANGS_AFTER_S, Hall, joining, wait_until
from tests.live.small_site import DOCUMENTS, site

pytestmark = pytest.mark.integration

PAGE = Path(__file__).parents[2] / "docs" / "operator" / "hall.md"
MEGABYTE = 1_000_000
GERMAN = {"Accept": "text/html", "Accept-Language": "de"}


def example(name: str) -> str:
    """Return the configuration that the page shows for a program."""
    found = re.search(
        rf"^{name}:\n\n((?:    .*\n|\n)+)", PAGE.read_text(encoding="utf-8"), re.MULTILINE
    )
    return textwrap.dedent(found[1])


def put(text: str, old: str, new: str) -> str:
    """Replace what differs here from the example; it must stand in it."""
    assert old in text
    return text.replace(old, new)


def nginx(program: str, port: int, hall: Hall, cert: Path, key: Path, folder: Path) -> list[str]:
    """Write the configuration; return how the program is started."""
    text = put(example("nginx"), "127.0.0.1:8000", f"127.0.0.1:{hall.port}")
    text = put(text, "listen 443 ssl", f"listen 127.0.0.1:{port} ssl")
    text = put(put(text, "/etc/ssl/alp.pem", str(cert)), "/etc/ssl/alp.key", str(key))
    paths = "".join(
        f"{name}_temp_path {folder}/{name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;\n" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{user}daemon off;\npid {folder}/pid;\nerror_log {folder}/error.log;\n"
        f"events {{ worker_connections 1024; }}\nhttp {{\naccess_log off;\n{paths}{text}}}\n"
    )
    return [program, "-p", str(folder), "-e", f"{folder}/error.log", "-c", f"{folder}/nginx.conf"]


def caddy(program: str, port: int, hall: Hall, cert: Path, key: Path, folder: Path) -> list[str]:
    """Write the configuration; return how the program is started."""
    text = put(example("Caddy"), "127.0.0.1:8000", f"127.0.0.1:{hall.port}")
    text = put(text, "alp.example.org {", f"https://localhost:{port} {{\n    tls {cert} {key}")
    (folder / "Caddyfile").write_text(
        f"{{\n    admin off\n    auto_https disable_redirects\n"
        f"    storage file_system {folder}\n}}\n{text}"
    )
    return [program, "run", "--config", f"{folder}/Caddyfile", "--adapter", "caddyfile"]


class Proxied:
    """A hall as it is seen through a proxy."""

    def __init__(self, hall: Hall, port: int, cert: Path) -> None:
        self.hall, self.port = hall, port
        self.context = ssl.create_default_context(cafile=str(cert))

    def connect(self) -> ssl.SSLSocket:
        line = socket.create_connection(("127.0.0.1", self.port), HANGS_AFTER_S)
        return self.context.wrap_socket(line, server_hostname="localhost")

    def ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]):
        line = http.client.HTTPSConnection(
            "localhost", self.port, timeout=HANGS_AFTER_S, context=self.context
        )
        with contextlib.closing(line):
            line.request(method, path, body, headers)
            found = line.getresponse()
            return found.status, found.read(), found.headers

    def join(self) -> http.client.HTTPMessage:
        """Come in as a phone does, from a page of this address; return the headers."""
        origin = f"https://localhost:{self.port}"
        headers = {"Origin": origin, "Content-Type": "application/json"}
        status, told, found = self.ask(
            "POST", "/live/join", json.dumps(joining()).encode(), headers
        )
        assert status == 200, told
        return found


@pytest.fixture(params=[None, nginx, caddy], ids=["direct", "nginx", "caddy"])
def proxied(request, home, certificate, tmp_path_factory) -> Iterator[Proxied]:
    """A hall with https: its own, or that of one of the two programs."""
    site.reset()
    cert, key = certificate
    if request.param is None:
        hall = Hall(home, site, tls_cert=cert, tls_key=key, trusted_proxies=()).start()
        yield Proxied(hall, hall.port, cert)
        hall.stop()
        return
    name = request.param.__name__
    program = shutil.which(name)
    if program is None:
        pytest.skip(f"{name} is not installed")
    folder, port = tmp_path_factory.mktemp(name), free_port()
    hall = Hall(home, site).start()
    command = request.param(program, port, hall, cert, key, folder)
    with (folder / "out").open("wb") as out:
        # Caddy keeps its last configuration at home.
        elsewhere = os.environ | {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
        process = subprocess.Popen(command, stdout=out, stderr=out, env=elsewhere)
    try:
        wait_until(lambda: _answers(process, port, folder))
        yield Proxied(hall, port, cert)
    finally:
        process.terminate()
        process.wait()
        hall.stop()


def _answers(process: subprocess.Popen, port: int, folder: Path) -> bool:
    assert process.poll() is None, (folder / "out").read_text()
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0


def test_phones_join_and_the_site_learns_where_they_are(proxied):
    headers = proxied.join()
    _, told, _ = proxied.ask("GET", "/echo", None, {"X-Forwarded-For": "6.6.6.6"})

    seen = dict(json.loads(told)["headers"])
    assert headers["x-alpclusters"] == "live"
    assert seen["host"] == f"localhost:{proxied.port}"
    assert (seen["x-forwarded-for"], seen["x-forwarded-proto"]) == ("127.0.0.1", "https")


def test_a_body_that_is_too_large_is_refused_by_our_page(proxied):
    head = "".join(f"{name}: {value}\r\n" for name, value in GERMAN.items())
    sent, found = 0, b""
    with proxied.connect() as line:
        line.sendall(
            f"POST /de/account/login/ HTTP/1.1\r\nHost: localhost:{proxied.port}\r\n{head}"
            f"Content-Length: {500 * MEGABYTE}\r\n\r\n".encode()
        )
        line.settimeout(0.01)
        with contextlib.suppress(ConnectionError, ssl.SSLError):
            while sent < 500 * MEGABYTE and b"</html>" not in found:
                with contextlib.suppress(TimeoutError):
                    sent += line.send(b"x" * 16_384)
                with contextlib.suppress(TimeoutError):
                    found += line.recv(65_536)

    assert found.startswith(b"HTTP/1.1 413 ")
    assert "Das ist zu groß" in found.decode()
    assert sent < 8 * MEGABYTE
    assert site.asked == []


def test_a_long_file_of_somebody_who_is_known_passes(proxied):
    file = b"%PDF" * (10 * MEGABYTE)

    status, told, _ = proxied.ask("POST", DOCUMENTS, file, {"Cookie": "session=known"})

    assert status == 200
    assert b'"size": 40000000' in told


def test_bodies_that_do_not_come_hold_up_nobody(proxied):
    with ExitStack() as lines:
        for _ in range(MAX_BUSY + 10):
            line = lines.enter_context(proxied.connect())
            head = f"POST /de/account/login/ HTTP/1.1\r\nHost: localhost:{proxied.port}\r\n"
            line.sendall(f"{head}Content-Length: 5000\r\n\r\nab".encode())

        assert proxied.ask("GET", "/echo", None, {})[0] == 200


def test_a_stream_is_passed_on_as_it_comes(proxied):
    cookie = proxied.join()["set-cookie"].partition(";")[0]
    with proxied.connect() as line:
        line.sendall(
            f"GET /live/{EVENT}/stream?view=participant HTTP/1.1\r\n"
            f"Host: localhost:{proxied.port}\r\nCookie: {cookie}\r\n\r\n".encode()
        )
        found = b""
        while b"event: snapshot" not in found:
            part = line.recv(65_536)
            assert part, found
            found += part
