"""What is kept of organisations when the names on a list are deleted: asked, registered, there."""

from collections import defaultdict

from django.db.models import QuerySet

from alpclusters.platform.cafe.models import Invitation, Involvement

_FIELDS = ("was_invited", "has_registered", "has_attended")


def keep_involvements(invitations: QuerySet[Invitation]) -> None:
    """Note per AlpCafé and organisation that somebody was asked or came; never who or how many."""
    said: dict[tuple[int, int], set[str]] = defaultdict(set)
    for one in invitations.filter(organisation__isnull=False).order_by("pk"):
        assert one.organisation_id is not None  # noqa: S101 - asked for above
        said[one.cafe_id, one.organisation_id] |= _said(one)
    there = {
        (one.cafe_id, one.organisation_id): one
        for one in Involvement.objects.filter(cafe__in={cafe for cafe, _ in said}).order_by("pk")
    }
    for (cafe, organisation), fields in said.items():
        known = there.get((cafe, organisation))
        row = known or Involvement(cafe_id=cafe, organisation_id=organisation)
        for name in fields:
            setattr(row, name, True)
        row.save()


def _said(one: Invitation) -> set[str]:
    states = Invitation.State
    said = (
        one.invited_at is not None or one.state != states.LISTED,
        one.state == states.REGISTERED,
        one.attended,
    )
    return {name for name, yes in zip(_FIELDS, said, strict=True) if yes}
