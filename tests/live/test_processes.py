"""The real processes of ``serve``: they are killed, told to end, and come back."""

import http.client
import os
import signal
import socket
import ssl
import threading
import time
from pathlib import Path

import pytest

from alpclusters.analysis.errors import SetupError
from alpclusters.live.tls import read_certificate, server_context
from tests.e2e.serving import Server, free_port
from tests.homes import PLAIN, copy_home
from tests.live.hall_server import HANGS_AFTER_S, wait_until
from tests.postgres_homes import address_of, drop, maintain

pytestmark = [pytest.mark.integration, pytest.mark.slow]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """An installation without a demonstration, set up by its first start."""
    running = Server(tmp_path_factory.mktemp("served"), free_port(), PLAIN, ("--no-demonstration",))
    running.start()
    yield running
    running.stop()


def status(port: int, path: str, context: ssl.SSLContext | None = None) -> int:
    """Ask once; 0 where nobody answers."""
    if context is None:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    else:
        line = http.client.HTTPSConnection("localhost", port, timeout=10, context=context)
    try:
        line.request("GET", path, headers={"Accept": "text/html"})
        return line.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        line.close()


def test_the_port_is_held_while_the_live_process_comes_back(server):
    before = server.children()["live"]
    statuses: list[int] = []
    stop = threading.Event()

    def knock() -> None:
        while not stop.is_set():
            with socket.socket() as line:
                line.settimeout(10)
                statuses.append(line.connect_ex(("127.0.0.1", server.port)))
            time.sleep(0.05)

    knocking = threading.Thread(target=knock)
    knocking.start()
    os.kill(before, signal.SIGKILL)
    try:
        wait_until(lambda: server.children().get("live") not in {None, before})
        answered = status(server.port, "/healthz")
    finally:
        stop.set()
        knocking.join()

    assert answered == 200
    assert set(statuses) == {0}


def test_the_live_process_goes_on_while_the_site_comes_back(server):
    before = server.children()["site"]
    os.kill(before, signal.SIGKILL)

    away, alive = status(server.port, "/de/"), status(server.port, "/healthz")
    wait_until(lambda: status(server.port, "/readyz") == 200, pause_s=0.2)

    assert (away, alive) == (503, 200)
    assert server.children()["site"] != before


def test_the_children_end_with_their_parent(tmp_path):
    running = Server(copy_home("plain", tmp_path), free_port(), PLAIN, ("--no-demonstration",))
    running.start()
    children = running.children()

    running.process.kill()
    running.process.wait()

    for number in children.values():
        wait_until(lambda n=number: not Path(f"/proc/{n}").exists() or is_zombie(n))
    running.start()
    ended = running.process
    ended.send_signal(signal.SIGTERM)
    assert ended.wait(HANGS_AFTER_S) == 0


def is_zombie(number: int) -> bool:
    try:
        return ") Z " in Path(f"/proc/{number}/stat").read_text()
    except FileNotFoundError:
        return True


def test_one_process_serves_everything_for_development(tmp_path):
    copy_home("plain", tmp_path)
    running = Server(tmp_path, free_port(), PLAIN, ("--no-demonstration", "--single"))
    running.start()
    try:
        assert running.children() == {}
        assert status(running.port, "/de/") == 200
        assert status(running.port, "/live/1/me") == 401
    finally:
        running.process.send_signal(signal.SIGINT)
        ended = running.process.wait(HANGS_AFTER_S)
        running.stop()

    assert ended == 0
    assert "Ein Prozess für alles" in (tmp_path / "serve.err").read_text()


# --- on PostgreSQL --------------------------------------------------------------------------------


@pytest.fixture
def database():
    """An empty database on the server of DATABASE_URL."""
    address = os.environ.get("DATABASE_URL", "")
    if not address.startswith("postgres"):
        pytest.skip("needs a PostgreSQL server (DATABASE_URL)")
    name = f"front_{os.getpid()}"
    maintain("CREATE DATABASE {}", name)
    yield address_of(name)
    drop(name)


@pytest.mark.database
def test_two_processes_of_the_site_serve_on_postgresql(database, tmp_path):
    settings = {**PLAIN, "DATABASE_URL": database, "ALPCLUSTERS_SITE_PROCESSES": "2"}
    running = Server(tmp_path, free_port(), settings, ("--no-demonstration",))
    running.start()
    try:
        wait_until((tmp_path / "run" / "site-2.sock").exists)
        assert {status(running.port, "/de/") for _ in range(6)} == {200}
        assert status(running.port, "/live/1/me") == 401
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(HANGS_AFTER_S) == 0
    finally:
        running.stop()


# --- https in the hall ----------------------------------------------------------------------------


def test_a_certificate_says_until_when_and_for_whom(certificate):
    found = read_certificate(*certificate)

    assert found.names == ("localhost", "127.0.0.1")
    assert 0 < found.ends_at.timestamp() - time.time() <= 86_400


def test_a_key_that_does_not_fit_is_refused(certificate, tmp_path):
    cert, key = certificate
    other = tmp_path / "other.pem"
    other.write_text(key.read_text().replace("BEGIN", "BEGONE"))

    for wrong in (other, tmp_path / "missing.pem"):
        with pytest.raises(SetupError, match=r"setup\.tls"):
            server_context(cert, wrong)


def test_the_server_speaks_https_with_a_certificate(certificate, tmp_path):
    cert, key = certificate
    home = copy_home("plain", tmp_path / "home")
    options = ("--no-demonstration", "--tls-cert", str(cert), "--tls-key", str(key))
    running = Secure(home, free_port(), PLAIN, options)
    running.context = ssl.create_default_context(cafile=str(cert))
    running.start()
    try:
        assert status(running.port, "/de/", running.context) == 200
        assert "https://127.0.0.1" in running.printed
        assert cookies_of(running) != []
        assert all("Secure" in cookie for cookie in cookies_of(running))
    finally:
        running.stop()


class Secure(Server):
    """A server with a certificate of its own."""

    context: ssl.SSLContext

    def _wait(self) -> None:
        # Every question is a handshake, which the server that starts has to answer.
        wait_until(lambda: status(self.port, "/readyz", self.context) == 200, pause_s=0.2)


def cookies_of(server: Secure) -> list[str]:
    line = http.client.HTTPSConnection("localhost", server.port, timeout=10, context=server.context)
    try:
        line.request("GET", "/de/account/login/")
        answer = line.getresponse()
        return answer.msg.get_all("set-cookie") or []
    finally:
        line.close()


def test_only_ciphers_with_forward_secrecy_are_offered_and_no_old_version(certificate):
    context = server_context(*certificate)

    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2
    assert context.get_ciphers() != []
    assert [c["name"] for c in context.get_ciphers() if c["strength_bits"] < 128] == []
    assert [c["name"] for c in context.get_ciphers() if c["kea"] == "kx-rsa"] == []
