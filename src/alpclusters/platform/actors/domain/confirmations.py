"""Once a year the manager of a profile is asked whether everything is still right."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.core import signing
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.domain.editing import note_change
from alpclusters.platform.actors.domain.judging import FRESH_WITHIN, set_computed
from alpclusters.platform.actors.models import Claim, ClusterOrganisation
from alpclusters.platform.history import sign
from alpclusters.platform.territory.models import Standing

# Who has just taken over a profile is asked after this time, if it was never confirmed.
SETTLING: Final = timedelta(days=30)
REST: Final = timedelta(days=365)
LINK_WORKS: Final = timedelta(days=60)
_SALT: Final = "actors.confirmation"


@dataclass(frozen=True, slots=True)
class Due:
    """A profile to confirm and the one who keeps it."""

    cluster: ClusterOrganisation
    user: User


def due_confirmations(now: datetime) -> list[Due]:
    """List whom to ask now: each profile once a year, each manager with an approved claim."""
    today = timezone.localdate(now)
    waited = Q(cluster__confirmed_on__lte=today - FRESH_WITHIN) | Q(
        cluster__confirmed_on=None, decided_at__lte=now - SETTLING
    )
    rested = Q(cluster__reminded_on=None) | Q(cluster__reminded_on__lte=today - REST)
    claims = Claim.objects.filter(
        waited,
        rested,
        state=Claim.State.APPROVED,
        user__is_active=True,
        cluster__organisation__merged_into=None,
    )
    rows = claims.select_related("user", "cluster__organisation").order_by("cluster_id", "pk")
    return [Due(claim.cluster, claim.user) for claim in rows]


def note_reminders(sent: Sequence[Due], *, today: date) -> None:
    """Remember that these were asked; that is no change of the profile."""
    pks = {one.cluster.pk for one in sent}
    ClusterOrganisation.objects.filter(pk__in=pks).update(reminded_on=today)


@transaction.atomic
def confirm(cluster: ClusterOrganisation, *, by: User, today: date) -> None:
    """Say that everything in a profile is right: its facts count as confirmed from now on."""
    rows = ClusterOrganisation.objects.select_for_update(of=("self",))
    fresh = rows.select_related("organisation").get(pk=cluster.pk)
    fresh.confirmed_on, fresh.confirmed_by = today, by
    set_computed(fresh, today=today)
    sign(fresh, by, reason="confirm")
    fresh.save()
    organisation = fresh.organisation
    if organisation.status != Standing.VERIFIED:
        organisation.status = Standing.VERIFIED
        sign(organisation, by, reason="confirm")
        organisation.save()
    else:
        note_change(organisation)


def link_token(due: Due) -> str:
    """Sign what the link of a mail stands for: who confirms which state of which profile."""
    return signing.dumps(
        {"cluster": due.cluster.pk, "user": due.user.pk, "state": _state(due.cluster)},
        salt=_SALT,
        compress=True,
    )


def read_token(token: str) -> Due | None:
    """Return what a link stands for.

    None if it is not ours, older than `LINK_WORKS`, or if its reader keeps the profile no more.
    """
    try:
        data = signing.loads(token, salt=_SALT, max_age=LINK_WORKS)
    except signing.BadSignature:
        return None
    claims = Claim.objects.filter(
        cluster=data["cluster"],
        user=data["user"],
        state=Claim.State.APPROVED,
        user__is_active=True,
        cluster__organisation__merged_into=None,
    )
    claim = claims.select_related("user", "cluster__organisation").first()
    return Due(claim.cluster, claim.user) if claim else None


def is_used(token: str, due: Due) -> bool:
    """Say whether a link was used, or its profile was confirmed otherwise since it was sent."""
    data = signing.loads(token, salt=_SALT, max_age=LINK_WORKS)
    return bool(data["state"] != _state(due.cluster))


def _state(cluster: ClusterOrganisation) -> str:
    return cluster.confirmed_on.isoformat() if cluster.confirmed_on else ""
