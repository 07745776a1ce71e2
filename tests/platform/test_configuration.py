from pathlib import Path

import pytest

from alpclusters.platform.configuration import SETTINGS, load_configuration, parse_database

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


@pytest.mark.parametrize("url", ["sqlite:////srv/alp.db", "sqlite:///srv/alp.db"])
def test_sqlite_address_names_a_file(url):
    assert parse_database(url, home=HOME).name == "/srv/alp.db"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ALPCLUSTERS_PORT", "http"),
        ("ALPCLUSTERS_PORT", "70000"),
        ("DATABASE_URL", "mysql://x/y"),
        ("ALPCLUSTERS_SMTP_URL", "imap://mail"),
    ],
)
def test_bad_value_is_refused_with_the_name_of_the_setting(name, value):
    with pytest.raises(ValueError, match=name):
        load_configuration({name: value})


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
