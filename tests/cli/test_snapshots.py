"""The command that checks the kept reports of plans, and what remind does for rounds."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from alpclusters import cli
from alpclusters.platform.policy.domain.monitoring.rounds import open_round, set_address
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
    assert capsys.readouterr().out == f"{plan.slug}: 2 reports, none missing and none changed.\n"


def test_first_bad_link_is_named_with_status_1(capsys):
    plan = make_plan(published=True)
    for _ in range(3):
        take_snapshot(plan, now=NOW)
    forge(2)

    assert run("snapshots", "verify", "--plan", plan.slug) == 1
    told = capsys.readouterr().out
    assert told == f"{plan.slug}: Broken at report 2: its content is not what was hashed.\n"


def delete_last() -> None:
    table = PlanSnapshot._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER policy_plansnapshot_no_delete")
        cursor.execute(f"DELETE FROM {table} WHERE number = 2")


def test_deleted_last_report_is_told_with_status_1(capsys):
    plan = make_plan(published=True)
    for _ in range(2):
        take_snapshot(plan, now=NOW)
    delete_last()

    assert run("snapshots", "verify") == 1
    told = capsys.readouterr().out
    assert told == f"{plan.slug}: Report 2 was kept and is missing now.\n"


def test_hash_from_a_mail_names_its_report(capsys):
    plan = make_plan(published=True)
    kept, _last = [take_snapshot(plan, now=NOW) for _ in range(2)]

    assert run("snapshots", "verify", "--expect", f"{kept.digest[:8]} {kept.digest[8:16]}") == 0
    told = capsys.readouterr().out.replace("\u00a0", " ")
    assert told == (
        f"{plan.slug}: The hash of report 1, kept on 1 July 2026. 2 reports, none missing and none "
        "changed.\n"
    )


def test_hash_of_a_printed_plan_names_the_print(capsys, tmp_path):
    plan = make_plan(published=True)
    kept = take_snapshot(plan, now=NOW)
    where = ("--project", plan.project.slug, "--out", str(tmp_path / "out"))
    run("plan", "export", *where)
    html = (tmp_path / "out" / "plan.html").read_text()
    printed, named = re.findall(r"\(SHA-256\): ([0-9a-f ]{71})", html)
    capsys.readouterr()

    assert run("snapshots", "verify", "--expect", printed) == 0
    told = capsys.readouterr().out.replace("\u00a0", " ")
    assert "The hash of the document “Political action plan” (en)" in told
    assert "text of version 1.0 of 1 July 2026" in told
    assert named.replace(" ", "") == kept.digest


def test_hash_that_nothing_bears_is_told_with_status_1(capsys):
    take_snapshot(make_plan(published=True), now=NOW)

    assert run("snapshots", "verify", "--expect", "ab" * 32) == 1
    assert capsys.readouterr().out.startswith("Nothing here bears this hash")


def test_what_is_no_hash_is_wrong_input(capsys):
    assert run("snapshots", "verify", "--expect", "version 1.0") == 2
    assert "is no hash" in capsys.readouterr().err


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


def test_letter_takes_the_head_of_the_chain_with_it():
    link = ask()
    kept = take_snapshot(link.round.plan, now=NOW)

    run("remind")

    (letter,) = mail.outbox
    assert kept.digest in letter.body.replace(" ", "")


def test_old_address_is_deleted(capsys):
    link = ask()
    link.expires_on = timezone.localdate() - timedelta(days=2)
    link.save()

    run("remind")

    assert "Names deleted: 1" in capsys.readouterr().out
    assert ReportLink.objects.get().email == ""
