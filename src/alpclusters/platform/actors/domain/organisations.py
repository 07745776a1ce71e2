"""Find an organisation by its name, or make it."""

from django.db import transaction

from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.domain.editing import note_change
from alpclusters.platform.actors.models import ClusterMember, ClusterOrganisation, Organisation
from alpclusters.platform.history import sign
from alpclusters.platform.worlds import check_one_world


def ensure_organisation(
    name: str, *, by: User | None = None, is_simulated: bool = False
) -> Organisation:
    """Return the organisation with a name; a new one is unverified until somebody confirms it.

    A simulated one and a real one may have the same name: they stay two.
    """
    same = Organisation.objects.filter(name__iexact=name.strip(), is_simulated=is_simulated)
    found = same.order_by("pk").first()
    if found:
        return found
    organisation = Organisation(name=name.strip(), is_simulated=is_simulated)
    sign(organisation, by)
    organisation.save()
    return organisation


# --- Members that a cluster organisation names; how many there are is counted apart ---------------


REASON = "member"


def members_of(cluster: ClusterOrganisation) -> list[ClusterMember]:
    """Return the members that are named, in the order of their names."""
    rows = cluster.members.select_related("organisation__region")
    return list(rows.order_by("organisation__name", "pk"))


@transaction.atomic
def name_member(
    cluster: ClusterOrganisation, organisation: Organisation, *, since: int | None, by: User | None
) -> bool:
    """Name an organisation as a member.

    Returns
    -------
    bool
        False for the cluster organisation itself and for one that is named already.

    Raises
    ------
    InputError
        One is simulated, the other is not (``worlds.mixed``).
    """
    check_one_world(cluster.organisation, [organisation])
    if organisation.pk == cluster.organisation_id:
        return False
    values = {"cluster": cluster, "organisation": organisation}
    _row, is_new = ClusterMember.objects.get_or_create(**values, defaults={"since": since})
    if is_new:
        _note(cluster, by)
    return is_new


@transaction.atomic
def drop_member(member: ClusterMember, *, by: User) -> None:
    """Name a member no more; the organisation itself stays."""
    member.delete()
    _note(member.cluster, by)


def _note(cluster: ClusterOrganisation, by: User | None) -> None:
    sign(cluster, by, reason=REASON)
    # A version for the history; nothing of the row itself changes.
    cluster.save(update_fields=["slug"])
    note_change(cluster.organisation)
