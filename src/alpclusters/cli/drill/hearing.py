"""Voters of an exercise, and whether all they were promised is stored."""

from alpclusters.cli.drill.audit import compare, read_ratings
from alpclusters.cli.drill.findings import Check
from alpclusters.cli.drill.installation import Installation
from alpclusters.cli.drill.voting import Voter, Voting
from alpclusters.cli.drill.waiting import comes_true
from alpclusters.platform.languages.catalogues import gettext_noop as _

N_VOTERS = 4
# What is acknowledged lies in the journal; the database has it within moments.
STORED_WITHIN_S = 30.0


def voters_of(installation: Installation) -> list[Voter]:
    """Let some people join."""
    return [Voter(installation.place, installation.hall) for _ in range(N_VOTERS)]


def nothing_lost(voting: Voting, installation: Installation) -> Check:
    """Compare what was acknowledged with the database of the server that runs."""
    acknowledged = dict(voting.acknowledged)

    def found() -> dict[str, int]:
        return compare(acknowledged, read_ratings(installation.home, ""))

    comes_true(lambda: found()["lost"] == 0, within_s=STORED_WITHIN_S)
    return votes_check(len(acknowledged), found())


def votes_check(n: int, found: dict[str, int], name: str = "votes") -> Check:
    """Say how many of the acknowledged answers are absent or there twice."""
    return Check(
        name,
        _("Answers acknowledged: %(acknowledged)s, lost: %(lost)s, stored twice: %(doubled)s"),
        n > 0 and found["lost"] == found["doubled"] == 0,
        {"acknowledged": n, "lost": found["lost"], "doubled": found["doubled"]},
    )
