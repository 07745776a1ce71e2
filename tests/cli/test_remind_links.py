"""The command that asks whether links are still alive."""

import re

import pytest
from django.core import mail
from django.test import Client

from alpclusters import cli
from alpclusters.platform.network.models import Link, LinkQuestion, LinkReport
from tests.factories.evidence import make_initiative, make_participation
from tests.factories.links import make_body, make_link, make_speaker

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def speaker():
    own = make_body("Wood Tyrol")
    make_link(own, make_body("Les"))
    make_link(own, make_body("Bois"))
    return make_speaker(own, language="sl", email="ana@example.org")


@pytest.mark.usefixtures("speaker")
def test_dry_run_tells_without_names_and_sends_nothing(capsys):
    assert cli.main(["--language", "en", "remind", "--dry-run"]) == 0

    told = capsys.readouterr().out
    assert "People to ask about their links: 1" in told
    assert "links: 2, language: sl" in told
    assert "ana@" not in told
    assert mail.outbox == []
    assert not LinkQuestion.objects.exists()


def test_one_mail_in_the_language_of_the_reader_and_its_link_works_without_signing_in(
    speaker, capsys
):
    cli.main(["--language", "en", "remind"])
    cli.main(["--language", "en", "remind"])

    assert capsys.readouterr().out.count("People asked about their links: 1") == 1
    (letter,) = [one for one in mail.outbox if one.to == [speaker.email]]
    assert letter.body.startswith("Pozdravljeni")
    assert "- Wood Tyrol – Bois" in letter.body
    path = re.search(r"http\S+?(/sl/\S+/alive/\S+)", letter.body)[1]
    page = Client().get(path)
    assert page.status_code == 200
    assert LinkReport.objects.count() == 0


def test_links_of_projects_are_brought_up_to_date(capsys):
    initiative = make_initiative()
    for body in (make_body(), make_body()):
        make_participation(initiative, organisation=body)

    cli.main(["--language", "en", "remind"])

    assert "New links from published projects: 1" in capsys.readouterr().out
    assert Link.objects.counted().count() == 1
