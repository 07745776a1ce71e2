"""One need or offer: how far it is, what changed, and the decision of the moderation."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.actors.domain.named_lists import technology_label
from alpclusters.platform.actors.domain.sectors import sector_label
from alpclusters.platform.evidence.domain.versions import Version
from alpclusters.platform.fields import fields_of
from alpclusters.platform.languages.codes import LANGUAGES, nearest_language
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.network.domain.postings.finding import n_interested
from alpclusters.platform.network.domain.postings.moderating import (
    open_change,
    open_reports,
    publish_posting,
    send_back,
    settle_reports,
    take_down,
    wording_of,
)
from alpclusters.platform.network.domain.postings.writing import (
    FIELDS,
    PostingFacts,
    close_posting,
    delete_draft,
    extend_posting,
    hand_in,
    take_back,
    versions,
)
from alpclusters.platform.network.models import Posting, PostingChange
from alpclusters.reports.dates import format_date
from alpclusters.www.components.marked_text import compare
from alpclusters.www.components.parts import Crumb, Side
from alpclusters.www.public.postings.posting_list import (
    LOOKS,
    body_view,
    foreign_language,
    kind_name,
    place_names,
    state_view,
)
from alpclusters.www.public.postings.posting_page import read_page
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.postings.letters import tell_decision, tell_handed_in
from alpclusters.www.workspace.postings.posting_forms import ExtendForm, ReasonForm
from alpclusters.www.workspace.sentences import placed_sentence
from alpclusters.www.workspace.versions import ChangeView, version_views

# --- Fetch a posting with a right, and the place of its pages -------------------------------------


UNPROCESSABLE = 422
CONFLICT = 409


def own_posting(request: HttpRequest, pk: int) -> Posting:
    """Return a posting one may change; what others write is not seen here."""
    posting = _posting(pk)
    if not request.user.has_perm("network.change_posting", posting):
        raise Http404
    return posting


def moderated_posting(request: HttpRequest, pk: int) -> Posting:
    """Return a posting of an organisation one coordinates."""
    if not request.user.has_perm("network.moderate_postings"):
        raise PermissionDenied
    posting = _posting(pk)
    if not request.user.has_perm("network.moderate_postings", posting):
        raise Http404
    return posting


def require_writer(request: HttpRequest) -> None:
    """Answer 403 to people who write for nobody."""
    if not request.user.has_perm("network.change_posting"):
        raise PermissionDenied


def crumbs(*steps: Crumb) -> list[Crumb]:
    """Return the way to a page of needs and offers."""
    here = Crumb(gettext("Needs and offers"), reverse("workspace:postings") if steps else "")
    return [Crumb(gettext("Workspace"), reverse("workspace:dashboard")), here, *steps]


def _posting(pk: int) -> Posting:
    rows = Posting.objects.filter(organisation__merged_into=None)
    return get_object_or_404(
        rows.select_related("organisation__region", "organisation__cluster", "measure"), pk=pk
    )


# --- Fields of a posting and their values in words, for histories and comparisons -----------------


NAMES: Final[Mapping[str, Any]] = {one.attname: one.verbose_name for one in fields_of(Posting)}


def value_words(field: str, value: Any) -> str:
    """Say the value of a field."""
    say = _SAYING.get(field)
    return say(value) if say and value not in (None, "", [], ()) else str(value or "")


def compared(before: PostingFacts | None, after: PostingFacts) -> list[ChangeView]:
    """Put an old and a new wording side by side: what differs; without an old one everything."""
    views = []
    for name in FIELDS:
        old = value_words(name, getattr(before, name)) if before else ""
        new = value_words(name, getattr(after, name))
        if old != new:
            views.append(_change(name, old, new, after.language))
    return views


def _change(name: str, old: str, new: str, language: str) -> ChangeView:
    left, right = compare(old, new)
    code = language if name in {"title", "text"} else ""
    sides = Side(_("Published"), left, code), Side(_("New"), right, code)
    return ChangeView(str(NAMES[name]), *sides)


def _sectors(codes: Any) -> str:
    return "; ".join(sector_label(code, get_language()) for code in codes)


def _technologies(keys: Any) -> str:
    return ", ".join(technology_label(key, get_language()) for key in keys)


def _languages(codes: Any) -> str:
    return ", ".join(str(dict(LANGUAGES).get(code, code)) for code in codes)


def _measure(pk: Any) -> str:
    found = Measure.objects.filter(pk=pk).first()
    return str(found.name) if found else ""


def _day(value: date) -> str:
    return format_date(value, nearest_language(get_language()))


_SAYING: Final[Mapping[str, Callable[[Any], str]]] = {
    "state": lambda value: str(LOOKS[value][2]),
    "kind": lambda value: str(Posting.Kind(value).label),
    "language": lambda value: str(dict(LANGUAGES).get(value, value)),
    "sectors": _sectors,
    "technologies": _technologies,
    "territory": lambda value: ", ".join(place_names(value)),
    "languages": _languages,
    "measure_id": _measure,
    "expires_on": _day,
}


# --- One need or offer of one's own: how far it is, what can be done, what changed ----------------


_STATES: Final = Posting.State
REASONS: Final[Mapping[str, Any]] = {
    "write": gettext_lazy("Begun"),
    "edit": gettext_lazy("Changed"),
    "hand_in": gettext_lazy("Handed in"),
    "take_back": gettext_lazy("Taken back"),
    "publish": gettext_lazy("Published by the moderation"),
    "send_back": gettext_lazy("Sent back by the moderation"),
    "take_down": gettext_lazy("Taken down by the moderation"),
    "extend": gettext_lazy("Another day of expiry"),
    "close": gettext_lazy("Closed"),
}


@dataclass(frozen=True)
class Rights:
    """What can be done now."""

    hand_in: bool
    take_back: bool
    close: bool
    extend: bool
    delete: bool
    moderate: bool


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def posting(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a need or an offer to those who answer for it, and do what they ask."""
    found = own_posting(request, pk)
    form = ExtendForm(request.POST if request.POST.get("do") == "extend" else None)
    status = 200
    problem = ""
    if request.method == "POST":
        try:
            return _act(request, found, form)
        except (InputError, StateError) as error:
            problem, status = placed_sentence(error), CONFLICT
            found = own_posting(request, pk)
    change = PostingChange.objects.filter(posting=found).first()
    context = {
        "posting": found,
        "page": read_page(request.user, found, today=timezone.localdate()),
        "change": change,
        "rights": _rights(request, found),
        "extend_form": form,
        "problem": problem,
        "n_interested": n_interested([found]).get(found.pk, 0),
        "n_followers": found.followers.count(),
        "versions": version_views(
            versions(found), titles=NAMES, words=value_words, reason=_why
        ),
        "crumbs": crumbs(Crumb(found.title)),
        "simulated": found.is_simulated,
    }  # fmt: skip
    return render(request, "workspace/postings/page.html", context, status=status)


def _why(version: Version) -> str:
    return str(REASONS.get(version.reason, version.reason))


def _rights(request: HttpRequest, posting: Posting) -> Rights:
    state = posting.state
    waits = state == _STATES.WAITING or open_change(posting) is not None
    is_public = state == _STATES.PUBLISHED
    never = posting.published_at is None
    may = request.user.has_perm("network.moderate_postings", posting)
    return Rights(
        hand_in=state in {_STATES.DRAFT, _STATES.REFUSED, _STATES.CLOSED},
        take_back=waits,
        close=is_public,
        extend=is_public,
        delete=never and state in {_STATES.DRAFT, _STATES.REFUSED},
        moderate=may and (waits or is_public),
    )


def _act(request: SignedInRequest, posting: Posting, form: ExtendForm) -> HttpResponse:
    """Do one thing, and go back to where it shows.

    Raises
    ------
    StateError, InputError
        It cannot be done now.
    """
    done = ACTIONS.get(request.POST.get("do", ""))
    told = done(request, posting, form) if done else ""
    if told:
        messages.success(request, told)
    if not Posting.objects.filter(pk=posting.pk).exists():
        return redirect("workspace:postings")
    return redirect("workspace:posting", pk=posting.pk)


def _hand_in(request: SignedInRequest, posting: Posting, _form: ExtendForm) -> str:
    tell_handed_in(hand_in(posting, by=request.user, now=timezone.now()))
    return gettext("Handed in. A coordinator of your region reads it.")


def _take_back(request: SignedInRequest, posting: Posting, _form: ExtendForm) -> str:
    take_back(posting, by=request.user)
    return gettext("Taken back.")


def _close(request: SignedInRequest, posting: Posting, _form: ExtendForm) -> str:
    close_posting(posting, by=request.user, now=timezone.now())
    return gettext("Closed. Those who follow it are told.")


def _extend(request: SignedInRequest, posting: Posting, form: ExtendForm) -> str:
    if not form.is_valid():
        raise InputError("posting.expiry_over")
    until = form.cleaned_data["expires_on"]
    extend_posting(posting, until, by=request.user, now=timezone.now())
    return gettext("It stays open until the new day.")


def _delete(_request: HttpRequest, posting: Posting, _form: ExtendForm) -> str:
    delete_draft(posting)
    return gettext("The draft is deleted.")


ACTIONS: Final[Mapping[str, Callable[[SignedInRequest, Posting, ExtendForm], str]]] = {
    "hand_in": _hand_in,
    "take_back": _take_back,
    "close": _close,
    "extend": _extend,
    "delete": _delete,
}


# --- Read what was handed in, old beside new, and decide ------------------------------------------


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def posting_moderate(request: SignedInRequest, pk: int) -> HttpResponse:
    """Publish, send back, take down, or leave what readers reported."""
    posting = moderated_posting(request, pk)
    form = ReasonForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, _decide(request, posting, form.cleaned_data["reason"]))
        except (InputError, StateError) as error:
            field = error.where.field
            form.add_error(field if field in form.fields else None, placed_sentence(error))
            status = CONFLICT if isinstance(error, StateError) else UNPROCESSABLE
            posting = moderated_posting(request, pk)
        else:
            return redirect("workspace:postings-moderation")
    wording = wording_of(posting)
    context = {
        "posting": posting,
        "kind": kind_name(posting),
        "state": state_view(posting, timezone.localdate()),
        "body": body_view(posting.organisation),
        "language": foreign_language(posting),
        "wording": wording,
        "changes": compared(wording.published, wording.proposed) if wording.proposed else [],
        "reports": list(open_reports(posting)),
        "is_published": posting.state == Posting.State.PUBLISHED,
        "form": form,
        "crumbs": crumbs(
            Crumb(gettext("Moderation"), reverse("workspace:postings-moderation")),
            Crumb(posting.title),
        ),
        "simulated": posting.is_simulated,
    }
    return render(request, "workspace/postings/moderate.html", context, status=status)


def _decide(request: SignedInRequest, posting: Posting, reason: str) -> str:
    """Do what was chosen; say what happened.

    Raises
    ------
    StateError, InputError
        It cannot be done, or a reason is missing.
    """
    by, now, do = request.user, timezone.now(), request.POST.get("do")
    if do == "publish":
        done = publish_posting(posting, by=by, now=now, seen=request.POST.get("seen", ""))
        tell_decision(done, reason="", is_published=True)
        return gettext("Published. The organisation is told.")
    if do == "leave":
        settle_reports(posting, now=now)
        return gettext("The reports are settled; nothing was changed.")
    act = take_down if do == "take_down" else send_back
    done = act(posting, reason, by=by, now=now)
    tell_decision(done, reason=reason, is_published=False)
    return gettext("Sent back. The organisation is told why.")
