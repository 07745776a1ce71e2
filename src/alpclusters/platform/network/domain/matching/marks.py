"""Dismiss a proposed partner, remember one, and take either back."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.network.models import PartnerMark


@transaction.atomic
def mark_partner(
    organisation: Organisation, other: Organisation, mark: str, *, by: User, now: datetime
) -> PartnerMark:
    """Dismiss or remember; the later one of the two counts."""
    made, _ = PartnerMark.objects.update_or_create(
        organisation=organisation,
        other=other,
        defaults={"mark": mark, "by": by, "made_at": now},
    )
    return made


@transaction.atomic
def unmark_partner(organisation: Organisation, other: Organisation) -> bool:
    """Take a mark back; False if there was none."""
    n, _ = PartnerMark.objects.filter(organisation=organisation, other=other).delete()
    return n > 0


def marks_of(organisation: Organisation) -> dict[int, str]:
    """Return the marks an organisation has set, by the number of the other one."""
    rows = PartnerMark.objects.filter(organisation=organisation).order_by("pk")
    return dict(rows.values_list("other", "mark"))


def marked_by(organisations: QuerySet[Organisation]) -> QuerySet[PartnerMark]:
    """List all marks of some organisations, the remembered first, the newest of each first."""
    rows = PartnerMark.objects.filter(
        organisation__in=organisations.order_by().values("pk"), other__merged_into=None
    )
    return rows.select_related("organisation", "other__region", "other__cluster").order_by(
        "-mark", "-made_at", "-pk"
    )
