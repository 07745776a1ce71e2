"""Names of hosts in protocols from before lie in rows of their own afterwards, and go by time."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from alpclusters.platform.cafe.models import Protocol
from alpclusters.platform.evaluation.domain.protocols import approved_hosts, forget_approved_hosts
from tests.factories.cafe import NOW, make_draft

pytestmark = [pytest.mark.integration, pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_a_protocol_of_before_keeps_its_hosts_in_rows_and_loses_them_in_time():
    version = Protocol.objects.create(cafe=make_draft(), number=1, data={"format": 1}, made_at=NOW)
    old = {"format": 1, "hosts": [{"table": 2, "name": "Canary"}]}

    MigrationExecutor(connection).migrate([("cafe", "0003_participants_out_of_research")])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cafe_protocol SET data = %s", [json.dumps(old)])
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())

    version.refresh_from_db()
    assert version.data == {"format": 1}
    assert approved_hosts(version) == {2: "Canary"}
    forget_approved_hosts(NOW + timedelta(days=400))
    assert approved_hosts(Protocol.objects.get()) == {2: ""}
