"""What is kept about a person through claims, confirmations and saved searches."""

from typing import Any, Final

from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.models import Claim, ClusterOrganisation, SavedSearch
from alpclusters.platform.history import history_of
from alpclusters.platform.privacy import OwnData


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
