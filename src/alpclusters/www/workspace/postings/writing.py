"""Write a need or an offer, hand it in, change it; extend or close it by a link in a mail."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.network.domain.postings.moderating import open_change, wording_of
from alpclusters.platform.network.domain.postings.writing import (
    DueExpiry,
    PostingFacts,
    close_posting,
    edit_posting,
    extend_posting,
    hand_in,
    read_token,
    write_posting,
)
from alpclusters.platform.network.models import Posting
from alpclusters.platform.network.rules import may_speak_for, spoken_for_by
from alpclusters.www.components.parts import Crumb
from alpclusters.www.public.postings.posting_list import kind_name, state_view
from alpclusters.www.public.postings.posting_page import PostingPage, read_page
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.postings.letters import tell_handed_in
from alpclusters.www.workspace.postings.posting_forms import ExtendForm, PostingForm
from alpclusters.www.workspace.postings.posting_page import (
    CONFLICT,
    UNPROCESSABLE,
    crumbs,
    own_posting,
    require_writer,
)
from alpclusters.www.workspace.sentences import placed_sentence

# --- Write a need or an offer, look at it as readers will, hand it in; change it later ------------


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def posting_new(request: SignedInRequest) -> HttpResponse:
    """Begin a need or an offer."""
    require_writer(request)
    organisations = _organisations(request)
    form = PostingForm(
        request.POST or None, organisations=organisations, initial=_from_profile(organisations)
    )
    context = {"posting": None, "has_organisation": organisations.exists()}
    here = [Crumb(_("New need or offer"))]
    if request.method != "POST":
        return _page(request, form, here, context)
    if not form.is_valid():
        return _page(request, form, here, context, status=UNPROCESSABLE)
    organisation = form.cleaned_data["organisation"]
    if request.POST.get("do") == "preview":
        preview = _preview(form, Posting(organisation=organisation))
        return _page(request, form, here, context | preview)
    try:
        made = write_posting(organisation, form.facts(), by=request.user, now=timezone.now())
    except (InputError, StateError) as error:
        return _page(request, form, here, context, status=_add(form, error))
    return _go_on(request, made)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def posting_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a need or an offer; a published one stays as it is until the change is read."""
    posting = own_posting(request, pk)
    form = PostingForm(request.POST or None, facts=_newest(posting))
    context = {"posting": posting, "has_organisation": True}
    here = [
        Crumb(posting.title, reverse("workspace:posting", args=[pk])),
        Crumb(_("Edit")),
    ]
    if request.method != "POST":
        return _page(request, form, here, context)
    if not form.is_valid():
        return _page(request, form, here, context, status=UNPROCESSABLE)
    if request.POST.get("do") == "preview":
        shown = Posting(organisation=posting.organisation, published_at=posting.published_at)
        return _page(request, form, here, context | _preview(form, shown))
    try:
        changed = edit_posting(posting, form.facts(), by=request.user, now=timezone.now())
    except InputError as error:
        return _page(request, form, here, context, status=_add(form, error))
    return _go_on(request, changed)


def _organisations(request: HttpRequest) -> QuerySet[Organisation]:
    """Return for whom one may write: those one speaks for, or the one a link names."""
    wanted = request.GET.get("organisation", "")
    if not (wanted.isascii() and wanted.isdecimal()):
        return spoken_for_by(request.user)
    rows = Organisation.objects.filter(pk=int(wanted[:9]), merged_into=None).order_by("pk")
    found = rows.first()
    if found is None or not may_speak_for(request.user, found):
        raise PermissionDenied
    return rows


def _from_profile(organisations: QuerySet[Organisation]) -> dict[str, Any]:
    """Begin with the sectors and languages of the profile where there is only one."""
    found = list(organisations.select_related("cluster")[:2])
    cluster = getattr(found[0], "cluster", None) if len(found) == 1 else None
    if cluster is None:
        return {}
    own = {"sectors": cluster.sectors, "languages": cluster.languages}
    return {name: value for name, value in own.items() if value}


def _newest(posting: Posting) -> PostingFacts:
    """Return the wording people go on with: the one that waits or was sent back, if any."""
    change = getattr(posting, "change", None)
    if change is None or posting.state != Posting.State.PUBLISHED:
        return PostingFacts.of(posting)
    proposed = wording_of(posting).proposed
    return proposed or PostingFacts.read(change.facts)


def _preview(form: PostingForm, posting: Posting) -> dict[str, Any]:
    """Show what is written as readers will see it, without storing anything."""
    form.facts().put_on(posting)
    page: PostingPage = read_page(AnonymousUser(), posting, today=timezone.localdate())
    return {"preview": posting, "preview_page": page}


def _go_on(request: SignedInRequest, posting: Posting) -> HttpResponse:
    """Hand in what was asked to be handed in, and say what happens now."""
    where = redirect("workspace:posting", pk=posting.pk)
    if posting.state == Posting.State.PUBLISHED:
        _tell_change(request, posting)
        return where
    if posting.state == Posting.State.WAITING:
        messages.success(request, _("Saved. It waits for the moderation."))
        return where
    if request.POST.get("do") != "hand_in":
        messages.success(request, _("Saved as a draft. Hand it in when it is ready."))
        return where
    try:
        tell_handed_in(hand_in(posting, by=request.user, now=timezone.now()))
    except (InputError, StateError) as error:
        messages.warning(request, placed_sentence(error))
    else:
        messages.success(request, _("Handed in. A coordinator of your region reads it."))
    return where


def _tell_change(request: HttpRequest, posting: Posting) -> None:
    if open_change(posting) is None:
        messages.success(request, _("Saved. The published wording is as before."))
        return
    tell_handed_in(posting)
    messages.success(
        request, _("Handed in. Readers see the published wording until the new one is read.")
    )


def _add(form: PostingForm, error: InputError | StateError) -> int:
    """Put a refusal where it belongs; return the status of the answer."""
    field = error.where.field
    form.add_error(field if field in form.fields else None, placed_sentence(error))
    return CONFLICT if isinstance(error, StateError) else UNPROCESSABLE


def _page(
    request: HttpRequest,
    form: PostingForm,
    here: list[Crumb],
    context: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    posting = context["posting"]
    shared = {
        "form": form,
        "crumbs": crumbs(*here),
        "preview": None,
        "simulated": bool(posting and posting.is_simulated),
    }
    return render(request, "workspace/postings/form.html", shared | context, status=status)


# --- The link of the mail before a posting expires: extend or close it without signing in ---------
#
# Opening it changes nothing, because programs that check mails open links too.


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def posting_keep(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether a posting shall stay open, and do it."""
    due = read_token(token)
    if due is None:
        return render(request, "workspace/postings/keep.html", {"due": None}, status=404)
    form = ExtendForm(request.POST if request.POST.get("do") == "extend" else None)
    problem = ""
    if request.method == "POST":
        try:
            told = _act(request, due, form)
        except (InputError, StateError) as error:
            problem = placed_sentence(error)
        else:
            if told:
                messages.success(request, told)
                return redirect("workspace:posting-keep", token=token)
    context = {
        "due": due,
        "posting": due.posting,
        "kind": kind_name(due.posting),
        "state": state_view(due.posting, timezone.localdate()),
        "is_published": due.posting.state == Posting.State.PUBLISHED,
        "form": form,
        "problem": problem,
        "simulated": due.posting.is_simulated,
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "workspace/postings/keep.html", context, status=status)


def _act(request: HttpRequest, due: DueExpiry, form: ExtendForm) -> str:
    if request.POST.get("do") == "close":
        close_posting(due.posting, by=due.user, now=timezone.now())
        return _("Closed. Those who follow it are told.")
    if not form.is_valid():
        return ""
    until = form.cleaned_data["expires_on"]
    extend_posting(due.posting, until, by=due.user, now=timezone.now())
    return _("It stays open until the new day.")
