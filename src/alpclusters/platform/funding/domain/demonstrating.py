"""The funding part of the demonstration: catalogue, policy mix and a case, all of it invented."""

from alpclusters.platform.funding.domain.demonstration import (
    load_demonstration_offers,
    remove_demonstration_offers,
)
from alpclusters.platform.funding.domain.demonstration_case import (
    create_demonstration_case,
    remove_demonstration_accounts,
)
from alpclusters.platform.funding.domain.policy_mixing.demonstration import (
    load_demonstration_policy_mix,
    remove_demonstration_policy_mix,
)
from alpclusters.platform.partnership.models import Project

__all__ = ["create_demonstration", "remove_demonstration"]


def create_demonstration(project: Project) -> None:
    """Load the invented catalogue and figures, and make the project's case."""
    load_demonstration_offers()
    load_demonstration_policy_mix(project)
    create_demonstration_case(project)


def remove_demonstration(project: Project) -> None:
    """Remove it again; the cases go with the project."""
    project.funding_cases.all().delete()
    remove_demonstration_accounts()
    remove_demonstration_policy_mix()
    remove_demonstration_offers()
