"""Fetch an introduction with the side one stands on, and the place of its pages."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.network.domain.introductions.answering import introductions_of, other_side
from alpclusters.platform.network.models import Introduction
from alpclusters.platform.network.rules import speaks_for
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest


@dataclass(frozen=True)
class Seen:
    """An introduction as one side sees it."""

    introduction: Introduction
    own: Organisation
    other: Organisation

    @property
    def is_asked(self) -> bool:
        """Whether one's side was asked."""
        return self.own.pk == self.introduction.asked_id

    @property
    def may_answer(self) -> bool:
        """Whether one can accept or decline now."""
        return self.is_asked and self.introduction.state == Introduction.State.ASKED

    @property
    def may_withdraw(self) -> bool:
        """Whether one can take the request back now."""
        return not self.is_asked and self.introduction.state == Introduction.State.ASKED


def own_introduction(request: SignedInRequest, pk: int) -> Seen:
    """Return an introduction of one's own organisation; others do not exist."""
    rows = introductions_of(request.user).select_related("asked_by", "decided_by", "posting")
    return seen_by(request, get_object_or_404(rows, pk=pk))


def seen_by(request: HttpRequest, introduction: Introduction) -> Seen:
    """Say which side one stands on; who speaks for both sees the side that answers."""
    asked = speaks_for(request.user, introduction.asked)
    own = introduction.asked if asked else introduction.asking
    return Seen(introduction, own, other_side(introduction, own))


def own_organisation(request: HttpRequest, pk: int) -> Organisation:
    """Return an organisation one speaks for: 404 if it is gone, 403 if it is another's."""
    rows = Organisation.objects.filter(merged_into=None).select_related("region", "cluster")
    organisation = get_object_or_404(rows, pk=pk)
    if not speaks_for(request.user, organisation):
        raise PermissionDenied
    return organisation


def introduction_crumbs(*last: Crumb) -> list[Crumb]:
    """Return the way to a page of introductions."""
    return [
        Crumb(_("Workspace"), reverse("workspace:dashboard")),
        Crumb(_("Introductions"), reverse("workspace:introductions") if last else ""),
        *last,
    ]
