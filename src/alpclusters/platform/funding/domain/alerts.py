"""Mails about calls that fit a profile: only to those who asked, once a call, once a week at most.

What already fits when somebody orders the mails is known from the page; told is what comes to fit
from then on, and what closes within two weeks.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.utils import timezone

from alpclusters.analysis.funding.eligibility import Truth
from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.models import ClusterOrganisation, Organisation
from alpclusters.platform.funding.domain.fitting.fits import Fit
from alpclusters.platform.funding.domain.fitting.settings import fitting_offers
from alpclusters.platform.funding.models import Call, CallAlert, CallAlertNews
from alpclusters.platform.network.rules import spoken_for_by

CALLS: Final = "calls"
CLOSING: Final = dt.timedelta(days=14)
EVERY: Final = dt.timedelta(days=7)
News = CallAlertNews.News


@dataclass(frozen=True, slots=True)
class Told:
    """A call to tell of, and whether it is new or closes soon (or both)."""

    call: Call
    is_new: bool
    is_closing: bool


@dataclass(frozen=True, slots=True)
class DueAlert:
    """One mail: what there is to tell for each organisation, in their order."""

    alert: CallAlert
    told: Sequence[tuple[Organisation, Sequence[Told]]]

    @property
    def calls(self) -> dict[int, Told]:
        """Every call once, whichever of the organisations it fits."""
        return {one.call.pk: one for _organisation, told in self.told for one in told}


@transaction.atomic
def order_alert(user: User, *, now: dt.datetime) -> CallAlert:
    """Order the mails; what fits already is no news. Ordering again changes nothing."""
    alert, is_new = CallAlert.objects.get_or_create(user=user, defaults={"since": now})
    if is_new:
        fitting = (call for _one, calls in _fitting(user, now) for call in calls)
        _note(alert, {(call.pk, News.NEW.value) for call in fitting}, now)
    return alert


def stop_alert(user: User) -> bool:
    """Send no more, and forget what was told; say whether there were any."""
    return bool(CallAlert.objects.filter(user=user).delete()[0])


def due_alerts(now: dt.datetime) -> list[DueAlert]:
    """List the mails that are due and have something to tell."""
    today = timezone.localdate(now)
    rows = CallAlert.objects.filter(user__is_active=True).select_related("user").order_by("pk")
    due = [one for one in rows if one.sent_on is None or one.sent_on + EVERY <= today]
    found = (_due(alert, now) for alert in due)
    return [one for one in found if one.told]


def note_alert(due: DueAlert, *, now: dt.datetime) -> None:
    """Remember what was told, after the mail went out; a failing one loses nothing."""
    told = {(pk, News.NEW.value) for pk, one in due.calls.items() if one.is_new}
    told |= {(pk, News.CLOSING.value) for pk, one in due.calls.items() if one.is_closing}
    with transaction.atomic():
        _note(due.alert, told, now)
        CallAlert.objects.filter(pk=due.alert.pk).update(sent_on=timezone.localdate(now))


def _due(alert: CallAlert, now: dt.datetime) -> DueAlert:
    known = set(CallAlertNews.objects.filter(alert=alert).values_list("call_id", "news"))
    today = timezone.localdate(now)
    told = []
    for organisation, calls in _fitting(alert.user, now):
        mine = [_told(call, known, today) for call in calls]
        if news := [one for one in mine if one.is_new or one.is_closing]:
            told.append((organisation, news))
    return DueAlert(alert, told)


def _told(call: Call, known: set[tuple[int, str]], today: dt.date) -> Told:
    is_near = call.closes is not None and call.closes <= today + CLOSING
    return Told(
        call=call,
        is_new=(call.pk, News.NEW.value) not in known,
        is_closing=is_near and (call.pk, News.CLOSING.value) not in known,
    )


def _fitting(user: User, now: dt.datetime) -> Iterator[tuple[Organisation, Sequence[Call]]]:
    today = timezone.localdate(now)
    for organisation in spoken_for_by(user).select_related("region"):
        profile = (
            ClusterOrganisation.objects.filter(organisation=organisation)
            .prefetch_related("labels")
            .first()
        )
        found = fitting_offers(organisation, profile, today=today)
        fits = [fit for fit in (*found.fits, *found.open) if _fits(fit)]
        calls = {fit.offer.call.pk: fit.offer.call for fit in fits if fit.offer.call}
        yield organisation, [call for call in calls.values() if call.is_published]


def _fits(fit: Fit) -> bool:
    """Say whether nothing but the project, which nobody knows yet, is open."""
    return fit.truth is Truth.TRUE or fit.needs_only_project


def _note(alert: CallAlert, told: set[tuple[int, str]], now: dt.datetime) -> None:
    rows = [CallAlertNews(alert=alert, call_id=pk, news=news, told_at=now) for pk, news in told]
    CallAlertNews.objects.bulk_create(rows, ignore_conflicts=True)
