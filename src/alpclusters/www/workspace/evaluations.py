"""Evaluate an AlpCafé, look at the snapshot, show it in public, make recommendations of it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alpclusters.analysis.errors import StateError
from alpclusters.platform.cafe.rules import visible_to as visible_cafes
from alpclusters.platform.evaluation.domain.records import Evaluation, word
from alpclusters.platform.evaluation.domain.releases import release_snapshot
from alpclusters.platform.evaluation.domain.snapshots import evaluate_cafe, evaluation_of
from alpclusters.platform.evaluation.models import Snapshot
from alpclusters.platform.evaluation.rules import visible_to
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.measures.models import Measure
from alpclusters.reports.errors import phrase
from alpclusters.reports.evaluation.persons import protection_sentences
from alpclusters.www.components.parts import Crumb
from alpclusters.www.public.evaluations.evaluation_page import read_page
from alpclusters.www.signed_in import SignedInRequest

# --- Which measures of a snapshot become recommendations ------------------------------------------


class DeriveForm(forms.Form):
    """Tick measures; those of which nothing is shown cannot be ticked."""

    measures = forms.MultipleChoiceField(
        label=_("Measures"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one measure.")},
    )

    def __init__(self, *args: Any, evaluation: Evaluation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = nearest_language(get_language())
        choices: Any = self.fields["measures"]
        named = {item.pk: word(item.names, language) for item in evaluation.measures}
        shown = [
            pk
            for pk in named
            if any(_is_shown(result.summary(pk)) for result in evaluation.criteria)
        ]
        choices.choices = [(str(pk), named[pk]) for pk in shown]
        self.has_choices = bool(shown)
        self.left_out = ", ".join(name for pk, name in named.items() if pk not in shown)

    def chosen(self) -> list[Measure]:
        """Return the ticked measures in the order of the snapshot."""
        wanted = [int(pk) for pk in self.cleaned_data["measures"]]
        found = Measure.objects.in_bulk(wanted)
        return [found[pk] for pk in wanted if pk in found]


def _is_shown(summary: Any) -> bool:
    return summary is not None and summary.n > 0


# --- Evaluate an AlpCafé, look at the snapshot, show it to the public -----------------------------


def own_snapshot(request: HttpRequest, pk: int, right: str = "") -> Snapshot:
    """Return a snapshot of one's projects: 404 if not visible, 403 if not allowed."""
    found = get_object_or_404(visible_to(request.user).with_cafe(), pk=pk)
    if not request.user.has_perm("policy.view_drafts", found.cafe.project):
        raise PermissionDenied
    if right and not request.user.has_perm(right, found):
        raise PermissionDenied
    return found


@login_required
@require_POST
def evaluate(request: SignedInRequest, pk: int) -> HttpResponse:
    """Evaluate an AlpCafé as it stands."""
    cafe = get_object_or_404(visible_cafes(request.user).select_related("project"), pk=pk)
    if not request.user.has_perm("evaluation.make_snapshot", cafe):
        raise PermissionDenied
    if cafe.is_open:
        text = gettext("Close the AlpCafé first: nobody sees results while people rate.")
        messages.error(request, text)
        return redirect("workspace:cafe", pk=pk)
    try:
        made = evaluate_cafe(cafe, made_by=request.user, now=timezone.now())
    except StateError:
        messages.error(
            request, gettext("The AlpCafé was never opened; there is nothing to evaluate.")
        )
        return redirect("workspace:cafe", pk=pk)
    messages.success(
        request, gettext("Evaluated: snapshot %(number)s is stored.") % {"number": made.number}
    )
    return redirect("workspace:snapshot", pk=made.pk)


@login_required
@require_safe
def snapshot(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a snapshot with what can be done with it."""
    return snapshot_page(request, own_snapshot(request, pk))


def snapshot_page(
    request: HttpRequest, found: Snapshot, form: DeriveForm | None = None
) -> HttpResponse:
    """Show a snapshot; with a form that has errors, answer 422."""
    page = read_page(
        found,
        person=request.user,
        criterion=request.GET.get("criterion", ""),
        address=reverse("workspace:snapshot", args=[found.pk]),
    )
    project = found.cafe.project
    context = {
        "page": page,
        "form": form or DeriveForm(evaluation=page.evaluation),
        "project": project,
        "crumbs": _crumbs(found, Crumb(gettext("Evaluation"))),
        "may_release": request.user.has_perm("evaluation.release_snapshot", found),
        "may_write": request.user.has_perm("policy.write_policy", project),
        "simulated": found.is_simulated,
        "section": "cafes",
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "workspace/evaluations/snapshot.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def snapshot_release(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask once, then show a snapshot to the public."""
    found = own_snapshot(request, pk, "evaluation.release_snapshot")
    if request.method != "POST":
        here = Crumb(gettext("Evaluation"), reverse("workspace:snapshot", args=[pk]))
        context = {
            "snapshot": found,
            "protection": protection_sentences(
                evaluation_of(found), nearest_language(get_language())
            ),
            "crumbs": _crumbs(found, here, Crumb(gettext("Release"))),
            "simulated": found.is_simulated,
            "section": "cafes",
        }
        return render(request, "workspace/evaluations/release.html", context)
    try:
        released = release_snapshot(found, now=timezone.now(), by=request.user)
    except StateError as error:
        messages.error(request, phrase(error, nearest_language(get_language())))
        return redirect("workspace:snapshot", pk=pk)
    if released.is_earlier:
        text = gettext(
            "Snapshot %(number)s stays public. Side by side with this one it would show what "
            "fewer than ten people answered."
        )
        messages.warning(request, text % {"number": released.public.number})
    else:
        messages.success(request, gettext("The evaluation is public."))
    return redirect("workspace:snapshot", pk=released.public.pk)


def _crumbs(found: Snapshot, *last: Crumb) -> list[Crumb]:
    return [
        Crumb(gettext("Workspace"), reverse("workspace:dashboard")),
        Crumb(gettext("AlpCafés"), reverse("workspace:cafes")),
        Crumb(str(found.cafe), reverse("workspace:cafe", args=[found.cafe_id])),
        *last,
    ]


urlpatterns: list[URLPattern] = [
    path("cafes/<int:pk>/evaluate/", evaluate, name="evaluate"),
    path("snapshots/<int:pk>/", snapshot, name="snapshot"),
    path("snapshots/<int:pk>/release/", snapshot_release, name="snapshot_release"),
]
