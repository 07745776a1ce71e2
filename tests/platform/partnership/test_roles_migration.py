"""Roles that people had before the table moved count after it as before."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from alpclusters.platform.accounts.models import Role, User
from tests.factories.accounts import make_user_with
from tests.factories.partnership import make_project

pytestmark = [pytest.mark.integration, pytest.mark.django_db(transaction=True), pytest.mark.slow]
BEFORE = [("accounts", "0005_data_protection_officers"), ("partnership", "0002_contact_out_of_history")]  # fmt: skip  # noqa: E501


@pytest.fixture
def way_back():
    """Go back before the move, and forward again whatever happens."""
    yield lambda: MigrationExecutor(connection).migrate(BEFORE)
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def test_a_role_survives_the_move_of_its_table(way_back):
    project = make_project()
    user = make_user_with(Role.FACILITATOR, project=project)
    kinds = ContentType.objects.filter(model="roleassignment")
    kept = list(kinds.values_list("pk", flat=True))

    way_back()
    with connection.cursor() as cursor:
        cursor.execute("SELECT role, project_id FROM accounts_roleassignment")
        before = cursor.fetchall()
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())

    assert before == [(Role.FACILITATOR, project.pk)]
    assert User.objects.get(pk=user.pk).has_role(Role.FACILITATOR, project_id=project.pk)
    assert list(kinds.values_list("pk", "app_label")) == [(pk, "partnership") for pk in kept]
