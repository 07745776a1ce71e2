from pathlib import Path

import pytest

from alpclusters.analysis.errors import SetupError
from alpclusters.platform.configuration import SETTINGS, load_configuration
from alpclusters.platform.database_address import parse_database

pytestmark = pytest.mark.unit

HOME = Path("/data")


def test_sqlite_in_the_data_directory_is_the_default(tmp_path):
    found = load_configuration({"ALPCLUSTERS_HOME": str(tmp_path)})

    assert found.home == tmp_path
    assert found.database.is_sqlite
    assert found.database.name == str(tmp_path / "alpclusters.sqlite3")
    assert (found.port, found.address, found.is_secure) == (8000, "http://127.0.0.1:8000", False)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql://u:p%40ss@db:5433/alp", ("alp", "u", "p@ss", "db", "5433")),
        ("postgres:///alp?host=/run/pg&user=check", ("alp", "check", "", "/run/pg", "")),
    ],
)
def test_postgresql_address_is_taken_apart(url, expected):
    found = parse_database(url, home=HOME)

    assert (found.name, found.user, found.password, found.host, found.port) == expected


def test_options_of_the_address_are_passed_on():
    url = "postgresql://u@db/alp?sslmode=verify-full&sslrootcert=/etc/ca.pem&options=-c%20a%3D1"

    found = parse_database(url, home=HOME)

    options = {"sslmode": "verify-full", "sslrootcert": "/etc/ca.pem", "options": "-c a=1"}
    assert dict(found.options) == options
    assert found.connection_values() == {"dbname": "alp", "user": "u", "host": "db", **options}
    assert found.wants_tls


@pytest.mark.parametrize("url", ["sqlite:////srv/alp.db", "sqlite:///srv/alp.db"])
def test_sqlite_address_names_a_file(url):
    assert parse_database(url, home=HOME).name == "/srv/alp.db"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ALPCLUSTERS_PORT", "http"),
        ("ALPCLUSTERS_PORT", "70000"),
        ("DATABASE_URL", "mysql://x/y"),
        ("DATABASE_URL", "postgresql://db/alp?sslmod=require"),
        ("DATABASE_URL", "sqlite:////srv/alp.db?mode=ro"),
        ("DATABASE_URL sslmode", "postgresql://db/alp?sslmode=required"),
        ("DATABASE_URL connect_timeout", "postgresql://db/alp?connect_timeout=soon"),
        ("DATABASE_URL port", "postgresql://db:http/alp"),
        ("ALPCLUSTERS_SMTP_URL", "imap://mail"),
        ("ALPCLUSTERS_TRUSTED_PROXIES", "10.0.0.300"),
        ("ALPCLUSTERS_TLS_CERT", "/etc/only-one.pem"),
        ("ALPCLUSTERS_BACKUP_KEEP", "0"),
    ],
)
def test_bad_value_is_refused_with_the_name_of_the_setting(name, value):
    with pytest.raises(SetupError) as caught:
        load_configuration({name.partition(" ")[0]: value})

    assert caught.value.values["setting"] == name


def test_https_address_is_secure_and_its_host_allowed():
    found = load_configuration({"ALPCLUSTERS_ADDRESS": "https://alp.example.org/"})

    assert found.address == "https://alp.example.org"
    assert found.is_secure
    assert "alp.example.org" in found.allowed_hosts


def test_mail_server_is_taken_apart():
    found = load_configuration({"ALPCLUSTERS_SMTP_URL": "smtp+tls://me:secret@mail.example"}).mail

    assert (found.host, found.port, found.user, found.use_tls) == ("mail.example", 587, "me", True)


def test_every_setting_has_a_meaning():
    assert all(s.name and s.default and s.meaning for s in SETTINGS)
    assert len({s.name for s in SETTINGS}) == len(SETTINGS)


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("http://localhost:8000", "nobody"),
        ("http://127.0.0.1:8000", "nobody"),
        ("http://192.168.1.20:8000", "nobody"),
        ("https://alps.example.org", "administrators"),
        ("http://hall.local:8000", "nobody"),
    ],
)
def test_administrators_of_a_public_address_need_a_second_step(address, asked):
    assert load_configuration({"ALPCLUSTERS_ADDRESS": address}).second_step == asked


def test_second_step_is_set_by_name_and_a_wrong_name_is_refused():
    public = {"ALPCLUSTERS_ADDRESS": "https://alps.example.org"}
    chosen = load_configuration(public | {"ALPCLUSTERS_SECOND_STEP": "Nobody"})

    assert chosen.second_step == "nobody"
    with pytest.raises(SetupError, match=r"setting\.not_one_of"):
        load_configuration(public | {"ALPCLUSTERS_SECOND_STEP": "yes"})
