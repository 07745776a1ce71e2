"""Give a measure a picture, other words for it, or take it off."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alpclusters.analysis.errors import FileFormatError
from alpclusters.platform.measures.domain.pictures import remove_picture, set_picture
from alpclusters.platform.measures.models import Measure
from alpclusters.www.cafe.refusals import sentence
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.measures.picture_forms import PictureForm
from alpclusters.www.workspace.measures.views import own_measure


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def measure_picture(request: SignedInRequest, key: str) -> HttpResponse:
    """Upload a picture; words in five languages and the source belong to it."""
    measure = own_measure(request, key)
    form = PictureForm(request.POST or None, request.FILES or None, measure=measure)
    if request.method == "POST" and form.is_valid() and _is_set(request, form, measure):
        messages.success(request, _("Saved"))
        return redirect("workspace:measure_picture", key=key)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "measure": measure}
    return render(request, "workspace/measures/picture.html", context, status=status)


@login_required
@require_POST
def measure_picture_remove(request: SignedInRequest, key: str) -> HttpResponse:
    """Take the picture off; the history keeps it."""
    measure = own_measure(request, key)
    if remove_picture(measure, by=request.user):
        messages.success(request, _("The picture is taken off. The history can bring it back."))
    return redirect("workspace:measure_picture", key=key)


def _is_set(request: SignedInRequest, form: PictureForm, measure: Measure) -> bool:
    credit = form.cleaned_data["picture_credit"]
    try:
        set_picture(
            measure,
            form.data_of_file,
            shows=form.cleaned_data["picture_alt"],
            credit=credit,
            by=request.user,
        )
    except FileFormatError as error:
        form.add_error("picture", sentence(error))
        return False
    return True
