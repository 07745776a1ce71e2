"""Read what was handed in, old beside new, and decide."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.network.domain.postings.moderating import (
    open_reports,
    publish_posting,
    send_back,
    settle_reports,
    take_down,
    wording_of,
)
from alpclusters.platform.network.models import Posting
from alpclusters.www.components.parts import Crumb
from alpclusters.www.public.postings.posting_list import (
    body_view,
    foreign_language,
    kind_name,
    state_view,
)
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.postings.access import (
    CONFLICT,
    UNPROCESSABLE,
    crumbs,
    moderated_posting,
)
from alpclusters.www.workspace.postings.forms import ReasonForm
from alpclusters.www.workspace.postings.letters import tell_decision
from alpclusters.www.workspace.postings.values import compared
from alpclusters.www.workspace.sentences import placed_sentence


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
            Crumb(_("Moderation"), reverse("workspace:postings-moderation")), Crumb(posting.title)
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
        return _("Published. The organisation is told.")
    if do == "leave":
        settle_reports(posting, now=now)
        return _("The reports are settled; nothing was changed.")
    act = take_down if do == "take_down" else send_back
    done = act(posting, reason, by=by, now=now)
    tell_decision(done, reason=reason, is_published=False)
    return _("Sent back. The organisation is told why.")
