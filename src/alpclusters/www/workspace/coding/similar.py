"""Coded activities elsewhere that are like one: suggestions, taken by a person or not at all."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alpclusters.platform.evidence.domain.codebook.fields import field_named
from alpclusters.platform.evidence.domain.codebook.reading import code_label, current_codebook
from alpclusters.platform.evidence.domain.coding import coding_of
from alpclusters.platform.evidence.domain.search import SimilarActivity, similar_activities
from alpclusters.platform.evidence.models import Activity, Codebook
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.coding.access import coding_crumbs, own_activity


@dataclass(frozen=True)
class SimilarView:
    """An activity of another initiative, what it shares and which type it was given."""

    activity: Activity
    shared: list[str]
    type_name: str
    outcome: str


@login_required
@require_safe
def coding_similar(request: SignedInRequest, key: str, number: int) -> HttpResponse:
    """Show what is alike; its type can be taken over as one's own answer, with one click."""
    activity = own_activity(request, key, number)
    book = current_codebook()
    found = similar_activities(activity)
    rows = Activity.objects.select_related("initiative").in_bulk([one.activity_id for one in found])
    coding = coding_of(activity, request.user)
    context = {
        "activity": activity,
        "initiative": activity.initiative,
        "rows": [_view(rows[one.activity_id], one, book) for one in found],
        "may_take": coding is None or coding.closed_at is None,
        "crumbs": coding_crumbs(activity.initiative, Crumb(_("Similar activities"))),
        "simulated": any(row.is_simulated for row in rows.values()),
    }
    return render(request, "workspace/coding/similar.html", context)


def _view(other: Activity, one: SimilarActivity, book: Codebook) -> SimilarView:
    return SimilarView(
        activity=other,
        shared=[_shared(thing.field, thing.value, book) for thing in one.reasons],
        type_name=_named("measure_type", other.measure_type, book),
        outcome=_named("outcome_status", other.outcome_status, book),
    )


def _shared(field: str, value: str, book: Codebook) -> str:
    if field == "word":
        return _("word “%(word)s”") % {"word": value}
    return f"{field_named(field).label}: {code_label(field, value, book)}"


def _named(field: str, value: str, book: Codebook) -> str:
    return code_label(field, value, book) if value else ""
