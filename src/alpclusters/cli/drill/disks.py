"""Exercise: the disk is full while people vote, and has room again."""

from collections.abc import Sequence

from alpclusters.cli.drill.findings import Check
from alpclusters.cli.drill.hearing import nothing_lost, voters_of
from alpclusters.cli.drill.installation import Installation
from alpclusters.cli.drill.voting import Voting
from alpclusters.cli.drill.waiting import comes_true
from alpclusters.platform.languages.catalogues import gettext_noop as _

TOLD_WITHIN_S = 20.0
TAKEN_WITHIN_S = 90.0
OK = 200


def fill_disk(installation: Installation) -> Sequence[Check]:
    """Leave the live process no room to write, and give it back."""
    installation.start()
    with Voting(voters_of(installation)) as voting:
        voting.wait_for_more()
        with installation.full_disk():
            told = comes_true(lambda: "disk" in installation.readiness(), within_s=TOLD_WITHIN_S)
            page, _content = installation.ask("/de/")
            comes_true(lambda: voting.n_refused > 0, within_s=TOLD_WITHIN_S)
            refused = voting.n_refused
        last = len(voting.acknowledged)
        taken = comes_true(lambda: len(voting.acknowledged) > last, within_s=TAKEN_WITHIN_S)
        ready = comes_true(lambda: installation.readiness() == [], within_s=TAKEN_WITHIN_S)
    return [
        Check(
            "told",
            _("/readyz says “disk” after %(seconds)s s; a page is still answered: %(page)s"),
            told is not None and page == OK,
            {"seconds": told, "page": page},
        ),
        Check(
            "refused",
            _("Answers refused and not acknowledged meanwhile: %(refused)s"),
            refused > 0,
            {"refused": refused},
        ),
        Check(
            "again",
            _(
                "With room again, without a new start: answers taken after %(seconds)s s, ready "
                "after %(ready)s s"
            ),
            taken is not None and ready is not None,
            {"seconds": taken, "ready": ready},
        ),
        nothing_lost(voting, installation),
    ]
