"""What waits in the catalogue of funding for those who keep it."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alpclusters.platform.accounts.models import User
from alpclusters.platform.funding.domain.entries import waiting_proposals
from alpclusters.www.workspace.dashboard.steps import Step


def funding_steps(user: User) -> Iterator[Step]:
    """Return the proposals that wait for a decision."""
    if not user.has_perm("funding.keep_catalogue"):
        return
    if n := waiting_proposals().count():
        yield Step(
            ngettext(
                "%(n)s change of the catalogue of funding waits for a decision.",
                "%(n)s changes of the catalogue of funding wait for a decision.",
                n,
            )
            % {"n": n},
            _("Read and decide"),
            reverse("workspace:funding_entries"),
            "",
        )
