"""Whose partners one may look for, and the place of the pages."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.actors.rules import in_care_of
from alpclusters.platform.network.models import MatchRun
from alpclusters.platform.network.rules import spoken_for_by
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest


def searchable_by(user: User) -> QuerySet[Organisation]:
    """List the organisations for which a person may look for partners: spoken for, or in care."""
    care = in_care_of(user).order_by().values("organisation")
    own = spoken_for_by(user).order_by().values("pk")
    rows = Organisation.objects.filter(merged_into=None, cluster__isnull=False, is_listed=True)
    return (rows.filter(pk__in=own) | rows.filter(pk__in=care)).order_by("name", "pk")


def require_speaker(request: HttpRequest) -> None:
    """Answer 403 for people who speak for nobody and coordinate nothing."""
    if not request.user.has_perm("network.speak_for", None):
        raise PermissionDenied


def own_run(request: SignedInRequest, pk: int) -> MatchRun:
    """Return a search of an organisation one may look for partners for; others do not exist."""
    require_speaker(request)
    rows = MatchRun.objects.filter(organisation__in=searchable_by(request.user).order_by())
    rows = rows.select_related("organisation__region", "organisation__cluster", "posting")
    return get_object_or_404(rows, pk=pk)


def partner_crumbs(*last: Crumb) -> list[Crumb]:
    """Return the way to a page of the search for partners."""
    return [
        Crumb(_("Workspace"), reverse("workspace:dashboard")),
        Crumb(_("Partners"), reverse("workspace:partners") if last else ""),
        *last,
    ]
