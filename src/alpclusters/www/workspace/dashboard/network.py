"""What others wait for in the network: links, introductions, postings, meetings."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alpclusters.platform.accounts.models import User
from alpclusters.platform.network.domain.introductions import answering as introductions
from alpclusters.platform.network.domain.links import entering as links
from alpclusters.platform.network.domain.meetings import attending as meetings
from alpclusters.platform.network.domain.postings import moderating as postings
from alpclusters.www.workspace.dashboard.steps import Step

MOST = 5


def network_steps(user: User) -> list[Step]:
    """Return who waits for a word of this person, the oldest first; the rest is on their lists."""
    return [
        *_links(user),
        *_introductions(user),
        *_invitations(user),
        *_wishes(user),
        *_postings(user),
    ]


def _links(user: User) -> Iterator[Step]:
    for link in links.waiting_for(user)[:MOST]:
        yield Step(
            _("Somebody entered a link: %(link)s. Say whether it is right.") % {"link": link},
            _("To the link"),
            reverse("workspace:link", args=[link.pk]),
            "",
            is_urgent=True,
        )


def _introductions(user: User) -> Iterator[Step]:
    for one in introductions.waiting_for(user)[:MOST]:
        yield Step(
            _("%(name)s asks to be introduced.") % {"name": one.asking},
            _("Answer"),
            reverse("workspace:introduction", args=[one.pk]),
            "",
            is_urgent=True,
        )


def _invitations(user: User) -> Iterator[Step]:
    for one in meetings.invitations_waiting_for(user)[:MOST]:
        yield Step(
            _("%(name)s is invited to bilateral meetings: %(title)s.")
            % {"name": one.organisation, "title": one.day},
            _("Answer"),
            reverse("workspace:meeting-day", args=[one.day_id]),
            "",
        )


def _wishes(user: User) -> Iterator[Step]:
    days = {wish.day_id: wish.day for wish in meetings.wishes_waiting_for(user)[:MOST]}
    for pk, day in days.items():
        yield Step(
            _("Organisations want to meet you: %(title)s.") % {"title": day},
            _("Answer"),
            reverse("workspace:meeting-day", args=[pk]),
            "",
        )


def _postings(user: User) -> Iterator[Step]:
    if not user.has_perm("network.moderate_postings"):
        return
    if n := postings.waiting_for_moderation(user).count():
        yield Step(
            ngettext(
                "%(n)s need or offer waits to be read.",
                "%(n)s needs and offers wait to be read.",
                n,
            )
            % {"n": n},
            _("Read them"),
            reverse("workspace:postings-moderation"),
            "",
        )
