"""Change an entry of an account: take it away or confirm it, each only for those who may."""

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alpclusters.platform.funding.domain.accounts.entries import confirm_aid, remove_aid
from alpclusters.platform.funding.domain.accounts.undertakings import undertaking_of
from alpclusters.platform.funding.models import DeMinimisAid
from alpclusters.reports.dates import format_date_short
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.funding_cases.access import WRITE, own_case
from alpclusters.www.workspace.funding_cases.accounts import partner_with_account
from alpclusters.www.workspace.funding_cases.words import euros, language

REMOVE: Final = "funding.remove_aid"
CONFIRM: Final = "funding.confirm_aid"


@login_required
@require_POST
def funding_aid_remove(request: SignedInRequest, pk: int, entry: int, key: str) -> HttpResponse:
    """Take an entry away, because it was wrong."""
    aid = _aid(request, pk, entry, key, REMOVE)
    name = _name(aid)
    remove_aid(aid, by=request.user, now=timezone.now())
    messages.success(request, _("Removed: %(code)s") % {"code": name})
    return redirect("workspace:funding_account", pk=pk, key=key)


@login_required
@require_POST
def funding_aid_confirm(request: SignedInRequest, pk: int, entry: int, key: str) -> HttpResponse:
    """Say for the organisation that an entry is right."""
    aid = _aid(request, pk, entry, key, CONFIRM)
    confirm_aid(aid, by=request.user, today=timezone.localdate())
    messages.success(request, _("Confirmed: %(code)s") % {"code": _name(aid)})
    return redirect("workspace:funding_account", pk=pk, key=key)


def _aid(request: HttpRequest, pk: int, entry: int, key: str, right: str) -> DeMinimisAid:
    """Return an entry of the undertaking of a partner: 404 if it is none, 403 if not allowed."""
    case = own_case(request, pk, WRITE)
    _partner, organisation = partner_with_account(case, key)
    own = DeMinimisAid.objects.filter(organisation__in=undertaking_of(organisation))
    aid = get_object_or_404(own, pk=entry)
    if not request.user.has_perm(right, aid):
        raise PermissionDenied
    return aid


def _name(aid: Any) -> str:
    return f"{format_date_short(aid.granted_on, language())}, {euros(aid.amount_ct)}"
