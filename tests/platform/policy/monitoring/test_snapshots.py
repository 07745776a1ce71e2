import json
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.analysis.plans import GENESIS, chain_digest
from alpclusters.platform.policy.domain.monitoring.snapshots import (
    correct_snapshot,
    read_content,
    take_snapshot,
)
from alpclusters.platform.policy.domain.monitoring.verifying import verify_plan
from alpclusters.platform.policy.models import PlanSnapshot, ProgressReport
from tests.factories.accounts import make_user
from tests.factories.evaluation import NOW, make_project
from tests.factories.policy import make_plan

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
TABLE = PlanSnapshot._meta.db_table


def execute(statement: str, *values: object) -> None:
    """Change the table behind the models, as somebody with access to the database could."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def without_triggers(statement: str, *values: object) -> None:
    """Do it as somebody could who takes the triggers away first."""
    if connection.vendor == "postgresql":
        execute("SET CONSTRAINTS ALL IMMEDIATE")
        execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER USER")
    else:
        for what in ("update", "delete", "replace"):
            execute(f"DROP TRIGGER policy_plansnapshot_no_{what}")
    execute(statement, *values)


def chain_of(n: int, **fields):
    plan = make_plan(published=True, project=make_project(**fields))
    return plan, [take_snapshot(plan, now=NOW + timedelta(days=k)) for k in range(n)]


def test_first_snapshot_follows_the_beginning_and_each_other_one_the_one_before():
    _, (first, second) = chain_of(2)

    assert (first.number, first.previous) == (1, GENESIS)
    assert (second.number, second.previous) == (2, first.digest)
    assert second.digest == chain_digest(first.digest, second.content)


def test_content_holds_texts_in_five_languages_rules_status_and_reasons():
    plan, (snapshot,) = chain_of(1)

    content = read_content(snapshot)

    (action,) = content["actions"]
    assert content["plan"]["title"] == {
        code: f"Plan {code}" for code in ("de", "en", "fr", "it", "sl")
    }
    assert content["plan"]["uuid"] == str(plan.uuid)
    assert content["rules"]["report_interval_days"] == plan.reporting_days
    assert action["status"]["shown"] == action["status"]["colour"]
    assert action["status"]["reasons"] != []
    assert set(content["translations"]) == {"de", "en", "fr", "it", "sl"}
    assert content["translations"]["sl"]["of"] >= content["translations"]["sl"]["filled"] > 0


def test_content_names_no_person_and_no_row():
    plan = make_plan(published=True)
    reporter = make_user(email="ana.novak@example.si", name="Ana Novak")
    ProgressReport.objects.create(
        action=plan.actions.get(),
        confirmed_on=date(2026, 10, 1),
        progress=0.25,
        text="Ana Novak called everybody.",
        reported_at=NOW,
        reported_by=reporter,
    )

    snapshot = take_snapshot(plan, now=NOW)

    assert "Novak" not in snapshot.content
    assert '"pk"' not in snapshot.content
    report = read_content(snapshot)["actions"][0]["report"]
    assert report == {
        "confirmed_on": "2026-10-01", "progress": "0.250000", "way": "login", "round": None,
    }  # fmt: skip


@pytest.mark.parametrize("statement", ["UPDATE {} SET content = 'x'", "DELETE FROM {}"])
def test_database_refuses_change_and_removal(statement):
    chain_of(1)

    with pytest.raises(IntegrityError, match="snapshots of a plan stay as they are"):
        execute(statement.format(TABLE))

    assert PlanSnapshot.objects.count() == 1


def test_database_refuses_a_replacement():
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite knows INSERT OR REPLACE")
    _, (snapshot,) = chain_of(1)
    names = "id, plan_id, uuid, number, content, digest, previous, made_at, is_simulated"

    with pytest.raises(IntegrityError, match="stay as they are"):
        execute(
            f"INSERT OR REPLACE INTO {TABLE} ({names}) SELECT id, plan_id, uuid, number, 'x', "
            f"digest, previous, made_at, is_simulated FROM {TABLE}"
        )

    assert PlanSnapshot.objects.get().content == snapshot.content


def test_database_lets_simulated_snapshots_be_removed_but_not_changed():
    chain_of(1, kind="demonstration")

    with pytest.raises(IntegrityError):
        execute(f"UPDATE {TABLE} SET content = 'x'")
    execute(f"DELETE FROM {TABLE}")

    assert not PlanSnapshot.objects.exists()


def test_models_refuse_change_and_removal():
    _, (snapshot,) = chain_of(1)
    rows = PlanSnapshot.objects.all()
    snapshot.content = "x"

    for attempt in (
        snapshot.save,
        snapshot.delete,
        rows.delete,
        lambda: rows.update(content="x"),
        lambda: PlanSnapshot.objects.bulk_update([snapshot], ["content"]),
    ):
        with pytest.raises(StateError) as refused:
            attempt()
        assert refused.value.code == "snapshot.stays"


def test_plan_with_snapshots_cannot_be_deleted_with_them():
    plan, _ = chain_of(1)

    with pytest.raises(Exception, match="protected"):
        plan.delete()

    assert PlanSnapshot.objects.count() == 1


def test_whole_chain_is_found_whole():
    plan, snapshots = chain_of(3)

    verdict = verify_plan(plan)

    assert (verdict.is_whole, verdict.n) == (True, len(snapshots))


def test_first_bad_link_is_named():
    plan, snapshots = chain_of(3)
    forged = json.dumps({**read_content(snapshots[1]), "software": "0"})
    without_triggers(f"UPDATE {TABLE} SET content = %s WHERE number = 2", forged)

    verdict = verify_plan(plan)

    assert (verdict.number, verdict.fault) == (2, "digest")


def test_removed_link_is_found():
    plan, _ = chain_of(3)
    without_triggers(f"DELETE FROM {TABLE} WHERE number = 2")

    verdict = verify_plan(plan)

    assert (verdict.number, verdict.fault) == (3, "number")


def test_link_whose_hash_was_computed_anew_is_found_at_the_next_one():
    plan, snapshots = chain_of(2)
    content = snapshots[0].content.replace("Plan de", "Plan xx")
    digest = chain_digest(GENESIS, content)
    without_triggers(
        f"UPDATE {TABLE} SET content = %s, digest = %s WHERE number = 1", content, digest
    )

    verdict = verify_plan(plan)

    assert (verdict.number, verdict.fault) == (2, "previous")


def test_wrong_snapshot_is_answered_by_a_correcting_one():
    plan, (wrong,) = chain_of(1)

    made = correct_snapshot(wrong, reason="The costs of X1 were in the wrong year.", now=NOW)

    assert (made.number, made.corrects) == (2, wrong)
    assert read_content(made)["corrects"] == {
        "number": 1,
        "digest": wrong.digest,
        "reason": "The costs of X1 were in the wrong year.",
    }
    assert verify_plan(plan).is_whole
    with pytest.raises(StateError):
        correct_snapshot(wrong, reason="The costs of X1 were in the wrong year.", now=NOW)


def test_correction_without_a_reason_is_refused():
    _, (wrong,) = chain_of(1)

    with pytest.raises(InputError) as refused:
        correct_snapshot(wrong, reason="typo", now=NOW)

    assert refused.value.code == "snapshot.reason_short"


def test_simulated_chain_with_a_correction_is_removed_whole():
    plan, (wrong,) = chain_of(1, kind="demonstration")
    correct_snapshot(wrong, reason="The costs of X1 were in the wrong year.", now=NOW)

    plan.snapshots.all().delete()

    assert not PlanSnapshot.objects.exists()


def test_real_chain_is_not_removed():
    plan, _ = chain_of(1)

    with pytest.raises(StateError):
        plan.snapshots.all().delete()
