"""A backup of the database keeps the chain, and what comes back refuses changes as before."""

import sqlite3

import pytest
from django.db import connection

from alpclusters.analysis.plans import GENESIS, chain_digest
from alpclusters.platform.policy.domain.monitoring.snapshots import take_snapshot
from alpclusters.platform.policy.models import PlanSnapshot
from tests.factories.evaluation import NOW, make_project
from tests.factories.policy import make_plan

# A backup reads what is committed. The chain is simulated, so that the test can clear it away.
pytestmark = [pytest.mark.integration, pytest.mark.django_db(transaction=True)]
TABLE = PlanSnapshot._meta.db_table


def test_copy_of_the_database_keeps_chain_and_triggers(tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL is saved by its own programs; see test_backup_postgresql")
    plan = make_plan(published=True, project=make_project(kind="demonstration"))
    digests = [take_snapshot(plan, now=NOW).digest for _ in range(2)]
    copy = tmp_path / "database.sqlite3"

    # As platform/operation/backup does it; a restore copies this file.
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(copy)])

    restored = sqlite3.connect(copy)
    rows = restored.execute(f"SELECT previous, content, digest FROM {TABLE} ORDER BY number")
    found = rows.fetchall()
    assert [digest for _, _, digest in found] == digests
    assert [previous for previous, _, _ in found] == [GENESIS, digests[0]]
    assert all(chain_digest(previous, content) == digest for previous, content, digest in found)
    with pytest.raises(sqlite3.IntegrityError, match="stay as they are"):
        restored.execute(f"UPDATE {TABLE} SET content = 'x'")
    restored.close()
