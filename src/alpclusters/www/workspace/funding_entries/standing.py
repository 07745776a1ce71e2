"""Withdraw an entry or publish it again, and bring a version of it back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.funding.domain.entries import bring_back, set_published
from alpclusters.platform.funding.models import EntryVersion
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.funding_entries.access import entry_url, kept_entry
from alpclusters.www.workspace.sentences import placed_sentence

LONGEST = 300


@login_required
@require_POST
def entry_standing(request: SignedInRequest, kind: str, key: str) -> HttpResponse:
    """Withdraw an entry, with a reason, or publish it again."""
    entry = kept_entry(request, kind, key)
    is_published = request.POST.get("do") == "publish"
    reason = " ".join(request.POST.get("reason", "").split())[:LONGEST]
    if not is_published and not reason:
        messages.error(request, _("Say why it is withdrawn; the history keeps it."))
        return redirect(entry_url("funding_entry", entry))
    source = reason or _("Published again")
    try:
        set_published(
            entry, is_published=is_published, source=source, by=request.user, now=timezone.now()
        )
    except AlpClustersError as error:
        messages.error(request, placed_sentence(error))
    else:
        messages.success(
            request,
            _("The entry stands in the catalogue again.")
            if is_published
            else _("The entry is withdrawn. Cases that took it keep their copy."),
        )
    return redirect(entry_url("funding_entry", entry))


@login_required
@require_POST
def entry_back(request: SignedInRequest, kind: str, key: str, number: int) -> HttpResponse:
    """Let an entry say again what it said in one of its versions."""
    entry = kept_entry(request, kind, key)
    seen = request.POST.get("version", "")
    version = int(seen) if seen.isdecimal() and len(seen) < 10 else 0  # noqa: PLR2004 - no such version
    source = _("Version %(n)s brought back") % {"n": number}
    try:
        changed = bring_back(
            entry, number, version=version, source=source, by=request.user, now=timezone.now()
        )
    except EntryVersion.DoesNotExist as error:
        raise Http404 from error
    except AlpClustersError as error:
        messages.error(request, placed_sentence(error))
    else:
        is_new = changed.version != version
        messages.success(request, source if is_new else _("Nothing was changed."))
    return redirect(entry_url("funding_entry_history", entry))
