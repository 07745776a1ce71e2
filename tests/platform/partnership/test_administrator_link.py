import json
from datetime import UTC, datetime, timedelta

import pytest

from alpclusters.platform.accounts.models import Role, User
from alpclusters.platform.partnership.domain.administrator_link import (
    find_link,
    make_link_token,
    use_link,
)
from alpclusters.platform.partnership.domain.administrators import has_administrator
from tests.factories.accounts import make_user, make_user_with

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
WORDS = {
    "email": "chief@example.org",
    "name": "Chief",
    "language": "sl",
    "password": "the larch turns gold",
}


def test_link_opens_once(tmp_path):
    token = make_link_token(tmp_path, now=NOW)
    assert find_link(tmp_path, token, now=NOW)

    user = use_link(tmp_path, **WORDS | {"email": "Chief@Example.org"})

    assert (user.email, user.language) == ("chief@example.org", "sl")
    assert user.has_role(Role.ADMINISTRATOR)
    assert not find_link(tmp_path, token, now=NOW)


def test_link_ends_after_a_day(tmp_path):
    token = make_link_token(tmp_path, now=NOW)

    assert find_link(tmp_path, token, now=NOW + timedelta(hours=24))
    assert not find_link(tmp_path, token, now=NOW + timedelta(hours=24, seconds=1))


def test_link_is_void_once_an_administrator_exists(tmp_path):
    token = make_link_token(tmp_path, now=NOW)

    make_user_with(Role.ADMINISTRATOR)

    assert has_administrator()
    assert not find_link(tmp_path, token, now=NOW)


def test_newer_link_replaces_the_older(tmp_path):
    older = make_link_token(tmp_path, now=NOW)
    newer = make_link_token(tmp_path, now=NOW)

    assert not find_link(tmp_path, older, now=NOW)
    assert find_link(tmp_path, newer, now=NOW)


def test_only_a_hash_is_kept_and_only_the_owner_reads_it(tmp_path):
    token = make_link_token(tmp_path, now=NOW)

    path = tmp_path / "run" / "administrator-link.json"

    assert token not in path.read_text()
    assert set(json.loads(path.read_text())) == {"sha256", "until", "email", "is_from_command"}
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("token", ["", "x", "é" * 40])
def test_foreign_token_opens_nothing(tmp_path, token):
    make_link_token(tmp_path, now=NOW)

    assert not find_link(tmp_path, token, now=NOW)


def test_link_of_the_command_opens_although_the_administrator_is_there_but_once(tmp_path):
    make_user_with(Role.ADMINISTRATOR, email="gone@example.org")
    token = make_link_token(tmp_path, now=NOW, is_from_command=True)
    assert find_link(tmp_path, token, now=NOW)

    use_link(tmp_path, **WORDS)

    assert User.objects.get(email="chief@example.org").has_role(Role.ADMINISTRATOR)
    assert not find_link(tmp_path, token, now=NOW)


def test_link_of_the_command_keeps_the_address_it_is_for(tmp_path):
    token = make_link_token(tmp_path, now=NOW, email="Chief@Example.org", is_from_command=True)

    link = find_link(tmp_path, token, now=NOW)

    assert link == ("chief@example.org", True)


def test_account_that_was_there_gets_role_and_password_and_stays_one(tmp_path):
    known = make_user(email="chief@example.org", name="Old Name", is_active=False)
    make_link_token(tmp_path, now=NOW, is_from_command=True)

    user = use_link(tmp_path, **WORDS)

    assert user.pk == known.pk
    assert user.is_active
    assert user.check_password("the larch turns gold")
