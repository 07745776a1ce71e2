"""The command that checks the kept reports of plans, and what remind does for rounds."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from alpclusters import cli
from alpclusters.platform.policy.domain.monitoring.links import set_address
from alpclusters.platform.policy.domain.monitoring.rounds import open_round
from alpclusters.platform.policy.domain.monitoring.snapshots import take_snapshot
from alpclusters.platform.policy.models import PlanSnapshot, ReportLink
from tests.factories.evaluation import NOW
from tests.factories.policy import make_plan

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def run(*arguments):
    return cli.main(["--language", "en", *arguments])


def forge(number: int) -> None:
    """Change a kept report as somebody could who takes the triggers away first."""
    table = PlanSnapshot._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER policy_plansnapshot_no_update")
        cursor.execute(f"UPDATE {table} SET content = content || ' ' WHERE number = %s", [number])


def test_whole_chains_are_told(capsys):
    plan = make_plan(published=True)
    take_snapshot(plan, now=NOW)
    take_snapshot(plan, now=NOW)

    assert run("snapshots", "verify") == 0
    assert capsys.readouterr().out == f"{plan.slug}: 2 reports, unchanged\n"


def test_first_bad_link_is_named_with_status_1(capsys):
    plan = make_plan(published=True)
    for _ in range(3):
        take_snapshot(plan, now=NOW)
    forge(2)

    assert run("snapshots", "verify", "--plan", plan.slug) == 1
    told = capsys.readouterr().out
    assert told == f"{plan.slug}: broken at report 2: its content is not what was hashed\n"


def test_unknown_plan_is_wrong_input(capsys):
    assert run("snapshots", "verify", "--plan", "nowhere") == 2
    assert "nowhere" in capsys.readouterr().err


def test_nothing_kept_yet_is_said(capsys):
    assert run("snapshots", "verify") == 0
    assert capsys.readouterr().out == "No report has been kept yet.\n"


# --- remind -------------------------------------------------------------------------------------


def ask():
    plan = make_plan(published=True)
    today = timezone.localdate()
    round_ = open_round(plan, opens_on=today, closes_on=today + timedelta(days=30))
    return set_address(round_, plan.actions.get(), email="ana@example.si", language="sl")


def test_dry_run_tells_without_addresses_and_sends_nothing(capsys):
    link = ask()

    run("remind", "--dry-run")

    told = capsys.readouterr().out
    assert "Letters of reporting rounds due: 1" in told
    assert f"{link.round.plan.slug} X1: sl" in told
    assert "ana@" not in told
    assert mail.outbox == []


def test_letter_is_sent_once_and_its_link_works_without_signing_in(capsys):
    ask()

    run("remind")
    run("remind")

    told = capsys.readouterr().out
    assert re.findall(r"Letters of reporting rounds sent: (\d)", told) == ["1", "0"]
    (letter,) = mail.outbox
    assert letter.body.startswith("Pozdravljeni")
    path = re.search(r"http\S+?(/sl/report/\S+)", letter.body)[1]
    assert Client().get(path).status_code == 200


def test_old_address_is_deleted(capsys):
    link = ask()
    link.expires_on = timezone.localdate() - timedelta(days=2)
    link.save()

    run("remind")

    assert "Names deleted: 1" in capsys.readouterr().out
    assert ReportLink.objects.get().email == ""
