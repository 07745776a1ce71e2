"""Mails about links, each in the language of its reader."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alpclusters.platform.accounts.models import User
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.network.domain.links.reports import Due, confirming_side, other_side
from alpclusters.platform.network.models import Link
from alpclusters.platform.network.rules import speakers_of

MOST_LISTED = 30


def ask_other_side(link: Link) -> int:
    """Ask those who speak for the other side to confirm a link; return how many there are."""
    side = confirming_side(link)
    if side is None:
        return 0
    readers = list(speakers_of(side))
    for reader in readers:
        with translation.override(nearest_language(reader.language)):
            names = {"own": side, "other": other_side(link, side)}
            subject = _("Is this link right? %(other)s") % names
            text = _(
                "%(other)s says that it has a link with %(own)s. It is counted once you confirm it."
            )
            where = _address("workspace:link", link.pk)
            _send(reader, subject, [text % names, _told(link), where])
    return len(readers)


def tell_decision(link: Link) -> int:
    """Tell those who speak for the side that entered a link what the other side decided."""
    own = link.entered_for
    if own is None:
        return 0
    readers = list(speakers_of(own))
    for reader in readers:
        with translation.override(nearest_language(reader.language)):
            names = {"other": other_side(link, own)}
            is_confirmed = link.standing == Link.Standing.CONFIRMED
            subject = (
                _("Link confirmed: %(other)s") if is_confirmed else _("Link refused: %(other)s")
            ) % names
            text = (
                _("The other side confirmed the link. It is counted from now on.")
                if is_confirmed
                else _("The other side says that this link is not so.")
            )
            note = "" if is_confirmed else link.note
            _send(reader, subject, [text, _told(link), note, _address("workspace:link", link.pk)])
    return len(readers)


def ask_if_alive(due: Due, token: str) -> None:
    """Ask once a year whether links are still alive, all of one person in one mail."""
    with translation.override(nearest_language(due.user.language)):
        n = len(due.links)
        subject = ngettext("Is this link still alive?", "Are these %(n)s links still alive?", n) % {
            "n": n
        }
        listed = [f"- {one.organisation} – {one.other}" for one in due.links[:MOST_LISTED]]
        if n > MOST_LISTED:
            listed.append(f"- … (+{n - MOST_LISTED})")
        parts = [
            _("Good day %(name)s,") % {"name": due.user},
            _("once a year we ask both sides of a link whether it is still alive:"),
            "\n".join(listed),
            _("Answer here with one click each, without signing in:"),
            _address("workspace:link-alive", token),
            _("What you say shows what lasts after the funding. Not answering says nothing."),
            _("The link is yours: please do not pass it on. It works for 60 days."),
        ]
        _send(due.user, subject, parts)


def _told(link: Link) -> str:
    """Say in a line what kind of link it is, about what, and since when."""
    since = link.started_on.isoformat() if link.started_on else ""
    funding = link.initiative.acronym if link.initiative else link.funding
    parts = (link.get_type_display(), link.topic, funding, since)
    return " · ".join(str(part) for part in parts if part)


def _address(name: str, *args: object) -> str:
    return f"{settings.CONFIGURATION.address}{reverse(name, args=args)}"


def _send(reader: User, subject: str, parts: Sequence[str]) -> None:
    body = "\n\n".join(part.strip() for part in parts if part.strip()) + "\n"
    EmailMessage(subject=" ".join(subject.split()), body=body, to=[reader.email]).send()
