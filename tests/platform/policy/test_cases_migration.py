"""Which action a case is about survives the move from the case to the plan."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from alpclusters.platform.funding.models import FundingCase
from alpclusters.platform.policy.domain.funding_cases import action_of, start_case_of
from alpclusters.platform.policy.models import ActionCase
from tests.factories.evaluation import NOW
from tests.factories.mixes import make_case
from tests.factories.policy import make_plan

pytestmark = [pytest.mark.integration, pytest.mark.django_db(transaction=True), pytest.mark.slow]
BEFORE = [("funding", "0009_accounts_have_a_trail"), ("policy", "0014_solutions_taken_up")]


def test_ties_survive_the_way_back_and_forth():
    action = make_plan().actions.get()
    tied = start_case_of(action, title="Fair", by=None, now=NOW).case
    make_case(action.plan.project)

    MigrationExecutor(connection).migrate(BEFORE)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, action_id FROM funding_fundingcase WHERE action_id > 0")
            assert cursor.fetchall() == [(tied.pk, action.pk)]
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())

    assert action_of(FundingCase.objects.get(pk=tied.pk)) == action
    assert ActionCase.objects.count() == 1
