"""A profile from its making to the yearly mail, and its history with the way back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.domain.claims import ask_claim
from alpclusters.platform.actors.domain.confirmations import (
    Due,
    confirm,
    is_used,
    link_token,
    read_token,
)
from alpclusters.platform.actors.domain.editing import (
    MODELS,
    Change,
    Version,
    create_profile,
    find_profile,
    revert_profile,
    version_values,
    versions,
)
from alpclusters.platform.actors.models import Claim, ClusterOrganisation, Organisation
from alpclusters.platform.actors.rules import coordinates, deciders_of, visible_to
from alpclusters.platform.languages.codes import LANGUAGES, nearest_language
from alpclusters.platform.seed_rows import REASON
from alpclusters.www.components.marked_text import compare
from alpclusters.www.components.parts import Side
from alpclusters.www.components.region_chooser import RegionField
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.site.organisation_links import LogoView, logo_of
from alpclusters.www.site.profile_words import language_of, name_of, value_words
from alpclusters.www.workspace.profiles.profile_page import (
    own_profile,
    profile_context,
    read_overview,
)

# --- A profile from its making to the yearly mail that asks whether it is still right -------------


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


# --- The history of a profile: who changed what when; a coordinator takes an older version back


PER_PAGE: Final = 20
KINDS: Final = {
    "organisation": gettext_lazy("Name and place"),
    "profile": gettext_lazy("Profile"),
    "label": gettext_lazy("Quality label"),
}
REASONS: Final = {
    REASON: gettext_lazy("Loaded with the facts of the program, from a public source."),
    "edit": "",
    "new": gettext_lazy("The profile was made."),
    "confirm": gettext_lazy("Everything was confirmed."),
    "claim": gettext_lazy("A claim was approved; the profile is public."),
    "member": gettext_lazy("The named members changed."),
    "label": "",
}


@dataclass(frozen=True)
class ChangeView:
    """One field side by side."""

    title: str
    before: Side
    after: Side
    logos: Sequence[LogoView | None] = ()


@dataclass(frozen=True)
class VersionView:
    """One version with its changes."""

    key: str
    kind: str
    number: int
    title: Any
    made_at: datetime
    made_by: str
    reason: Any
    is_newest: bool
    can_be_taken_back: bool
    changes: Sequence[ChangeView]


@login_required
@require_safe
def profile_history(request: HttpRequest, slug: str) -> HttpResponse:
    """Show every version with what it changed."""
    cluster = own_profile(request, slug)
    page = Paginator(versions(cluster), PER_PAGE).get_page(request.GET.get("page"))
    may_revert = request.user.has_perm("actors.revert_cluster", cluster)
    context = profile_context(cluster, _("History")) | {
        "page": page,
        "versions": [_view(version, cluster) for version in page],
        "may_revert": may_revert,
    }
    return render(request, "workspace/profiles/history.html", context)


@login_required
@require_POST
def profile_revert(request: SignedInRequest, slug: str, kind: str, version: int) -> HttpResponse:
    """Take an earlier version back."""
    cluster = own_profile(request, slug)
    if not request.user.has_perm("actors.revert_cluster", cluster):
        raise PermissionDenied
    if version_values(cluster, kind, version) is None:
        raise Http404
    if revert_profile(cluster, kind, version, by=request.user):
        messages.success(request, _("Earlier version brought back. It can be undone below."))
    else:
        messages.info(request, _("Nothing was changed."))
    return redirect("workspace:profile-history", slug=slug)


def _view(version: Version, cluster: ClusterOrganisation) -> VersionView:
    return VersionView(
        key=f"{version.kind}-{version.number}",
        kind=version.kind,
        number=version.number,
        title=KINDS[version.kind],
        made_at=version.made_at,
        made_by=version.made_by or _("the program"),
        reason=_reason(version),
        is_newest=version.is_newest,
        can_be_taken_back=version.kind != "label" and not version.is_newest,
        changes=[_change(version, change, cluster) for change in version.changes],
    )


def _reason(version: Version) -> Any:
    if version.reason.startswith("revert:"):
        return _("An earlier version was brought back.")
    if version.kind == "label" and version.event == "+":
        return _("A label was added.")
    if version.kind == "label" and version.event == "-":
        return _("A label was removed.")
    return REASONS.get(version.reason, version.reason)


def _change(version: Version, change: Change, cluster: ClusterOrganisation) -> ChangeView:
    before, after = (value_words(change.field, v) for v in (change.before, change.after))
    left, right = compare(before, after)
    code = language_of(change.field)
    return ChangeView(
        _title(version, change.field, code),
        Side(_("Before"), left, code),
        Side(_("After"), right, code),
        [logo_of(cluster, name) for name in (change.before, change.after)]
        if change.field == "logo"
        else (),
    )


def _title(version: Version, field: str, code: str) -> str:
    label = name_of(field, MODELS[version.kind])
    return f"{label}, {dict(LANGUAGES)[code]}" if code else label
