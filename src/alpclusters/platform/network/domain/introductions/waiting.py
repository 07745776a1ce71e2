"""What waits for somebody: introductions to answer, and answers to read."""

from django.db.models import Q, QuerySet

from alpclusters.platform.accounts.models import User
from alpclusters.platform.network.models import Introduction
from alpclusters.platform.network.rules import spoken_for_by


def introductions_of(user: User) -> QuerySet[Introduction]:
    """List the introductions of all organisations somebody speaks for, on either side."""
    own = spoken_for_by(user).values("pk")
    rows = Introduction.objects.filter(Q(asking__in=own) | Q(asked__in=own))
    return rows.select_related(
        "asking__region", "asking__cluster", "asked__region", "asked__cluster"
    ).order_by("-asked_at", "-pk")


def waiting_for(user: User) -> QuerySet[Introduction]:
    """List the introductions that somebody may answer now, the oldest first."""
    own = spoken_for_by(user).values("pk")
    rows = Introduction.objects.filter(state=Introduction.State.ASKED, asked__in=own)
    return rows.select_related("asking", "asked").order_by("asked_at", "pk")
