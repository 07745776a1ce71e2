"""Fetch what a person may code: an initiative of one of the own corpora, an activity of it."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from alpclusters.platform.evidence.models import Activity, Initiative
from alpclusters.platform.evidence.rules import corpora_of
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.evidence.access import WRITE, evidence_crumbs, require


def own_initiative(request: SignedInRequest, key: str) -> Initiative:
    """Return an initiative that one may code: 404 unless it is in a corpus of one's projects."""
    require(request, WRITE)
    seen = Initiative.objects.filter(corpora__in=corpora_of(request.user)).distinct()
    return get_object_or_404(seen.select_related("programme"), key=key)


def is_in_no_corpus(request: SignedInRequest, key: str) -> bool:
    """Say whether an initiative waits for a corpus; one in another project's is none of ours."""
    require(request, WRITE)
    return Initiative.objects.filter(key=key, corpora=None).exists()


def own_activity(request: SignedInRequest, key: str, number: int) -> Activity:
    """Return an activity of such an initiative."""
    initiative = own_initiative(request, key)
    found = initiative.activities.filter(number=number).prefetch_related("regions").first()
    if found is None:
        raise Http404
    found.initiative = initiative
    return found


def coding_crumbs(initiative: Initiative | None = None, *last: Crumb) -> list[Crumb]:
    """Return the way to a page of coding."""
    if initiative is None:
        return evidence_crumbs(Crumb(_("Coding")))
    address = reverse("workspace:coding-initiative", args=[initiative.key]) if last else ""
    return evidence_crumbs(
        Crumb(_("Coding"), reverse("workspace:coding")),
        Crumb(initiative.acronym, address),
        *last,
    )
