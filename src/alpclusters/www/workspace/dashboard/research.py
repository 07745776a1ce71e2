"""Who waits for the answers of an AlpCafé, for those who decide."""

from collections import Counter
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alpclusters.platform.accounts.models import User
from alpclusters.platform.evaluation.rules import waiting_requests
from alpclusters.www.workspace.dashboard.steps import Step


def research_steps(user: User) -> Iterator[Step]:
    """Return one step for each AlpCafé whose answers somebody asked for."""
    cafes = Counter(request.cafe for request in waiting_requests(user))
    for cafe, n in cafes.items():
        sentence = ngettext(
            "%(n)s request for answers for research waits for your decision: %(title)s.",
            "%(n)s requests for answers for research wait for your decision: %(title)s.",
            n,
        )
        yield Step(
            sentence % {"n": n, "title": cafe.title},
            _("Read and decide"),
            reverse("workspace:data_requests", args=[cafe.pk]),
            cafe.project.acronym,
        )
