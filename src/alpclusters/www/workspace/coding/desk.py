"""What a coder does next, and the common texts of an activity; fetched by who may code them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.evidence.domain.coding import (
    add_activity,
    change_activity,
    remove_activity,
)
from alpclusters.platform.evidence.models import Activity, Coding, Initiative
from alpclusters.platform.evidence.rules import corpora_of
from alpclusters.platform.fields import fields_of, length_of
from alpclusters.platform.territory.domain.finding import resolve_region
from alpclusters.platform.territory.models import Region
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.site.inputs import input_of, lazy_label_of
from alpclusters.www.workspace.evidence.corpora import WRITE, evidence_crumbs, require
from alpclusters.www.workspace.sentences import sentence
from alpclusters.www.workspace.translated import LanguagePart, language_parts

# --- Fetch what a person may code: an initiative of one of the own corpora, an activity of it -----


def own_initiative(request: SignedInRequest, key: str) -> Initiative:
    """Return an initiative that one may code: 404 unless it is in a corpus of one's projects."""
    require(request, WRITE)
    seen = Initiative.objects.filter(corpora__in=corpora_of(request.user)).distinct()
    return get_object_or_404(seen.select_related("programme"), key=key)


def is_in_no_corpus(request: SignedInRequest, key: str) -> bool:
    """Say whether an initiative waits for a corpus; one in another project's is none of ours."""
    require(request, WRITE)
    return Initiative.objects.filter(key=key, corpora=None).exists()


def own_activity(request: SignedInRequest, key: str, number: int) -> Activity:
    """Return an activity of such an initiative."""
    initiative = own_initiative(request, key)
    found = initiative.activities.filter(number=number).prefetch_related("regions").first()
    if found is None:
        raise Http404
    found.initiative = initiative
    return found


def coding_crumbs(initiative: Initiative | None = None, *last: Crumb) -> list[Crumb]:
    """Return the way to a page of coding."""
    if initiative is None:
        return evidence_crumbs(Crumb(gettext("Coding")))
    address = reverse("workspace:coding-initiative", args=[initiative.key]) if last else ""
    return evidence_crumbs(
        Crumb(gettext("Coding"), reverse("workspace:coding")),
        Crumb(initiative.acronym, address),
        *last,
    )


# --- The common texts of an activity, which both coders share -------------------------------------


TEXTS: Final = tuple(one.name for one in fields_of(Activity, lambda said: said.part == "texts"))
_LONG: Final = ("what", "result")


class NewActivityForm(forms.Form):
    """One thing that was done, in the language one works in; the rest can follow."""

    name = forms.CharField(
        label=_("What was done, in a few words"),
        max_length=length_of(Activity, "name"),
        help_text=_("For example: pilot line for lightweight parts"),
    )
    what = forms.CharField(
        label=_("What exactly, and for whom"),
        max_length=length_of(Activity, "what"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    output = forms.CharField(
        label=lazy_label_of(Activity, "output"),
        max_length=length_of(Activity, "output"),
        required=False,
    )


class ActivityForm(forms.Form):
    """The common texts in five languages, the output as a number, where it was."""

    output_value = forms.FloatField(
        label=_("Output as a number"), required=False, help_text=_("Without the unit")
    )
    regions = forms.CharField(
        label=lazy_label_of(Activity, "regions"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Regions by code or name, one a line: AT32, Salzburg, Slovenija"),
    )

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        names = (*TEXTS, "output_value")
        initial: dict[str, Any] = {name: getattr(activity, name) for name in names}
        self.known = {str(region): region for region in activity.regions.all()}
        initial["regions"] = "\n".join(self.known)
        super().__init__(*args, **kwargs | {"initial": initial})
        for name in TEXTS:
            self.fields[name] = input_of(
                Activity, name, rows=4 if name in _LONG else 0, required=False
            )

    @property
    def languages(self) -> list[LanguagePart]:
        """The cards of the five languages."""
        return language_parts(self, TEXTS)

    def clean(self) -> dict[str, Any]:
        """Ask for a name in at least one language."""
        data: dict[str, Any] = super().clean() or {}
        if not any(data.get("name", {}).values()):
            self.add_error("name", _("Write the name in one language."))
        return data

    def clean_regions(self) -> list[Region]:
        """Resolve every line to a region; those there already may have older codes."""
        lines = [line.strip() for line in self.cleaned_data["regions"].splitlines()]
        found = {line: self.known.get(line) or _one(line) for line in lines if line}
        unknown = [line for line, region in found.items() if region is None]
        if unknown:
            raise ValidationError(
                _("No single region is called “%(words)s”. Use its NUTS code."),
                params={"words": ", ".join(unknown)},
            )
        return [region for region in found.values() if region is not None]

    def texts(self) -> dict[str, Any]:
        """Return what the domain stores."""
        return {name: value for name, value in self.cleaned_data.items() if name != "regions"}


def _one(text: str) -> Region | None:
    found = resolve_region(text)
    return found[0] if len(found) == 1 else None


# --- What a coder does next: activities to code in all own corpora, and those of one initiative


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
        messages.info(
            request, gettext("Put the initiative into a corpus first; then it can be coded.")
        )
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
    messages.success(request, gettext("The activity is written down. Now code it."))
    return made


# --- The common texts of an activity: both coders code the same thing -----------------------------


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def coding_texts(request: SignedInRequest, key: str, number: int) -> HttpResponse:
    """Change name, description, output, result and place; or remove what nobody coded."""
    activity = own_activity(request, key, number)
    if request.POST.get("do") == "remove":
        return _remove(request, activity)
    form = ActivityForm(request.POST or None, activity=activity)
    if request.method == "POST" and form.is_valid():
        regions = form.cleaned_data["regions"]
        change_activity(activity, form.texts(), regions=regions, by=request.user)
        messages.success(request, gettext("Saved"))
        return redirect("workspace:coding-activity", key=key, number=number)
    context = {
        "activity": activity,
        "initiative": activity.initiative,
        "form": form,
        "crumbs": coding_crumbs(activity.initiative, Crumb(activity.name)),
        "simulated": activity.is_simulated,
    }
    status = 422 if form.errors else 200
    return render(request, "workspace/coding/texts.html", context, status=status)


def _remove(request: SignedInRequest, activity: Activity) -> HttpResponse:
    key = activity.initiative.key
    try:
        remove_activity(activity, by=request.user)
    except AlpClustersError as error:
        messages.error(request, sentence(error))
        return redirect("workspace:coding-texts", key=key, number=activity.number)
    messages.success(request, gettext("The activity is removed."))
    return redirect("workspace:coding-initiative", key=key)
