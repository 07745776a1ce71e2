"""What programmes and regions put weight on: a list, and one form for each of them and period."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alpclusters.analysis.errors import AlpClustersError, StateError
from alpclusters.platform.funding.domain.policy_mixing.places import known_regions
from alpclusters.platform.funding.domain.policy_mixing.priorities import (
    priorities_of,
    save_priorities,
    seen_mark,
)
from alpclusters.platform.funding.models import Priority, Programme, Status
from alpclusters.www.components.parts import Crumb
from alpclusters.www.public.synergies.questions import period_text, place_names
from alpclusters.www.workspace.schemes.access import CONFLICT, UNPROCESSABLE, crumbs, require_keeper
from alpclusters.www.workspace.schemes.priority_forms import (
    PriorityForms,
    SubjectForm,
    initial_rows,
    stated_rows,
)
from alpclusters.www.workspace.sentences import placed_sentence

PAGE_SIZE: Final = 50


@dataclass(frozen=True)
class SubjectRow:
    """A programme or region with a period, and how many themes it names."""

    name: str
    period: str
    n_themes: int
    is_simulated: bool
    url: str


@login_required
@require_safe
def priorities(request: HttpRequest) -> HttpResponse:
    """List programmes and regions that name priorities."""
    require_keeper(request)
    keys = ("region", "programme__key", "period")
    rows = list(Priority.objects.order_by(*keys, "pk").values_list(*keys, "status"))
    counts = Counter(
        (region, programme, period, status == Status.DEMONSTRATION)
        for region, programme, period, status in rows
    )
    page = Paginator(list(counts.items()), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": _subject_rows(list(page.object_list)),
        "crumbs": crumbs(Crumb(_("Priorities"))),
        "simulated": any(is_simulated for *_subject_key, is_simulated in counts),
    }
    return render(request, "workspace/schemes/priorities.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def priority_new(request: HttpRequest) -> HttpResponse:
    """Ask whose priorities are to be entered, then lead to their form."""
    require_keeper(request)
    form = SubjectForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        programme = data["programme"]
        return redirect(_address(programme.key if programme else data["region"], data["period"]))
    context = {"form": form, "crumbs": _way(Crumb(_("Enter priorities")))}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "workspace/schemes/priority_new.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def priority_edit(request: HttpRequest, key: str) -> HttpResponse:
    """Change what a programme or region puts weight on in one period."""
    require_keeper(request)
    period = request.GET.get("period", "")[:9]
    programme, region = _subject(key)
    rows = priorities_of(programme, region, period)
    posted = request.POST if request.method == "POST" else None
    forms = PriorityForms(posted, initial=initial_rows(rows), prefix="row")
    told = {"rows": rows, "programme": programme, "region": region, "period": period}
    if posted is None:
        return _page(request, forms, told)
    if not forms.is_valid():
        return _page(request, forms, told, status=UNPROCESSABLE)
    try:
        seen = posted.get("seen", "")
        n = save_priorities(programme, region, period, stated_rows(forms), seen=seen)
    except AlpClustersError as error:
        status = CONFLICT if isinstance(error, StateError) else UNPROCESSABLE
        return _page(request, forms, told, problem=placed_sentence(error), status=status)
    messages.success(request, _("Saved.") if n else _("These priorities are gone."))
    return redirect("workspace:priorities")


def _subject(key: str) -> tuple[Programme | None, str]:
    """Return a programme, or the code of a region; the two never look alike."""
    code = key.upper()
    if code in known_regions():
        return None, code
    programme = Programme.objects.filter(key=key).first()
    if programme is None:
        raise Http404
    return programme, ""


def _page(
    request: HttpRequest,
    forms: Any,
    told: Mapping[str, Any],
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    programme, region = told["programme"], told["region"]
    name = str(programme) if programme else f"{place_names([region])[region]} ({region})"
    rows: Sequence[Priority] = told["rows"]
    context = {
        "forms": forms,
        "name": name,
        "period": period_text(told["period"]),
        "seen": seen_mark(rows),
        "problem": problem,
        "crumbs": _way(Crumb(name)),
        "simulated": any(row.status == Status.DEMONSTRATION for row in rows),
    }
    return render(request, "workspace/schemes/priority.html", context, status=status)


def _subject_rows(
    found: Sequence[tuple[tuple[str, str | None, str, bool], int]],
) -> list[SubjectRow]:
    places = place_names(region for (region, *_rest), _n in found if region)
    keys = [key for (_region, key, *_rest), _n in found if key]
    names = {one.key: one.name for one in Programme.objects.filter(key__in=keys)}
    return [
        SubjectRow(
            name=names[key] if key else f"{places[region]} ({region})",
            period=period_text(period),
            n_themes=n,
            is_simulated=is_simulated,
            # What is invented of a real region is not for people to change.
            url="" if is_simulated and not key else _address(key or region, period),
        )
        for (region, key, period, is_simulated), n in found
    ]


def _address(key: str, period: str) -> str:
    return f"{reverse('workspace:priority', args=[key])}?{urlencode({'period': period})}"


def _way(*steps: Crumb) -> list[Crumb]:
    return crumbs(Crumb(_("Priorities"), reverse("workspace:priorities")), *steps)
