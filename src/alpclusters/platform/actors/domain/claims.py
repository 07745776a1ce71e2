"""Ask to keep a profile, decide about it, give it up."""

from datetime import datetime
from typing import Any, Final

from django.db import transaction

from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.models import Claim, ClusterOrganisation, SavedSearch
from alpclusters.platform.history import history_of, sign
from alpclusters.platform.privacy import OwnData

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


# --- What is kept about a person through claims, confirmations and saved searches -----------------


def export_claims(user: User) -> dict[str, Any]:
    """Return claims, confirmed profiles and saved searches as plain values for JSON."""
    claims = Claim.objects.filter(user=user).select_related("cluster__organisation")
    decided = Claim.objects.filter(decided_by=user).select_related("cluster__organisation")
    confirmed = ClusterOrganisation.objects.filter(confirmed_by=user)
    searches = SavedSearch.objects.filter(user=user)
    return {
        "claims": [_claim(claim) for claim in claims],
        "decided_claims": [
            {"profile": str(one.cluster), "state": one.state, "answer": one.answer}
            for one in decided
        ],
        "confirmed_profiles": [str(one) for one in confirmed.select_related("organisation")],
        "saved_searches": [
            {"name": one.name, "query": one.query, "made_at": one.made_at.isoformat()}
            for one in searches
        ],
    }


def erase_claims(user: User) -> None:
    """Delete claims and saved searches; a profile no longer says who confirmed it."""
    Claim.objects.filter(user=user).delete()
    SavedSearch.objects.filter(user=user).delete()
    Claim.objects.filter(decided_by=user).update(decided_by=None)
    ClusterOrganisation.objects.filter(confirmed_by=user).update(confirmed_by=None)
    history_of(ClusterOrganisation).filter(confirmed_by=user).update(confirmed_by=None)


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "profile": str(claim.cluster),
        "message": claim.message,
        "state": claim.state,
        "made_at": claim.made_at.isoformat(),
        "decided_at": claim.decided_at.isoformat() if claim.decided_at else None,
        "answer": claim.answer,
    }


CLAIMS: Final = OwnData(export=export_claims, erase=erase_claims)
