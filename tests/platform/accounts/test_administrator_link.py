import json
from datetime import UTC, datetime, timedelta

import pytest

from alpclusters.platform.accounts.domain.administrator_link import (
    has_administrator,
    is_link_valid,
    make_link_token,
    use_link,
)
from alpclusters.platform.accounts.models import Role
from tests.factories.accounts import make_user_with

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)


def test_link_opens_once(tmp_path):
    token = make_link_token(tmp_path, now=NOW)
    assert is_link_valid(tmp_path, token, now=NOW)

    user = use_link(tmp_path, email="Chief@Example.org", name="Chief", language="sl")

    assert (user.email, user.language) == ("chief@example.org", "sl")
    assert user.has_role(Role.ADMINISTRATOR)
    assert not is_link_valid(tmp_path, token, now=NOW)


def test_link_ends_after_a_day(tmp_path):
    token = make_link_token(tmp_path, now=NOW)

    assert is_link_valid(tmp_path, token, now=NOW + timedelta(hours=24))
    assert not is_link_valid(tmp_path, token, now=NOW + timedelta(hours=24, seconds=1))


def test_link_is_void_once_an_administrator_exists(tmp_path):
    token = make_link_token(tmp_path, now=NOW)

    make_user_with(Role.ADMINISTRATOR)

    assert has_administrator()
    assert not is_link_valid(tmp_path, token, now=NOW)


def test_newer_link_replaces_the_older(tmp_path):
    older = make_link_token(tmp_path, now=NOW)
    newer = make_link_token(tmp_path, now=NOW)

    assert not is_link_valid(tmp_path, older, now=NOW)
    assert is_link_valid(tmp_path, newer, now=NOW)


def test_only_a_hash_is_kept_and_only_the_owner_reads_it(tmp_path):
    token = make_link_token(tmp_path, now=NOW)

    path = tmp_path / "run" / "administrator-link.json"

    assert token not in path.read_text()
    assert set(json.loads(path.read_text())) == {"sha256", "until"}
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("token", ["", "x", "é" * 40])
def test_foreign_token_opens_nothing(tmp_path, token):
    make_link_token(tmp_path, now=NOW)

    assert not is_link_valid(tmp_path, token, now=NOW)
