"""A second AlpCafé in which people rate recommendations, and what it gives back."""

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.languages.codes import LANGUAGE_CODES, nearest_language
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.second_cafes import (
    Event,
    ground_again,
    measures_of,
    prepare_cafe,
    snapshots_on,
)
from alpclusters.platform.policy.domain.states import EDITABLE
from alpclusters.platform.policy.models import Recommendation
from alpclusters.reports.errors import phrase
from alpclusters.www.components.parts import Crumb
from alpclusters.www.site.inputs import Day, input_of
from alpclusters.www.workspace.consultations.consultation_forms import RecommendationsField
from alpclusters.www.workspace.endorsements import region_field
from alpclusters.www.workspace.recommendations.access import (
    WRITE,
    own_project,
    recommendation_crumbs,
)

# --- Which recommendations people rate, where and when --------------------------------------------


class SecondCafeForm(forms.Form):
    """Recommendations that are open; region and day for those who may run an AlpCafé."""

    use_required_attribute = False

    def __init__(self, *args: Any, project: Project, with_event: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Recommendation.objects.filter(project=project, state__in=EDITABLE)
        self.fields["recommendations"] = RecommendationsField(
            rows.order_by("pk"), label=_("Recommendations")
        )
        self.fields["kind"] = forms.ModelChoiceField(
            Measure.objects.filter(project__isnull=True).order_by("order", "pk"),
            label=_("Type of measure"),
            help_text=_("Only for recommendations that do not rest on the rating of a measure."),
            required=False,
            empty_label="–",
        )
        if with_event:
            self.fields["region"] = region_field(project)
            self.fields["held_on"] = input_of(AlpCafe, "held_on", form_class=Day)
            self.fields["place"] = input_of(AlpCafe, "place")


# --- A second AlpCafé in which people rate recommendations, and what it gives back to them --------


UNPROCESSABLE: Final = 422
MOST_SHOWN: Final = 50


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def second_cafe(request: HttpRequest, slug: str) -> HttpResponse:
    """Prepare an AlpCafé on recommendations; take its results into them."""
    project = own_project(request, slug, WRITE)
    if request.method != "POST":
        chosen = [int(one) for one in request.GET.getlist("r") if one.isdecimal()]
        form = _form(request, project, initial={"recommendations": chosen})
        return _page(request, project, form)
    if request.POST.get("do") == "ground":
        return _ground(request, project)
    form = _form(request, project, request.POST)
    if form.is_valid():
        try:
            return _prepare(request, project, form)
        except AlpClustersError as error:
            form.add_error(None, _say(error))
    return _page(request, project, form, status=UNPROCESSABLE)


def _form(
    request: HttpRequest, project: Project, data: Any = None, **kwargs: Any
) -> SecondCafeForm:
    with_event = request.user.has_perm("cafe.add_alpcafe", project)
    return SecondCafeForm(data, project=project, with_event=with_event, **kwargs)


def _prepare(request: HttpRequest, project: Project, form: SecondCafeForm) -> HttpResponse:
    data, by = form.cleaned_data, _user(request)
    region = data.get("region")
    if region is not None and not _may_run(request, project, region):
        form.add_error("region", gettext("Your role does not cover this region."))
        return _page(request, project, form, status=UNPROCESSABLE)
    with transaction.atomic():
        measures = measures_of(list(data["recommendations"]), kind=data["kind"], by=by)
        if region is None:
            messages.success(
                request,
                gettext("They can be chosen for an AlpCafé now; a facilitator of the project can "
                  "prepare it."),
            )  # fmt: skip
            return redirect("workspace:second-cafe", slug=project.slug)
        event = Event(region, data["held_on"], _titles(project), data["place"])
        cafe = prepare_cafe(project, measures, event, by=by)
    messages.success(
        request, gettext("AlpCafé prepared. Check it, then open it when the rating begins.")
    )
    return redirect("workspace:cafe", pk=cafe.pk)


def _may_run(request: HttpRequest, project: Project, region: Any) -> bool:
    return request.user.has_perm("cafe.run_alpcafe", AlpCafe(project=project, region=region))


def _titles(project: Project) -> dict[str, str]:
    found = {}
    for code in LANGUAGE_CODES:
        with override(code):
            found[code] = gettext("AlpCafé on recommendations: %(name)s") % {
                "name": project.acronym
            }
    return {code: title[:120] for code, title in found.items()}


def _ground(request: HttpRequest, project: Project) -> HttpResponse:
    number = request.POST.get("snapshot", "")
    rows = snapshots_on(project)
    snapshot = get_object_or_404(rows, pk=int(number) if number.isdecimal() else 0)
    try:
        found = ground_again(snapshot, by=_user(request), now=timezone.now())
    except AlpClustersError as error:
        messages.error(request, _say(error))
        return redirect("workspace:second-cafe", slug=project.slug)
    told = ngettext("%(n)s new finding for %(codes)s", "%(n)s new findings for %(codes)s",
                    found.n_findings)  # fmt: skip
    codes = ", ".join(one.code for one in found.changed) or "–"
    messages.success(request, told % {"n": found.n_findings, "codes": codes})
    if found.decided:
        names = ", ".join(one.code for one in found.decided)
        messages.info(
            request, gettext("Decided already and left as they are: %(codes)s") % {"codes": names}
        )
    return redirect("workspace:second-cafe", slug=project.slug)


def _page(
    request: HttpRequest, project: Project, form: SecondCafeForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "project": project,
        "form": form,
        "with_event": "region" in form.fields,
        "snapshots": list(snapshots_on(project)[:MOST_SHOWN]),
        "crumbs": recommendation_crumbs(project, Crumb(gettext("AlpCafé on recommendations"))),
        "simulated": project.is_simulated,
        "section": "plans",
    }
    return render(request, "workspace/second_cafes/page.html", context, status=status)


def _say(error: AlpClustersError) -> str:
    return phrase(error, nearest_language(get_language()))


def _user(request: HttpRequest) -> Any:
    return request.user


urlpatterns: list[URLPattern] = [
    path("projects/<slug:slug>/recommendations/cafe/", second_cafe, name="second-cafe"),
]
