"""What a coder does next: activities to code in all own corpora, and those of one initiative."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.evidence.domain.coding import add_activity
from alpclusters.platform.evidence.models import Activity, Coding, Initiative
from alpclusters.platform.evidence.rules import corpora_of
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.coding.access import (
    coding_crumbs,
    is_in_no_corpus,
    own_initiative,
)
from alpclusters.www.workspace.coding.forms import NewActivityForm
from alpclusters.www.workspace.evidence.access import WRITE, require
from alpclusters.www.workspace.sentences import sentence

PAGE_SIZE = 50


@dataclass(frozen=True)
class ActivityRow:
    """One activity with what the reader has done at it; nothing of what others chose."""

    activity: Activity
    own: Coding | None
    n_taken: int
    n_places: int

    @property
    def step(self) -> str:
        """What the reader can do: code, go_on, wait, done, full."""
        if self.own is not None and self.own.closed_at is None:
            return "go_on"
        if self.own is not None:
            return "wait" if self.activity.state == Activity.State.OPEN else "done"
        return "full" if self.n_taken >= self.n_places else "code"


@login_required
@require_safe
def coding(request: SignedInRequest) -> HttpResponse:
    """List what one can code now: own codings first, then free places."""
    require(request, WRITE)
    todo = open_to(request.user).select_related("initiative")
    page = Paginator(todo, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = activity_rows(list(page), request.user)
    context = {
        "page": page,
        "rows": rows,
        "crumbs": coding_crumbs(),
        "simulated": any(row.activity.is_simulated for row in rows),
    }
    return render(request, "workspace/coding/list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def coding_initiative(request: SignedInRequest, key: str) -> HttpResponse:
    """Show the activities of an initiative; write down a new one and code it at once."""
    if is_in_no_corpus(request, key):
        messages.info(request, _("Put the initiative into a corpus first; then it can be coded."))
        return redirect("workspace:evidence")
    initiative = own_initiative(request, key)
    form = NewActivityForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = _added(request, initiative, form)
        if made is not None:
            return redirect("workspace:coding-activity", key=key, number=made.number)
    activities = list(initiative.activities.order_by("number", "pk"))
    context = {
        "initiative": initiative,
        "rows": activity_rows(activities, request.user),
        "documents": list(initiative.documents.order_by("title", "pk")),
        "form": form,
        "crumbs": coding_crumbs(initiative),
        "simulated": initiative.is_simulated,
    }
    status = 422 if form.errors else 200
    return render(request, "workspace/coding/initiative.html", context, status=status)


def open_to(user: User) -> QuerySet[Activity]:
    """List the activities at which a person can work: own open codings first."""
    own = Coding.objects.filter(activity=OuterRef("pk"), coder=user)
    counted = Activity.objects.filter(initiative__corpora__in=corpora_of(user)).annotate(
        n_taken=Count("codings", distinct=True),
        n_places=Max("initiative__corpora__n_coders"),
        is_mine=Exists(own.filter(closed_at__isnull=True)),
        is_closed=Exists(own.filter(closed_at__isnull=False)),
    )
    free = Q(n_taken__lt=F("n_places"), is_closed=False)
    found = counted.filter(Q(is_mine=True) | free)
    return found.order_by("-is_mine", "-n_taken", "initiative__acronym", "number", "pk")


def activity_rows(activities: Sequence[Activity], user: User) -> list[ActivityRow]:
    """Read what is done at some activities in two queries."""
    own = {c.activity_id: c for c in Coding.objects.filter(activity__in=activities, coder=user)}
    counts: dict[int, Mapping[str, Any]] = {
        row["pk"]: row
        for row in Activity.objects.filter(pk__in=[a.pk for a in activities])
        .order_by()
        .values("pk")
        .annotate(
            taken=Count("codings", distinct=True), places=Max("initiative__corpora__n_coders")
        )
    }
    return [
        ActivityRow(a, own.get(a.pk), counts[a.pk]["taken"], counts[a.pk]["places"] or 1)
        for a in activities
    ]


def _added(
    request: SignedInRequest, initiative: Initiative, form: NewActivityForm
) -> Activity | None:
    try:
        made = add_activity(initiative, by=request.user, **form.cleaned_data)
    except AlpClustersError as error:
        form.add_error("name", sentence(error))
        return None
    messages.success(request, _("The activity is written down. Now code it."))
    return made
