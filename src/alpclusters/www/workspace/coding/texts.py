"""The common texts of an activity: both coders code the same thing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.evidence.domain.coding import change_activity, remove_activity
from alpclusters.platform.evidence.models import Activity
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.coding.access import coding_crumbs, own_activity
from alpclusters.www.workspace.coding.forms import ActivityForm
from alpclusters.www.workspace.sentences import sentence


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
        messages.success(request, _("Saved"))
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
    messages.success(request, _("The activity is removed."))
    return redirect("workspace:coding-initiative", key=key)
