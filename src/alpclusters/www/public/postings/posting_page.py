"""Needs and offers: one of them, and what readers do with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alpclusters.analysis.errors import StateError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.domain.named_lists import technology_label
from alpclusters.platform.actors.domain.sectors import sector_label
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.network.domain.postings.finding import (
    find_postings,
    open_postings,
    readable_postings,
)
from alpclusters.platform.network.domain.postings.following import (
    follow_posting,
    is_followed,
    unfollow_posting,
)
from alpclusters.platform.network.domain.postings.moderating import report_posting
from alpclusters.platform.network.domain.postings.writing import is_open_on
from alpclusters.platform.network.models import Posting, PostingReport
from alpclusters.platform.network.rules import may_change_posting, spoken_for_by
from alpclusters.platform.partnership.roles import Person
from alpclusters.reports.errors import phrase
from alpclusters.www.public.evidence_data import About, sent_table
from alpclusters.www.public.initiatives.views import base_of
from alpclusters.www.public.postings.posting_list import (
    COLUMNS,
    FORMATS,
    BodyView,
    StateView,
    address,
    body_view,
    days_left,
    feed_of,
    foreign_language,
    kind_name,
    language_names,
    place_names,
    read_list,
    read_query,
    records,
    state_view,
)
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.site.inputs import input_of
from alpclusters.www.worlds import side_of

# --- What the page of a posting shows -------------------------------------------------------------


@dataclass(frozen=True)
class MeasureView:
    """The measure a posting came out of."""

    name: str
    url: str


@dataclass(frozen=True)
class PostingPage:
    """Everything the template names."""

    kind: str
    state: StateView
    is_open: bool
    body: BodyView
    language: str
    sectors: Sequence[str]
    technologies: Sequence[str]
    places: Sequence[str]
    languages: Sequence[str]
    measure: MeasureView | None
    days_left: int | None
    is_followed: bool
    is_own: bool


def read_page(user: Person, posting: Posting, *, today: date) -> PostingPage:
    """Put a posting into words for one reader."""
    language = get_language()
    return PostingPage(
        kind=kind_name(posting),
        state=state_view(posting, today),
        is_open=is_open_on(posting, today),
        body=body_view(posting.organisation),
        language=foreign_language(posting),
        sectors=[sector_label(code, language) for code in posting.sectors],
        technologies=[technology_label(key, language) for key in posting.technologies],
        places=place_names(posting.territory),
        languages=language_names(posting.languages),
        measure=_measure(posting),
        days_left=days_left(posting, today),
        is_followed=isinstance(user, User) and is_followed(posting, user),
        is_own=may_change_posting(user, posting),
    )


def _measure(posting: Posting) -> MeasureView | None:
    measure = posting.measure
    if measure is None or not measure.is_published:
        return None
    return MeasureView(measure.name, reverse("public:measure", args=[measure.key]))


# --- What readers tell the moderation -------------------------------------------------------------


class ReportForm(forms.Form):
    """What is wrong with a posting."""

    use_required_attribute = False
    cause = input_of(
        PostingReport, "cause", choices=PostingReport.Cause.choices, widget=forms.RadioSelect
    )
    note = input_of(PostingReport, "note", widget=forms.Textarea(attrs={"rows": 2}))


# --- Needs and offers: the list with its exports and feed, and one of them ------------------------


@require_safe
def postings(request: HttpRequest) -> HttpResponse:
    """Show the open needs and offers that a search finds."""
    today = timezone.localdate()
    page = read_list(read_query(request.GET), today=today)
    side = side_of(request, open_postings(today))
    context = {"page": page, "side": side, "simulated": page.simulated, "section": "network"}
    return render(request, "public/postings/list.html", context)


@require_safe
def posting(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a need or an offer; also one that is not open any more."""
    found = readable(pk)
    context = {
        "page": read_page(request.user, found, today=timezone.localdate()),
        "posting": found,
        "is_signed_in": request.user.is_authenticated,
        "simulated": found.is_simulated,
        "section": "network",
    }
    return render(request, "public/postings/page.html", context)


@require_safe
def export(request: HttpRequest, kind: str) -> StreamingHttpResponse:
    """Send all needs and offers that a search finds."""
    if kind not in FORMATS:
        raise Http404
    query, today = read_query(request.GET), timezone.localdate()
    found = find_postings(query, today=today).found
    base = base_of(request)
    where = base + address("public:postings", query)
    about = About("AlpClusters: open needs and offers of cluster organisations", where, today)
    return sent_table(request, kind, "postings", COLUMNS, records(found, base), about)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Send the newest needs and offers that a search finds."""
    query = read_query(request.GET)
    found = find_postings(query, today=timezone.localdate()).found
    content = feed_of(query, found, base=base_of(request))
    return HttpResponse(content, content_type="application/atom+xml; charset=utf-8")


def readable(pk: int) -> Posting:
    """Return a posting whose page visitors may open."""
    return get_object_or_404(readable_postings(), pk=pk)


# --- What readers do with a posting: follow it, express interest, report it -----------------------


UNPROCESSABLE = 422
CONFLICT = 409


@login_required
@require_POST
def follow(request: SignedInRequest, pk: int) -> HttpResponse:
    """Follow a posting, or follow it no more."""
    posting = readable(pk)
    if request.POST.get("do") == "unfollow":
        unfollow_posting(posting, request.user)
        messages.success(request, _("You do not follow it any more."))
    else:
        follow_posting(posting, request.user, now=timezone.now())
        messages.success(
            request,
            _("You follow it: when it is changed, closed or about to expire, a mail comes."),
        )
    return redirect("public:posting", pk=pk)


@login_required
@require_safe
def interest(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose for which organisation one is interested; the request itself is an introduction."""
    posting = readable(pk)
    if not is_open_on(posting, timezone.localdate()):
        messages.warning(request, _("It is not open any more."))
        return redirect("public:posting", pk=pk)
    spoken = list(spoken_for_by(request.user))
    fitting = [one for one in spoken if _fits(one, posting)]
    if len(fitting) == 1:
        return redirect(_ask_url(fitting[0], posting))
    context = {
        "posting": posting,
        "kind": kind_name(posting),
        "choices": [(one.name, _ask_url(one, posting)) for one in fitting],
        "speaks": bool(spoken),
        "is_own": any(one.pk == posting.organisation_id for one in spoken),
        "simulated": posting.is_simulated,
        "section": "network",
    }
    return render(request, "public/postings/interest.html", context)


def _fits(own: Organisation, posting: Posting) -> bool:
    is_other = own.pk != posting.organisation_id
    return is_other and own.is_simulated == posting.is_simulated


def _ask_url(own: Organisation, posting: Posting) -> str:
    path = reverse("workspace:introduction-ask", args=[own.pk, posting.organisation_id])
    return f"{path}?{urlencode({'posting': posting.pk})}"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: SignedInRequest, pk: int) -> HttpResponse:
    """Tell the moderation that something is wrong."""
    posting = readable(pk)
    form = ReportForm(request.POST or None)
    status = UNPROCESSABLE if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            report_posting(posting, **form.cleaned_data, by=request.user, now=timezone.now())
        except StateError as error:
            form.add_error(None, phrase(error, get_language() or "en"))
            status = CONFLICT
        else:
            messages.success(request, _("Thank you. The moderation looks at it."))
            return redirect("public:posting", pk=pk)
    context = {
        "form": form,
        "posting": posting,
        "kind": kind_name(posting),
        "simulated": posting.is_simulated,
        "section": "network",
    }
    return render(request, "public/postings/report.html", context, status=status)


urlpatterns = [
    path("network/postings/", postings, name="postings"),
    path("network/postings/export.<slug:kind>", export, name="postings-export"),
    path("network/postings/feed.atom", feed, name="postings-feed"),
    path("network/postings/<int:pk>/", posting, name="posting"),
    path("network/postings/<int:pk>/follow/", follow, name="posting-follow"),
    path("network/postings/<int:pk>/interest/", interest, name="posting-interest"),
    path("network/postings/<int:pk>/report/", report, name="posting-report"),
]
