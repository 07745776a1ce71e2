"""The way back in on the machine, when the administrator is lost."""

import re

import pytest
from django.conf import settings
from django.utils import timezone

from alpclusters.cli import main
from alpclusters.platform.accounts.models import Role
from alpclusters.platform.partnership.domain.administrator_link import find_link
from tests.factories.accounts import make_user_with

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def link_in(text: str):
    token = re.search(r"/account/administrator/([\w-]+)/", text)
    return token and find_link(settings.HOME, token[1], now=timezone.now())


def test_link_is_printed_although_there_is_an_administrator(capsys):
    make_user_with(Role.ADMINISTRATOR, email="gone@example.org")

    status = main(["--language", "en", "administrator"])

    text = capsys.readouterr().out
    assert status == 0
    assert "Administrator so far: gone@example.org" in text
    assert link_in(text) == ("", True)


def test_link_can_be_for_one_address(capsys):
    assert main(["administrator", "--email", "Chief@Example.org"]) == 0

    assert link_in(capsys.readouterr().out) == ("chief@example.org", True)


def test_what_is_no_address_is_refused_without_a_link(capsys):
    assert main(["--language", "en", "administrator", "--email", "chief"]) == 2

    told = capsys.readouterr()
    assert "no e-mail address" in told.err
    assert "account/administrator" not in told.out
