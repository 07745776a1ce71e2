"""Mails to those who are invited: in their language, plain, with a calendar file."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from alpclusters.platform.cafe.domain.agendas import begin_of, end_of
from alpclusters.platform.cafe.domain.calendars import CalendarEvent, calendar_file
from alpclusters.platform.cafe.domain.invitations import Letter, personal_link, send
from alpclusters.platform.cafe.models import AlpCafe, Invitation
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.reports.dates import format_date, format_time


def send_invitation(invitation: Invitation, *, now: datetime) -> bool:
    """Invite somebody; False if this address has had enough mails within the hour."""
    return send(invitation, invitation_letter(invitation, now=now), now=now)


def send_reminder(invitation: Invitation, *, now: datetime) -> bool:
    """Remind somebody who comes, or who has not answered."""
    return send(invitation, reminder_letter(invitation, now=now), now=now, is_reminder=True)


def invitation_letter(invitation: Invitation, *, now: datetime) -> Letter:
    """Write the invitation."""
    with translation.override(nearest_language(invitation.language)):
        cafe = invitation.cafe
        parts = [
            _greeting(invitation),
            _("you are invited to the AlpCafé “%(title)s”.") % {"title": cafe.title},
            cafe.welcome,
            _facts(cafe),
            _("Please answer here, and tell us which languages you speak and what you need:"),
            link_of(invitation),
            _("The link is yours: please do not pass it on."),
            _kept(),
        ]
        subject = _("Invitation: %(title)s") % {"title": cafe.title}
        return Letter(subject, _joined(parts), calendar_of(cafe, now=now))


def reminder_letter(invitation: Invitation, *, now: datetime) -> Letter:
    """Write the reminder: what to know for those who come, a question to the others."""
    with translation.override(nearest_language(invitation.language)):
        cafe = invitation.cafe
        comes = invitation.state == Invitation.State.REGISTERED
        ask = _("Can you not come after all? Please say so here, somebody else may take the place:")
        if not comes:
            ask = _("We have not heard from you yet. Please answer here:")
        parts = [
            _greeting(invitation),
            _("the AlpCafé “%(title)s” is near.") % {"title": cafe.title},
            _facts(cafe),
            ask,
            link_of(invitation),
            _("Bring your phone, charged. You need no account and no app.") if comes else "",
            _kept(),
        ]
        subject = _("Reminder: %(title)s") % {"title": cafe.title}
        return Letter(subject, _joined(parts), calendar_of(cafe, now=now))


def link_of(invitation: Invitation) -> str:
    """Return the address of somebody's own registration page, in the language that is active."""
    secret = personal_link(invitation)
    path = reverse("public:cafe_register_link", args=[invitation.cafe_id, secret])
    return f"{settings.CONFIGURATION.address}{path}"


def calendar_of(cafe: AlpCafe, *, now: datetime) -> str:
    """Return the calendar file in the language that is active."""
    address = settings.CONFIGURATION.address
    path = reverse("public:cafe_register", args=[cafe.pk])
    host = address.partition("//")[2].partition("/")[0].partition(":")[0]
    event = CalendarEvent(
        uid=f"alpcafe-{cafe.pk}@{host or 'alpclusters'}",
        title=_("AlpCafé: %(title)s") % {"title": cafe.title},
        begins=begin_of(cafe),
        ends=end_of(cafe),
        changed=now,
        place=", ".join(part for part in (cafe.place, cafe.directions) if part),
        text=cafe.welcome or "",
        url=f"{address}{path}",
        sequence=cafe.content_revision,
    )
    return calendar_file(event)


def time_span(cafe: AlpCafe) -> str:
    """Return begin and end as the language writes them; empty if nobody said when it begins."""
    if cafe.starts_at is None:
        return ""
    language = translation.get_language() or "en"
    moments = (timezone.localtime(moment) for moment in (begin_of(cafe), end_of(cafe)))
    begin, end = (format_time(moment, language) for moment in moments)
    return _("%(begin)s to %(end)s") % {"begin": begin, "end": end}


def _greeting(invitation: Invitation) -> str:
    return _("Good day %(name)s,") % {"name": invitation.name}


def _facts(cafe: AlpCafe) -> str:
    day = format_date(cafe.held_on, translation.get_language() or "en")
    span = time_span(cafe)
    lines = [
        _("When: %(when)s") % {"when": f"{day}, {span}" if span else day},
        _("Where: %(where)s") % {"where": cafe.place} if cafe.place else "",
        _("How to get there: %(way)s") % {"way": cafe.directions} if cafe.directions else "",
    ]
    return "\n".join(line for line in lines if line)


def _kept() -> str:
    return _(
        "Your name and address are used for this AlpCafé only and deleted 30 days after it. "
        "They are never tied to what you rate or write there."
    )


def _joined(parts: list[str]) -> str:
    return "\n\n".join(part.strip() for part in parts if part and part.strip()) + "\n"
