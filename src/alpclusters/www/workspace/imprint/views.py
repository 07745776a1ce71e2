"""Administrators say who runs the installation and answers for its data."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alpclusters.platform.fields import label_of
from alpclusters.platform.trust.domain.bodies import change_body, missing_of, responsible_body
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.imprint.forms import ImprintForm


@login_required
@permission_required("partnership.manage_installation", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def imprint_edit(request: SignedInRequest) -> HttpResponse:
    """Show what the imprint and the privacy page say, and change it."""
    form = ImprintForm(request.POST or None, instance=responsible_body())
    if request.method == "POST" and form.is_valid():
        change_body(form.values(), by=request.user)
        messages.success(request, _("Saved"))
        return redirect("workspace:imprint")
    body = responsible_body()
    labels = [label_of(body, name) for name in missing_of(body)]
    context = {"form": form, "missing": labels}
    status = 422 if request.method == "POST" else 200
    return render(request, "workspace/imprint/edit.html", context, status=status)
