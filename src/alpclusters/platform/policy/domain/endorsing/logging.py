"""Every step of a body is kept: when, by whom in which role, before, after, in its words."""

from datetime import datetime
from typing import Final

from alpclusters.platform.accounts.models import Role, User
from alpclusters.platform.policy.models import Endorsement, EndorsementStep

# Who may enter what a body decided (rules.py), the role with more rights first.
ROLES: Final = (Role.ADMINISTRATOR, Role.POLICY_MAKER, Role.PARTNER_COORDINATOR)
_KEPT: Final = (
    "applies", "mandate", "decided_on", "reservation", "reason", "language", "document", "version",
    "text_on", "text_digest",
)  # fmt: skip


def keep_step(
    endorsement: Endorsement,
    before: str,
    *,
    by: User | None,
    by_link: bool = False,
    now: datetime,
) -> EndorsementStep:
    """Write down what an endorsement has become; nothing of the log is changed later."""
    return EndorsementStep.objects.create(
        endorsement=endorsement,
        before=before,
        after=endorsement.state,
        by_link=by_link,
        role=_role(by, endorsement) if by is not None else "",
        recorded_by=by,
        recorded_at=now,
        **{name: getattr(endorsement, name) for name in _KEPT},
    )


def _role(by: User, endorsement: Endorsement) -> str:
    """Return the role in which somebody acts for the project; empty where there is none."""
    thing = endorsement.plan or endorsement.recommendation
    project = thing.project_id if thing is not None else None
    return next((role for role in ROLES if by.has_role(role, project_id=project)), "")
