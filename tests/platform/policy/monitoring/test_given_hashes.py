"""Hashes that leave the machine: a report cut off and a chain written anew are noticed by them."""

import hashlib
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.analysis.plans import GENESIS, chain_digest
from alpclusters.platform.policy.domain.demonstration.removing import remove_demonstration
from alpclusters.platform.policy.domain.monitoring.snapshots import (
    Printed,
    note_document,
    take_snapshot,
)
from alpclusters.platform.policy.domain.monitoring.verifying import (
    expect,
    verify_plan,
    with_reports,
)
from alpclusters.platform.policy.models import ActionPlan, GivenHash, PlanSnapshot
from tests.factories.evaluation import NOW, make_project
from tests.factories.policy import make_plan

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
KEPT, GIVEN = PlanSnapshot._meta.db_table, GivenHash._meta.db_table
PRINT = Printed(
    digest=hashlib.sha256(b"a print").hexdigest(),
    name="Political action plan",
    language="en",
    version="1.0",
    text_on=date(2026, 7, 1),
    as_of=date(2026, 12, 1),
)


def execute(statement: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def disarm(table: str) -> None:
    """Take the triggers away, as somebody with all rights in the database could."""
    if connection.vendor == "postgresql":
        execute("SET CONSTRAINTS ALL IMMEDIATE")
        execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        return
    for what in ("update", "delete", "replace"):
        execute(f"DROP TRIGGER IF EXISTS {table}_no_{what}")


def chain_of(n: int, **fields):
    plan = make_plan(published=True, project=make_project(**fields))
    return plan, [take_snapshot(plan, now=NOW + timedelta(days=k)) for k in range(n)]


def rewrite(plan: ActionPlan) -> None:
    """Write the chain anew by the public recipe, one word of the first report changed."""
    disarm(KEPT)
    previous = GENESIS
    for row in plan.snapshots.order_by("number"):
        content = row.content.replace("Plan de", "Plan xx") if row.number == 1 else row.content
        digest = chain_digest(previous, content)
        execute(
            f"UPDATE {KEPT} SET content = %s, digest = %s, previous = %s WHERE id = %s",
            content, digest, previous, row.pk,
        )  # fmt: skip
        previous = digest


def rewrite_list(plan: ActionPlan) -> None:
    """Make the list of hashes agree with a forged chain."""
    disarm(GIVEN)
    for number, digest in plan.snapshots.values_list("number", "digest"):
        execute(f"UPDATE {GIVEN} SET digest = %s WHERE number = %s", digest, number)


def test_a_deleted_last_report_is_noticed():
    plan, _ = chain_of(2)
    disarm(KEPT)
    execute(f"DELETE FROM {KEPT} WHERE number = 2")

    verdict = verify_plan(plan)

    assert (verdict.number, verdict.fault, verdict.is_whole) == (2, "cut", False)


def test_the_only_report_deleted_is_noticed():
    plan, _ = chain_of(1)
    disarm(KEPT)
    execute(f"DELETE FROM {KEPT}")

    assert list(with_reports()) == [plan]
    assert verify_plan(plan).fault == "cut"


def test_a_chain_written_anew_by_the_public_recipe_is_noticed():
    plan, _ = chain_of(3)
    rewrite(plan)

    verdict = verify_plan(plan)

    assert (verdict.number, verdict.fault) == (1, "rewritten")


def test_a_report_whose_hash_was_never_given_out_is_noticed():
    plan, _ = chain_of(2)
    disarm(GIVEN)
    execute(f"DELETE FROM {GIVEN} WHERE number = 2")

    verdict = verify_plan(plan)

    assert (verdict.number, verdict.fault) == (2, "unnoted")


def test_a_forger_of_chain_and_list_is_caught_by_a_hash_that_left_the_machine():
    plan, (first, last) = chain_of(2)
    held = [first.digest, last.digest]
    rewrite(plan)
    rewrite_list(plan)

    assert verify_plan(plan).is_whole
    assert [expect(digest) for digest in held] == [[], []]


def test_a_last_report_deleted_from_chain_and_list_is_missed_by_a_document_that_named_it():
    plan, _ = chain_of(2)
    note_document(plan, PRINT, now=NOW)
    for table in (KEPT, GIVEN):
        disarm(table)
    execute(f"DELETE FROM {GIVEN} WHERE kind = 'report' AND number = 2")
    execute(f"DELETE FROM {KEPT} WHERE number = 2")

    verdict = verify_plan(plan)

    assert (verdict.number, verdict.fault) == (2, "cut")


@pytest.mark.parametrize("copied", ["{}", "{0:.12}", " {0:.4} {0:.12}"])
def test_a_hash_is_found_as_it_was_copied(copied):
    plan, (first, _) = chain_of(2)
    text = copied.format(first.digest)
    if copied.startswith(" "):
        text = f" {first.digest[:4].upper()} {first.digest[4:8]}\u00ad {first.digest[8:20]}\n"

    (found,) = expect(text)

    assert (found.given.kind, found.given.number, found.given.plan) == ("report", 1, plan)
    assert found.verdict.is_whole


@pytest.mark.parametrize("text", ["", "12345", "g" * 64, "a" * 65, "a" * 11])
def test_what_is_no_hash_is_refused(text):
    with pytest.raises(InputError) as refused:
        expect(text)

    assert refused.value.code == "snapshot.no_hash"


def test_the_hash_of_a_document_is_noted_once_with_what_it_says_of_itself():
    plan, _ = chain_of(1)
    for _ in range(2):
        note_document(plan, PRINT, now=NOW)

    (found,) = expect(PRINT.digest)

    given = found.given
    assert GivenHash.objects.filter(kind="document").count() == 1
    assert (given.number, given.version, given.text_on) == (1, "1.0", PRINT.text_on)
    assert (given.as_of, given.language) == (PRINT.as_of, "en")


def test_a_hash_can_be_looked_up_in_one_plan_alone():
    plan, (kept,) = chain_of(1)
    other = make_plan(project=plan.project)

    assert expect(kept.digest, plans=ActionPlan.objects.filter(pk=other.pk)) == []


@pytest.mark.parametrize("statement", ["UPDATE {} SET digest = 'x'", "DELETE FROM {}"])
def test_the_database_refuses_to_change_the_list(statement):
    chain_of(1)

    with pytest.raises(IntegrityError, match="stay as they are"):
        execute(statement.format(GIVEN))


def test_models_refuse_to_change_the_list():
    chain_of(1)

    for refused in (
        lambda: GivenHash.objects.update(digest="x"),
        lambda: GivenHash.objects.all().delete(),
        lambda: GivenHash.objects.get().save(),
        lambda: GivenHash.objects.get().delete(),
    ):
        with pytest.raises(StateError):
            refused()


def test_simulated_plans_go_with_their_hashes():
    plan, _ = chain_of(2, kind="demonstration")
    note_document(plan, PRINT, now=NOW)

    remove_demonstration(plan.project)

    assert not GivenHash.objects.exists()
