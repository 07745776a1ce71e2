"""What rests on a document, as far as a person may know it yet."""

from collections.abc import Collection

from django.db.models import Count, Q

from alpclusters.platform.evidence.domain.coding.needed import coders_needed
from alpclusters.platform.evidence.models import Activity, Document, Quotation


def visible_quotations(document: Document, user_id: int | None) -> list[Quotation]:
    """Return the quotations of a document that a person may see, by page.

    Where another coder looked is a hint: until all who code an activity have closed, each sees
    only the own quotations for it, and those of the program.
    """
    related = document.quotations.select_related("document", "activity__initiative", "lesson")
    found = list(related.order_by("page", "pk"))
    revealed = _revealed({one.activity_id for one in found if one.activity_id})
    return [
        one
        for one in found
        if one.activity_id is None
        or one.activity_id in revealed
        or one.made_by_id in {user_id, None}
    ]


def _revealed(activity_ids: Collection[int]) -> set[int]:
    needed = coders_needed(activity_ids)
    closed = Count("codings", filter=Q(codings__closed_at__isnull=False))
    rows = Activity.objects.filter(pk__in=activity_ids).annotate(n_closed=closed).order_by()
    return {pk for pk, n in rows.values_list("pk", "n_closed") if n >= needed[pk]}
