"""Who may make, see and release an evaluation."""

from django.db.models import Q

from alpclusters.platform.accounts.models import Role, User
from alpclusters.platform.accounts.rights import add_right
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.cafe.rules import may_run_cafe
from alpclusters.platform.evaluation.models import DataRequest, Snapshot, SnapshotQuerySet
from alpclusters.platform.partnership.models import RoleAssignment
from alpclusters.platform.partnership.roles import (
    Person,
    administrators,
    holds,
    project_ids,
)


def may_make_snapshot(user: Person, cafe: AlpCafe | None) -> bool:
    """Those who run the AlpCafé."""
    return may_run_cafe(user, cafe)


def may_release_snapshot(user: Person, snapshot: Snapshot | None) -> bool:
    """Those who run the AlpCafé it comes from."""
    return snapshot is not None and may_run_cafe(user, snapshot.cafe)


def may_decide_requests(user: Person, cafe: AlpCafe | None) -> bool:
    """Coordinators of the project: they answer for the people who rated."""
    roles = (Role.ADMINISTRATOR, Role.PARTNER_COORDINATOR)
    return cafe is not None and holds(user, *roles, project_id=cafe.project_id)


def deciders_of(cafe: AlpCafe) -> list[User]:
    """Return who decides requests: the coordinators of the project, else administrators."""
    asked = Q(project=cafe.project_id) | Q(project__isnull=True)
    roles = RoleAssignment.objects.filter(asked, role=Role.PARTNER_COORDINATOR)
    people = User.objects.filter(pk__in=roles.values("user"), is_active=True).order_by("pk")
    return [p for p in people if may_decide_requests(p, cafe)] or administrators()


def waiting_requests(user: Person) -> list[DataRequest]:
    """List the requests for answers that wait for this person's decision, oldest first."""
    wanted = project_ids(user, Role.ADMINISTRATOR, Role.PARTNER_COORDINATOR)
    rows = DataRequest.objects.filter(state=DataRequest.State.ASKED).select_related("cafe__project")
    own = rows if wanted is None else rows.filter(cafe__project_id__in=wanted)
    return [one for one in own.order_by("asked_at", "pk") if may_decide_requests(user, one.cafe)]


def visible_to(user: Person) -> SnapshotQuerySet:
    """List the snapshots a person may see."""
    wanted = project_ids(user)
    if wanted is None:
        return Snapshot.objects.all()
    released = Q(released_at__isnull=False, cafe__project__is_public=True)
    return Snapshot.objects.filter(released | Q(cafe__project_id__in=wanted))


add_right("evaluation.make_snapshot", may_make_snapshot)
add_right("evaluation.release_snapshot", may_release_snapshot)
add_right("evaluation.decide_requests", may_decide_requests)
