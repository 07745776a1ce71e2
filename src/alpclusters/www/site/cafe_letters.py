"""Mails about AlpCafés: invitations with their QR code, and requests for answers."""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

import segno
from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from alpclusters.platform.cafe.domain.agendas import begin_of, end_of
from alpclusters.platform.cafe.domain.calendars import CalendarEvent, calendar_file
from alpclusters.platform.cafe.domain.invitations import Letter, personal_link, send
from alpclusters.platform.cafe.domain.keys import MARK, derive_link, ensure_key
from alpclusters.platform.cafe.models import AlpCafe, Invitation
from alpclusters.platform.evaluation.domain.research_requests import token_of
from alpclusters.platform.evaluation.models import DataRequest
from alpclusters.platform.evaluation.rules import deciders_of
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.reports.dates import format_date, format_time

# --- The QR code of an AlpCafé and the address it holds -------------------------------------------


# Error correction M and four modules of quiet zone: readable from a wall and from paper.
QUIET_ZONE: Final = 4
LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


def join_address() -> str:
    """Return the address people type when they have no camera."""
    return settings.CONFIGURATION.address + reverse("cafe:join")


def code_address(cafe: AlpCafe) -> str:
    """Return the address of the QR code: what stands behind ``#`` stays out of logs.

    It holds a long secret, not the code: who scans passes no gate for typed codes. A closed
    AlpCafé has no way in, and a sealed one no key.
    """
    if cafe.is_closed:
        return f"{join_address()}#{cafe.code}"
    key = ensure_key(settings.HOME, cafe.pk)
    secret = derive_link(key, role="qr", epoch=cafe.link_epoch)
    return f"{join_address()}#{cafe.pk}{MARK}{secret}"


def is_reachable() -> bool:
    """Say whether phones can reach the address; a loopback address is this machine only."""
    return (urlsplit(settings.CONFIGURATION.address).hostname or "") not in LOOPBACK


def qr_picture(cafe: AlpCafe) -> str:
    """Draw the QR code of an AlpCafé as an SVG document without styles in it."""
    return qr_of(code_address(cafe))


def qr_of(address: str) -> SafeString:
    """Draw an address as a QR code."""
    target = io.BytesIO()
    made = segno.make(address, error="m", micro=False)
    made.save(target, kind="svg", border=QUIET_ZONE, omitsize=True, xmldecl=False, light="#fff")
    return mark_safe(target.getvalue().decode())  # noqa: S308 - drawn by us


# --- Mails to those who are invited: in their language, plain, with a calendar file ---------------


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


# --- Mails about requests for answers: to those who decide, then to the person who asked ----------


def tell_deciders(request: DataRequest) -> int:
    """Tell the coordinators that somebody asks, each in their language; return how many.

    Raises
    ------
    OSError
        The server for mail refuses it.
    """
    readers = deciders_of(request.cafe)
    path = reverse("workspace:data_request", args=[request.pk])
    names = {"title": request.cafe.title, "organisation": request.organisation}
    for reader in readers:
        with translation.override(nearest_language(reader.language)):
            text = _(
                "%(organisation)s asks for the answers of %(title)s person by person, for "
                "research. Please grant or refuse it with a reason:"
            )
            subject = _("Request for answers to decide: %(title)s") % names
            parts = [_("Good day,"), text % names, f"{settings.CONFIGURATION.address}{path}"]
            _send(reader.email, subject, parts)
    return len(readers)


def send_decision(request: DataRequest) -> None:
    """Tell the decision in the language of the request.

    Raises
    ------
    OSError
        The server for mail refuses it.
    """
    language = nearest_language(request.language)
    with translation.override(language):
        subject = _("Your request for answers: %(title)s") % {"title": request.cafe.title}
        is_granted = request.state == DataRequest.State.GRANTED
        parts = _granted(request, language) if is_granted else _refused(request)
        _send(request.email, subject, [_("Good day,"), *parts])


def _granted(request: DataRequest, language: str) -> list[str]:
    path = reverse("public:research_data", args=[token_of(request)])
    return [
        _("your request for the answers person by person is granted."),
        _("Reason: %(reason)s") % {"reason": request.reason},
        _("With this personal link you fetch the data until %(day)s, and confirm that you have "
          "deleted them:") % {"day": format_date(request.until, language)},
        f"{settings.CONFIGURATION.address}{path}",
        _("The link is meant for the people you named: please do not pass it on. The terms stand "
          "on its page and in the file."),
    ]  # fmt: skip


def _refused(request: DataRequest) -> list[str]:
    return [
        _("your request for the answers person by person is refused."),
        _("Reason: %(reason)s") % {"reason": request.reason},
        _("The counts of the answers remain open data for everybody."),
    ]


def _send(reader: str, subject: str, parts: Sequence[str]) -> None:
    body = "\n\n".join(parts) + "\n"
    EmailMessage(subject=" ".join(subject.split()), body=body, to=[reader]).send()
