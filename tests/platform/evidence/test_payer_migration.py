"""One stored payer becomes a list of one, in activities, codings, decisions and their history."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from alpclusters.platform.evidence.models import Activity, Coding, Settlement
from tests.factories.coding import code, make_coded_corpus, make_coder, only_activity
from tests.factories.evidence import NOW, make_activity

pytestmark = [pytest.mark.integration, pytest.mark.django_db(transaction=True), pytest.mark.slow]
BEFORE = [("evidence", "0002_search_index")]


def payers():
    return list(Activity.objects.order_by("pk").values_list("payer_after", flat=True))


def column(table, name):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {name} FROM {table} ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


def test_payers_survive_the_way_back_and_forth():
    activity = only_activity(make_coded_corpus(n_coders=1))
    code(activity, make_coder(), payer_after=["members", "regional"])
    make_activity(payer_after=["host"])
    make_activity()
    Settlement.objects.create(
        activity=activity, field="payer_after", value=["regional"], made_at=NOW
    )
    assert payers() == [["members", "regional"], ["host"], []]
    n_noted = len(column("evidence_activity", "id"))

    MigrationExecutor(connection).migrate(BEFORE)
    try:
        assert column("evidence_activity", "payer_after") == ["members", "host", ""]
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())

    assert payers() == [["members"], ["host"], []]
    assert Coding.objects.get().values["payer_after"] == ["members"]
    assert Coding.history.latest().values["payer_after"] == ["members"]
    assert Settlement.objects.get().value == ["regional"]
    history = apps.get_model("evidence", "HistoricalActivity")
    assert all(isinstance(row.payer_after, list) for row in history.objects.all())
    assert len(column("evidence_activity", "id")) == n_noted
