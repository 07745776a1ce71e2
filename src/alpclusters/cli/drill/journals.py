"""Exercise: bytes of the journal changed; the way out is that of the page "a bad day"."""

from collections.abc import Sequence
from pathlib import Path

from alpclusters.cli.drill.findings import Check
from alpclusters.cli.drill.hearing import nothing_lost, voters_of
from alpclusters.cli.drill.installation import Installation
from alpclusters.cli.drill.voting import Voting
from alpclusters.cli.drill.waiting import comes_true
from alpclusters.platform.languages.catalogues import gettext_noop as _

FLIPPED = 8
TOLD_WITHIN_S = 20.0
FAILED = 1
OK = 200


def damage_journal(installation: Installation) -> Sequence[Check]:
    """Flip bytes while the server is down; look, save what is whole, go on."""
    installation.start()
    voters = voters_of(installation)
    with Voting(voters) as voting:
        voting.wait_for_more(40)
    nothing_lost(voting, installation)
    installation.stop()
    damaged = _flip_bytes(installation.segments()[0])

    installation.begin()
    installation.wait(lambda: installation.ask("/de/")[0] == OK, "site")
    told = comes_true(lambda: "journal" in installation.readiness(), within_s=TOLD_WITHIN_S)
    taken = sum(voter.rate(99) for voter in voters)
    inspected = installation.run("journal", "inspect")
    installation.stop()

    saved = installation.run("journal", "salvage")
    journal = installation.home / "journal"
    journal.rename(journal.with_name("journal-damaged"))
    journal.with_name("journal-salvaged").rename(journal)
    start = installation.start()
    again = sum(voter.rate(100) for voter in voters)
    return [
        Check(
            "told",
            _("/readyz says “journal”; answers acknowledged on the damaged journal: %(taken)s"),
            told is not None and taken == 0,
            {"told": told is not None, "taken": taken},
        ),
        Check(
            "inspected",
            _("“journal inspect” ends with status %(status)s and names the file"),
            inspected.returncode == FAILED and damaged.name in inspected.stdout,
            {"status": inspected.returncode},
        ),
        Check(
            "salvaged",
            _(
                "Salvaged, put in place, started: ready after %(seconds)s s; phones whose answer "
                "is taken again: %(again)s of %(n)s"
            ),
            saved.returncode == 0 and again == len(voters),
            {"seconds": round(start, 1), "again": again, "n": len(voters)},
        ),
        nothing_lost(voting, installation),
    ]


def _flip_bytes(segment: Path) -> Path:
    content = bytearray(segment.read_bytes())
    place = len(content) // 2
    content[place : place + FLIPPED] = bytes(b ^ 0xFF for b in content[place : place + FLIPPED])
    segment.write_bytes(content)
    return segment
