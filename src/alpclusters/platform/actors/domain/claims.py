"""Ask to keep a profile, decide about it, give it up."""

from datetime import datetime

from django.db import transaction

from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.models import Claim, ClusterOrganisation
from alpclusters.platform.history import sign

LIVE = (Claim.State.PENDING, Claim.State.APPROVED)


def claim_of(cluster: ClusterOrganisation, user: User) -> Claim | None:
    """Return a person's newest claim to a profile."""
    return Claim.objects.filter(cluster=cluster, user=user).order_by("-made_at", "-pk").first()


@transaction.atomic
def ask_claim(
    cluster: ClusterOrganisation, user: User, *, message: str, now: datetime
) -> tuple[Claim, bool]:
    """Ask to keep a profile.

    Returns
    -------
    tuple of Claim and bool
        The claim, and False where a claim waits or is approved already: then nothing changes.
    """
    return Claim.objects.get_or_create(
        cluster=cluster,
        user=user,
        state__in=LIVE,
        defaults={"message": message, "made_at": now, "state": Claim.State.PENDING},
    )


@transaction.atomic
def withdraw_claim(claim: Claim, *, now: datetime) -> bool:
    """Take back a claim, or give up a profile; False if it was decided otherwise."""
    changed = Claim.objects.filter(pk=claim.pk, state__in=LIVE).update(
        state=Claim.State.WITHDRAWN, decided_at=now
    )
    return bool(changed)


@transaction.atomic
def decide_claim(claim: Claim, *, approve: bool, answer: str, by: User, now: datetime) -> bool:
    """Approve or refuse a claim.

    An approved claim opens a profile to the public that its own manager had made.

    Returns
    -------
    bool
        False if the claim waits no longer: somebody else decided, or it was withdrawn.
    """
    state = Claim.State.APPROVED if approve else Claim.State.REFUSED
    waiting = Claim.objects.filter(pk=claim.pk, state=Claim.State.PENDING)
    if not waiting.update(state=state, answer=answer, decided_by=by, decided_at=now):
        return False
    claim.refresh_from_db()
    organisation = claim.cluster.organisation
    if approve and not organisation.is_listed:
        organisation.is_listed = True
        sign(organisation, by, reason="claim")
        organisation.save()
    return True
