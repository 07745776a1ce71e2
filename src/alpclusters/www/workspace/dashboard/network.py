"""What others wait for in the network: links to confirm, introductions to answer."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from alpclusters.platform.accounts.models import User
from alpclusters.platform.network.domain.introductions import waiting as introductions
from alpclusters.platform.network.domain.links import waiting as links
from alpclusters.www.workspace.dashboard.steps import Step

MOST = 5


def network_steps(user: User) -> list[Step]:
    """Return who waits for a word of this person, the oldest first; the rest is on their lists."""
    return [*_links(user), *_introductions(user)]


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
