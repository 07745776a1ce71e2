"""A profile from its making to the yearly mail that asks whether it is still right."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.domain.claims import ask_claim
from alpclusters.platform.actors.domain.confirmations import (
    Due,
    confirm,
    is_used,
    link_token,
    read_token,
)
from alpclusters.platform.actors.domain.editing import create_profile, find_profile
from alpclusters.platform.actors.models import Claim, ClusterOrganisation, Organisation
from alpclusters.platform.actors.rules import coordinates, deciders_of, visible_to
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.www.components.region_chooser import RegionField
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.profiles.profile_page import read_overview

# --- Mails about profiles, to both sides, each in the language of its reader ----------------------


def tell_deciders(claim: Claim) -> int:
    """Tell the coordinators of the region that somebody asks to keep a profile."""
    deciders = deciders_of(claim.cluster.organisation)
    for reader in deciders:
        with translation.override(nearest_language(reader.language)):
            subject = _("Claim to decide: %(name)s") % {"name": claim.cluster}
            text = _("%(person)s (%(email)s) asks to keep the profile of %(name)s.") % {
                "person": claim.user,
                "email": claim.user.email,
                "name": claim.cluster,
            }
            _send(reader, subject, [text, claim.message, _link("workspace:claims")])
    return len(deciders)


def confirm_asking(claim: Claim) -> None:
    """Tell the asking person what happens next."""
    with translation.override(nearest_language(claim.user.language)):
        subject = _("You asked to keep a profile: %(name)s") % {"name": claim.cluster}
        text = _("A coordinator of the region decides about it. You will get a mail then.")
        _send(claim.user, subject, [text, _link("workspace:profiles")])


def tell_decision(claim: Claim) -> None:
    """Tell the asking person what was decided."""
    with translation.override(nearest_language(claim.user.language)):
        names = {"name": claim.cluster}
        if claim.state == Claim.State.APPROVED:
            subject = _("You keep this profile now: %(name)s") % names
            text = _("Your claim was approved. Please look through the profile and confirm it.")
            where = _link("workspace:profile-edit", claim.cluster.slug)
        else:
            subject = _("Your claim was not approved: %(name)s") % names
            text = _("A coordinator decided that you do not keep this profile.")
            where = _link("workspace:profiles")
        _send(claim.user, subject, [text, claim.answer, where])


def tell_withdrawal(claim: Claim) -> None:
    """Tell the coordinators that a claim was taken back."""
    for reader in deciders_of(claim.cluster.organisation):
        with translation.override(nearest_language(reader.language)):
            subject = _("Claim withdrawn: %(name)s") % {"name": claim.cluster}
            text = _("%(person)s keeps the profile of %(name)s no more.") % {
                "person": claim.user,
                "name": claim.cluster,
            }
            _send(reader, subject, [text])


def ask_to_confirm(due: Due) -> None:
    """Ask a manager whether everything is still right."""
    with translation.override(nearest_language(due.user.language)):
        names = {"name": due.cluster}
        subject = _("Is everything still right? %(name)s") % names
        parts = [
            _("once a year we ask those who keep a profile to look at it: %(name)s.") % names,
            _("If everything is still right, confirm it here without signing in:"),
            _link("workspace:profile-confirm-link", link_token(due)),
            _("If something has changed, sign in and edit it:"),
            _link("workspace:profile-edit", due.cluster.slug),
            _("The link is yours: please do not pass it on. It works for 60 days."),
        ]
        greeting = _("Good day %(name)s,") % {"name": due.user}
        _send(due.user, subject, [greeting, *parts])


def _link(name: str, *args: str) -> str:
    return f"{settings.CONFIGURATION.address}{reverse(name, args=args)}"


def _send(reader: User, subject: str, parts: Sequence[str]) -> None:
    body = "\n\n".join(part.strip() for part in parts if part.strip()) + "\n"
    EmailMessage(subject=" ".join(subject.split()), body=body, to=[reader.email]).send()


# --- Make the profile of a body that is not in the directory yet ----------------------------------


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


# --- The link of the yearly mail: confirms without signing in, by one press of a button -----------
#
# Opening it changes nothing, because programs that check mails open links too.


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_link(request: HttpRequest, token: str) -> HttpResponse:
    """Ask once more on a page, then confirm."""
    due = read_token(token)
    if due is None:
        return render(request, "workspace/profiles/confirm_link.html", {"due": None}, status=404)
    used = is_used(token, due)
    if request.method == "POST" and not used:
        confirm(due.cluster, by=due.user, today=timezone.localdate())
        messages.success(request, _("Confirmed. Thank you: others see that this is up to date."))
        return redirect("workspace:profile-confirm-link", token=token)
    context = {
        "due": due,
        "cluster": due.cluster,
        "is_used": used,
        "page": read_overview(due.cluster),
        "simulated": due.cluster.organisation.is_simulated,
    }
    return render(request, "workspace/profiles/confirm_link.html", context)
