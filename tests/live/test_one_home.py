"""One installation on a data directory: the second start harms nothing; lost sockets come back."""

import os
import shutil
import stat
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.e2e.serving import Server, free_port
from tests.homes import PLAIN, copy_home
from tests.live.hall_server import wait_until
from tests.live.test_processes import status

pytestmark = [pytest.mark.integration, pytest.mark.slow]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A running installation."""
    home = copy_home("plain", tmp_path_factory.mktemp("one-home") / "home")
    running = Server(home, free_port(), PLAIN, ("--no-demonstration",))
    running.start()
    yield running
    running.stop()


def serve_again(server, port, *options):
    environment = {
        **os.environ,
        **PLAIN,
        "ALPCLUSTERS_HOME": str(server.home),
        "ALPCLUSTERS_PORT": str(port),
        "LANG": "en_GB.UTF-8",
        "PYTHONPATH": "src",
    }
    command = [sys.executable, "-m", "alpclusters", "serve", "--no-demonstration", *options]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def site_alone(home):
    """Load the site as a server of its own would, and end when a line comes."""
    environment = {**os.environ, **PLAIN, "ALPCLUSTERS_HOME": str(home), "PYTHONPATH": "src"}
    program = "import alpclusters.platform.asgi; print('loaded', flush=True); input()"
    return subprocess.Popen(
        [sys.executable, "-c", program],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_site_alone_does_not_load_beside_a_whole_installation(server):
    with site_alone(server.home) as alone:
        printed, said = alone.communicate("\n")

    assert printed == ""
    assert "setup.home_in_use" in said


def test_sites_alone_go_together_and_no_installation_beside_them(tmp_path):
    home = copy_home("plain", tmp_path / "home")
    with site_alone(home) as one, site_alone(home) as other:
        loaded = [one.stdout.readline(), other.stdout.readline()]
        beside = serve_again(SimpleNamespace(home=home), free_port())
        one.communicate("\n")
        other.communicate("\n")

    assert loaded == ["loaded\n"] * 2
    assert beside.returncode == 1
    assert f"process {one.pid}" in beside.stderr or f"process {other.pid}" in beside.stderr


@pytest.mark.parametrize("options", [(), ("--single",)])
@pytest.mark.parametrize("is_same_port", [True, False])
def test_a_second_start_says_who_is_there_and_harms_nothing(server, is_same_port, options):
    children = server.children()
    socket_before = (server.home / "run" / "site.sock").stat().st_ino

    second = serve_again(server, server.port if is_same_port else free_port(), *options)

    assert second.returncode == 1
    assert f"process {server.process.pid}" in second.stderr
    assert f"port {server.port}" in second.stderr
    assert "Traceback" not in second.stderr
    assert "is running" not in second.stdout
    assert server.children() == children
    assert (server.home / "run" / "site.sock").stat().st_ino == socket_before
    assert [status(server.port, path) for path in ("/de/", "/readyz")] == [200, 200]


@pytest.mark.parametrize("is_replaced", [True, False])
def test_a_site_whose_socket_is_lost_is_started_again(server, is_replaced):
    before, path = server.children()["site"], server.home / "run" / "site.sock"
    time.sleep(2)  # until the supervisor, which looks now and then, has surely seen it
    if is_replaced:
        other = path.with_name("other")
        shutil.copyfile("/dev/null", other)
        other.replace(path)
    else:
        path.unlink()

    wait_until(lambda: server.children().get("site") not in {None, before}, pause_s=0.2)
    wait_until(lambda: status(server.port, "/de/") == 200, pause_s=0.2)


def test_nothing_of_a_running_installation_is_open_to_other_users(server):
    paths = [server.home, *server.home.rglob("*")]
    # What the test itself made for the output of the server.
    printed = {server.home / "serve.out", server.home / "serve.err"}

    open_ones = [p for p in paths if p not in printed and stat.S_IMODE(p.lstat().st_mode) & 0o077]

    assert open_ones == []


def test_every_process_writes_for_its_own_user_alone(server):
    for number in (server.process.pid, *server.children().values()):
        words = Path(f"/proc/{number}/status").read_text()
        assert "Umask:\t0077" in words
