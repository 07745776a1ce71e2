"""A project with a mix, and somebody who plans it."""

import pytest

from alpclusters.platform.accounts.models import Role
from tests.factories.accounts import make_user_with
from tests.factories.evaluation import make_project
from tests.factories.mixes import make_case, make_done_run


@pytest.fixture
def project():
    return make_project()


@pytest.fixture
def planner(client, project):
    user = make_user_with(Role.PARTNER_COORDINATOR, project=project)
    client.force_login(user)
    return user


@pytest.fixture
def run(project):
    return make_done_run(make_case(project))
