"""Make the profile of a body that is not in the directory yet."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from alpclusters.platform.actors.domain.claims import ask_claim
from alpclusters.platform.actors.domain.new_profiles import create_profile, find_profile
from alpclusters.platform.actors.models import ClusterOrganisation, Organisation
from alpclusters.platform.actors.rules import coordinates, visible_to
from alpclusters.www.components.region_chooser import RegionField
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.profiles.letters import tell_deciders


class NewProfileForm(forms.Form):
    """A name and a region; everything else follows on the pages of the profile."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    region = RegionField(label=gettext_lazy("Region of the seat"))

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        self.user = user
        self.known: ClusterOrganisation | None = None
        super().__init__(*args, **kwargs)

    def clean_name(self) -> str:
        """Refuse a name that has a profile; the page links to it, if one may see it."""
        name: str = self.cleaned_data["name"].strip()
        found = find_profile(name)
        if found:
            self.known = visible_to(self.user).filter(pk=found.pk).first()
            raise forms.ValidationError(_("This name has a profile already. Ask to keep it."))
        return name


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile_new(request: SignedInRequest) -> HttpResponse:
    """Make a profile: public at once by a coordinator of the region, else after a decision."""
    if not request.user.has_perm("actors.add_cluster"):
        raise PermissionDenied
    form = NewProfileForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        return _made(request, form)
    status = 422 if request.method == "POST" else 200
    return render(request, "workspace/profiles/new.html", {"form": form}, status=status)


def _made(request: SignedInRequest, form: NewProfileForm) -> HttpResponse:
    name, region = form.cleaned_data["name"], form.cleaned_data["region"]
    may_open = coordinates(request.user, Organisation(region=region))
    cluster = create_profile(name, region=region, by=request.user, is_listed=may_open)
    if may_open:
        messages.success(request, _("Profile made. Fill in what you know."))
        return redirect("workspace:profile-edit", slug=cluster.slug)
    message = _("Made this profile in the workspace.")
    claim, _is_new = ask_claim(cluster, request.user, message=message, now=timezone.now())
    tell_deciders(claim)
    messages.success(request, _("Profile made. A coordinator looks at it before it is public."))
    return redirect("workspace:profiles")
