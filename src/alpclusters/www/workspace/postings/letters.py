"""Mails about needs and offers, each in the language of its reader.

The text of a posting stands in the language it was written in, and says which.
"""

from collections.abc import Sequence
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.rules import deciders_of
from alpclusters.platform.languages.codes import LANGUAGES, nearest_language
from alpclusters.platform.network.domain.postings.following import (
    DIGEST,
    FOLLOWING,
    DueDigest,
    DueNews,
    Happened,
    News,
    leaving_token,
)
from alpclusters.platform.network.domain.postings.writing import DueExpiry, link_token
from alpclusters.platform.network.models import Posting
from alpclusters.platform.network.rules import speakers_of
from alpclusters.reports.dates import format_date
from alpclusters.www.public.postings.posting_list import body_view, kind_name, posting_url

MOST_LISTED: Final = 30
MOST_LETTERS: Final = 300


def tell_handed_in(posting: Posting) -> int:
    """Tell the coordinators of the region that something waits; return how many there are."""
    readers = deciders_of(posting.organisation)
    for reader in readers:
        with translation.override(nearest_language(reader.language)):
            names = {"name": posting.organisation, "title": posting.title}
            subject = _("To be read before it is published: %(title)s") % names
            text = (
                _("%(name)s has handed in a need or an offer, or another wording of one.") % names
            )
            where = _address("workspace:posting-moderate", posting.pk)
            send_letter(reader, subject, [text, _told(posting), where])
    return len(readers)


def tell_decision(posting: Posting, *, reason: str, is_published: bool) -> int:
    """Tell those who speak for the organisation what was decided; return how many there are."""
    readers = list(speakers_of(posting.organisation))
    for reader in readers:
        with translation.override(nearest_language(reader.language)):
            names = {"title": posting.title}
            subject = (_("Published: %(title)s") if is_published else _("Sent back: %(title)s")) % (
                names
            )
            text = (
                _("It is open to all readers now.")
                if is_published
                else _("The moderation asks you to change it:")
            )
            where = _address("workspace:posting", posting.pk)
            send_letter(reader, subject, [text, reason, _told(posting), where])
    return len(readers)


def remind_of_expiry(due: DueExpiry) -> None:
    """Ask whether a posting shall stay open."""
    posting = due.posting
    with translation.override(nearest_language(due.user.language)):
        names = {"title": posting.title, "day": _day(posting)}
        parts = [
            _("Good day %(name)s,") % {"name": due.user},
            _("“%(title)s” is open until %(day)s.") % names,
            _("Extend or close it on this page; you need not sign in:"),
            _address("workspace:posting-keep", link_token(due)),
            _("If you do nothing, it leaves the list after that day."),
            _("The link is yours: please do not pass it on. It works for 60 days."),
        ]
        send_letter(due.user, _("Open until %(day)s: %(title)s") % names, parts)


def send_digest(due: DueDigest) -> None:
    """Send what is new to one reader."""
    user, n = due.digest.user, len(due.postings)
    with translation.override(nearest_language(user.language)):
        subject = ngettext("%(n)s new need or offer", "%(n)s new needs and offers", n) % {"n": n}
        listed = [_entry(one) for one in due.postings[:MOST_LISTED]]
        if n > MOST_LISTED:
            listed.append(f"… (+{n - MOST_LISTED})\n{_address('public:postings')}")
        leave = _address("workspace:digest-stop", leaving_token(user, DIGEST))
        parts = [
            _("Good day %(name)s,") % {"name": user},
            ngettext(
                "this is new in the network since the last mail:",
                "these are new in the network since the last mail:",
                n,
            ),
            *listed,
            _("Change what you get: %(url)s") % {"url": _address("workspace:digest")},
            _("No more of these mails, without signing in: %(url)s") % {"url": leave},
        ]
        send_letter(user, subject, parts, leave=leave)


def send_news(due: DueNews) -> None:
    """Tell a follower what happened to the postings that are followed, all in one mail."""
    user, n = due.user, len(due.happened)
    with translation.override(nearest_language(user.language)):
        subject = ngettext(
            "News of %(n)s need or offer you follow", "News of %(n)s needs and offers you follow", n
        )
        leave = _address("workspace:digest-stop", leaving_token(user, FOLLOWING))
        parts = [
            _("Good day %(name)s,") % {"name": user},
            *(_news(one) for one in due.happened[:MOST_LISTED]),
            _("What you follow: %(url)s") % {"url": _address("workspace:postings-followed")},
            _("Follow none of them any more, without signing in: %(url)s") % {"url": leave},
        ]
        send_letter(user, subject % {"n": n}, parts, leave=leave)


def _news(one: Happened) -> str:
    posting = one.posting
    names = {"title": posting.title, "day": _day(posting)}
    if one.news is News.CLOSED:
        return _("“%(title)s” is not open any more.") % names
    told = {
        News.CHANGED: _("“%(title)s” was changed. It is open until %(day)s."),
        News.EXPIRES: _("“%(title)s” expires soon: it is open until %(day)s."),
    }[one.news]
    return f"{told % names}\n{_page(posting)}"


def _entry(posting: Posting) -> str:
    """Write a posting in a few lines: kind, title and beginning as written, who, until when."""
    until = _("open until %(day)s") % {"day": _day(posting)}
    lines = [f"{_marks(posting)} {posting.title}", _begin(posting.text)]
    return "\n".join([*lines, f"{_whose(posting)}, {until}", _page(posting)])


def _told(posting: Posting) -> str:
    return f"{_marks(posting)} {posting.title}\n{_whose(posting)}"


def _marks(posting: Posting) -> str:
    """Say what it is, in which language it is written, and whether it is invented."""
    marks = [kind_name(posting), str(dict(LANGUAGES)[posting.language])]
    if posting.is_simulated:
        marks.append(_("simulated"))
    return f"[{', '.join(marks)}]"


def _whose(posting: Posting) -> str:
    body = body_view(posting.organisation)
    return ", ".join(filter(None, (body.name, body.place)))


def _begin(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= MOST_LETTERS else f"{flat[:MOST_LETTERS].rsplit(' ', 1)[0]} …"


def _day(posting: Posting) -> str:
    return format_date(posting.expires_on, nearest_language(translation.get_language()))


def _page(posting: Posting) -> str:
    return f"{settings.CONFIGURATION.address}{posting_url(posting)}"


def _address(name: str, *args: object) -> str:
    return f"{settings.CONFIGURATION.address}{reverse(name, args=args)}"


def send_letter(reader: User, subject: str, parts: Sequence[str], *, leave: str = "") -> None:
    """Send a mail of some paragraphs; ``leave`` is the address that ends such mails."""
    body = "\n\n".join(part.strip() for part in parts if part.strip()) + "\n"
    # RFC 8058: programs for mail show a button that leaves by one POST.
    headers = (
        {"List-Unsubscribe": f"<{leave}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
        if leave
        else {}
    )
    mail = EmailMessage(
        subject=" ".join(subject.split()), body=body, to=[reader.email], headers=headers
    )
    mail.send()
