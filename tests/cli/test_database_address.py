"""A wrong DATABASE_URL is told in one sentence, by every command, and nobody waits for it."""

import contextlib
import json
import os
import select
import socket
import threading
from contextlib import closing
from urllib.parse import parse_qs, urlsplit

import pytest
from psycopg.errors import UndefinedTable

from alpclusters.live.postgres_store import PostgresStore
from alpclusters.live.watch import PostgresqlLook
from alpclusters.platform.database_address import parse_database
from tests.platform.operation.test_backup import alpclusters

pytestmark = pytest.mark.integration

COMMANDS = [["backup"], ["remind"], ["serve", "--no-demonstration"], ["restore", "no.zip"]]


@pytest.fixture
def silent():
    """A server that takes connections and never says anything."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"postgresql://me@127.0.0.1:{listener.getsockname()[1]}/alp"


@pytest.mark.parametrize("command", [*COMMANDS, ["doctor"]], ids=lambda words: words[0])
def test_another_kind_of_database_is_refused_in_one_sentence(command, tmp_path):
    found = alpclusters(tmp_path / "home", *command, DATABASE_URL="mysql://me@db/alp")

    assert found.returncode == 1
    assert "Traceback" not in found.stderr
    assert "mysql" in found.stderr.splitlines()[-1]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: words[0])
def test_a_server_that_never_answers_is_not_waited_for(command, silent, tmp_path):
    found = alpclusters(tmp_path / "home", *command, DATABASE_URL=silent)

    assert found.returncode == 1
    assert "Traceback" not in found.stderr
    assert "cannot be reached" in found.stderr.splitlines()[-1]


def test_the_doctor_says_that_the_database_is_not_reached_and_looks_at_the_rest(silent, tmp_path):
    found = alpclusters(tmp_path / "home", "doctor", "--json", DATABASE_URL=silent)

    checks = {check["name"]: check for check in json.loads(found.stdout)}
    assert found.stderr == ""
    assert "cannot be reached" in checks["database"]["finding"]
    assert checks.keys() >= {"python", "open_files"}
    assert not checks.keys() & {"migrations", "open_cafes", "background_work"}


def test_a_name_nobody_knows_and_a_closed_port_are_told(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        closed = f"postgresql://me@127.0.0.1:{listener.getsockname()[1]}/alp"

    for url in (closed, "postgresql://me@database.invalid/alp"):
        found = alpclusters(tmp_path / "home", "backup", DATABASE_URL=url)
        assert found.returncode == 1
        assert "Traceback" not in found.stderr
        assert "cannot be reached" in found.stderr.splitlines()[-1]


# --- a real server, over TCP and without TLS ------------------------------------------------------


@pytest.fixture
def plain_server():
    """The PostgreSQL server of the tests behind a port; it speaks no TLS."""
    parts = urlsplit(os.environ.get("DATABASE_URL", ""))
    if not parts.scheme.startswith("postgres"):
        pytest.skip("needs a PostgreSQL server (DATABASE_URL)")
    query = parse_qs(parts.query)
    place = f"{query['host'][0]}/.s.PGSQL.{query.get('port', ['5432'])[0]}"
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=pass_on, args=[listener, place], daemon=True).start()
        port = listener.getsockname()[1]
        yield f"postgresql://{query['user'][0]}@127.0.0.1:{port}{parts.path}"


def pass_on(listener, place):
    while True:
        try:
            caller, _ = listener.accept()
        except OSError:
            return
        threading.Thread(target=pour, args=[caller, place], daemon=True).start()


def pour(caller, place):
    with caller, socket.socket(socket.AF_UNIX) as server:
        server.connect(place)
        other = {caller: server, server: caller}
        while True:
            for ready in select.select([caller, server], [], [])[0]:
                data = ready.recv(65_536)
                if not data:
                    return
                other[ready].sendall(data)


@pytest.mark.database
def test_without_tls_an_address_that_asks_for_it_is_refused(plain_server, tmp_path):
    plain = alpclusters(tmp_path, "doctor", "--json", DATABASE_URL=plain_server)
    states = {check["name"]: check["state"] for check in json.loads(plain.stdout)}
    assert (states["database"], states["backup_program"]) == ("ok", "ok"), plain.stderr

    for mode in ("require", "verify-full"):
        url = f"{plain_server}?sslmode={mode}"
        for command in COMMANDS:
            found = alpclusters(tmp_path / "home", *command, DATABASE_URL=url)
            assert found.returncode == 1
            told = found.stderr.splitlines()[-1]
            assert told.startswith(f"DATABASE_URL asks for an encrypted connection (sslmode={mode}")
        examined = alpclusters(tmp_path, "doctor", DATABASE_URL=url)
        assert examined.returncode == 1
        assert f"sslmode={mode}" in examined.stdout


@pytest.mark.database
def test_every_connection_of_ours_carries_the_options_of_the_address(plain_server):
    database = parse_database(f"{plain_server}?application_name=ministry", home=None)

    with closing(PostgresStore.open(database)) as store, closing(PostgresqlLook(database)) as look:
        with contextlib.suppress(UndefinedTable):
            look.read()
        names = [
            store.fetch("SHOW application_name")[0][0],
            look._connection.info.parameter_status("application_name"),
        ]
        promised = store.fetch("SHOW synchronous_commit")[0][0]

    assert (names, promised) == (["ministry", "ministry"], "on")
