"""What readers do with a posting: follow it, express interest, report it."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alpclusters.analysis.errors import StateError
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.network.domain.postings.following import follow_posting, unfollow_posting
from alpclusters.platform.network.domain.postings.moderating import report_posting
from alpclusters.platform.network.domain.postings.writing import is_open_on
from alpclusters.platform.network.models import Posting
from alpclusters.platform.network.rules import spoken_for_by
from alpclusters.reports.errors import phrase
from alpclusters.www.public.postings.forms import ReportForm
from alpclusters.www.public.postings.views import readable
from alpclusters.www.public.postings.words import kind_name
from alpclusters.www.signed_in import SignedInRequest

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
