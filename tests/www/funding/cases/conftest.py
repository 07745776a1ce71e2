"""A project with a case, and the people who stand differently to it."""

import pytest

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.partnership.models import Project
from tests.factories.accounts import make_user_with
from tests.factories.evaluation import make_region
from tests.factories.mixes import make_case
from tests.factories.partnership import make_project


@pytest.fixture
def project() -> Project:
    make_region("AT32")
    return make_project(acronym="ALP", kind="demonstration")


@pytest.fixture
def case(project):
    return make_case(project)


@pytest.fixture
def planner(client, project):
    """The client of somebody who may plan the funding of the project."""
    user = make_user_with(Role.CLUSTER_MANAGER, project=project)
    client.force_login(user)
    return client
