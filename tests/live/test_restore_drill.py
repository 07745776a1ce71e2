"""Backups of an installation whose hall votes, and every one of them restored."""

import os
from datetime import UTC, datetime

import pytest

from alpclusters.cli.drill.voting import Voter, Voting
from alpclusters.cli.drill.wire import Place
from alpclusters.platform.operation.backup import make_backup, verify_backup
from alpclusters.platform.operation.restore import Secrets, restore_backup
from tests.e2e.serving import Server, free_port
from tests.homes import PLAIN, copy_home
from tests.live.restoring import (
    make_hall,
    replay_into,
    settings_of,
    stored_keys,
)
from tests.postgres_homes import address_of, copy_installation, drop, maintain
from tests.sizes import IS_FULL

N = 20
N_PHONES = 4
FEW = 4


def drill(tmp_path, environment, *, n, target):
    """Back up ``n`` times during votes, restore each; return the server's phones and last home.

    ``target`` gives the settings of a fresh place by number.
    """
    (tmp_path / "words").write_text("sechs Worte auf einem Zettel im Safe")
    environment = {**environment, "ALPCLUSTERS_BACKUP_PASSPHRASE_FILE": f"{tmp_path}/words"}
    home = tmp_path / "home"
    hall = make_hall(home, environment)
    running = Server(home, free_port(), environment, ("--no-demonstration",))
    running.start()
    configuration = settings_of(home, environment)
    archives, before = [], []
    try:
        phones = [Voter(Place(running.port), hall) for _ in range(N_PHONES)]
        with Voting(phones) as voting:
            for number in range(n):
                before.append(set(voting.acknowledged))
                archives.append(tmp_path / f"{number}.zip")
                make_backup(configuration, archives[-1], now=datetime.now(tz=UTC))
    finally:
        running.kill()
    assert voting.n_refused == 0
    assert len(voting.acknowledged) > n

    for number, archive in enumerate(archives):
        verify_backup(archive)
        fresh, settings = target(number)
        new = settings_of(fresh, settings)
        restored = restore_backup(archive, new, Secrets(passphrase=tmp_path / "words"))
        assert f"cafe-{hall['event']}.key" in restored.keys
        # With what is in the backup nothing is lost that was acknowledged before it.
        assert replay_into(new, new.journal_folder).missing == 0
        assert before[number] - stored_keys(new, hall["event"]) == set()
        # With the journal that outlived the loss nothing is lost at all.
        assert replay_into(new, configuration.journal_folder).missing == 0
        assert set(voting.acknowledged) - stored_keys(new, hall["event"]) == set()
    return phones, fresh, settings


def goes_on(phones, home, settings):
    """Serve what was restored: every phone is known and rates on."""
    running = Server(home, free_port(), settings, ("--no-demonstration",))
    running.start()
    try:
        assert [phone.is_known(Place(running.port)) for phone in phones] == [True] * len(phones)
        assert all(phone.rate(99) for phone in phones)
    finally:
        running.stop()


@pytest.mark.load
@pytest.mark.integration
def test_backups_made_while_a_hall_votes_all_come_back_and_phones_go_on(tmp_path):
    copy_home("plain", tmp_path / "home")

    phones, home, settings = drill(
        tmp_path, PLAIN, n=N, target=lambda number: (tmp_path / f"new-{number}", PLAIN)
    )

    goes_on(phones, home, settings)


@pytest.mark.integration
@pytest.mark.database
def test_on_postgresql_too(tmp_path):
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        pytest.skip("needs a PostgreSQL server (DATABASE_URL)")
    name = f"drill_{os.getpid()}"
    n = N if IS_FULL else FEW
    static = {"ALPCLUSTERS_STATIC": "finders"}

    def target(number):
        drop(f"{name}_new")
        maintain("CREATE DATABASE {}", f"{name}_new")
        fresh = {"DATABASE_URL": address_of(f"{name}_new"), **static}
        return tmp_path / f"new-{number}", fresh

    address = copy_installation(tmp_path / "home", name)
    try:
        saved = {"DATABASE_URL": address, **static}
        phones, home, settings = drill(tmp_path, saved, n=n, target=target)
        goes_on(phones, home, settings)
    finally:
        drop(name)
        drop(f"{name}_new")
