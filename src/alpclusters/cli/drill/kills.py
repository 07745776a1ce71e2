"""Exercise: processes are killed while people vote, first each, then all at once."""

import os
import signal
from collections.abc import Sequence

from alpclusters.cli.drill.findings import Check
from alpclusters.cli.drill.hearing import nothing_lost, voters_of
from alpclusters.cli.drill.installation import Installation
from alpclusters.cli.drill.voting import Voting
from alpclusters.platform.languages.catalogues import gettext_noop as _

OK = 200


def kill_in_turn(installation: Installation) -> Sequence[Check]:
    """Kill the live process, the site, then everything; the first two come back by themselves."""
    installation.start()
    with Voting(voters_of(installation)) as voting:
        live = _kill(installation, "live")
        live += voting.wait_for_more()
        before = len(voting.acknowledged)
        site = _kill(installation, "site")
        site += installation.wait(lambda: installation.ask("/de/")[0] == OK, "site")
        meanwhile = len(voting.acknowledged) - before
        voting.wait_for_more()
        installation.kill()
        start = installation.start()
        voting.wait_for_more()
    return [
        nothing_lost(voting, installation),
        Check(
            "live",
            _(
                "Live process killed: it came back by itself, answers were taken after "
                "%(seconds)s s"
            ),
            held=True,
            values={"seconds": round(live, 1)},
        ),
        Check(
            "site",
            _(
                "Site killed: it came back by itself, pages after %(seconds)s s; answers "
                "acknowledged meanwhile: %(meanwhile)s"
            ),
            held=meanwhile > 0,
            values={"seconds": round(site, 1), "meanwhile": meanwhile},
        ),
        Check(
            "all",
            _("Everything killed at once and started again: ready after %(seconds)s s"),
            held=True,
            values={"seconds": round(start, 1)},
        ),
    ]


def _kill(installation: Installation, name: str) -> float:
    """Kill a process and wait for the one that takes its place; return the seconds."""
    before = installation.children()[name]
    os.kill(before, signal.SIGKILL)
    return installation.wait(lambda: installation.children().get(name) not in {None, before}, name)
