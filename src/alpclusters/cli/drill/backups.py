"""Exercise: backups while people vote; then the machine is lost, then only the database."""

from collections.abc import Sequence

from alpclusters.cli.drill.audit import compare, read_ratings
from alpclusters.cli.drill.findings import Check
from alpclusters.cli.drill.hearing import nothing_lost, voters_of, votes_check
from alpclusters.cli.drill.installation import Installation
from alpclusters.cli.drill.voting import Voting
from alpclusters.platform.languages.catalogues import gettext_noop as _

N_BACKUPS = 2
DATABASE = "alpclusters.sqlite3"


def back_up_and_restore(installation: Installation) -> Sequence[Check]:
    """Restore the newest one into an empty folder, and over a home that lost its database."""
    installation.start()
    voters = voters_of(installation)
    archives = [installation.folder / f"{number}.zip" for number in range(N_BACKUPS)]
    before: list[dict[str, list[object]]] = []
    with Voting(voters) as voting:
        written = []
        for archive in archives:
            before.append(dict(voting.acknowledged))
            written.append(installation.run("backup", archive).returncode)
        voting.wait_for_more()
    installation.kill()
    written += [installation.run("backup", "--verify", one).returncode for one in archives]

    elsewhere = installation.folder / "elsewhere"
    moved = installation.run("restore", archives[-1], "--into", elsewhere, home=elsewhere)
    early = before[-1]
    found = compare(early, read_ratings(elsewhere, "")) if moved.returncode == 0 else None
    restored = _restore_in_place(installation, archives[-1])
    checks = [
        Check(
            "written",
            _("Backups made during votes: %(n)s, that could not be made or verified: %(bad)s"),
            not any(written),
            {"n": N_BACKUPS, "bad": sum(status != 0 for status in written)},
        ),
        Check(
            "elsewhere",
            _(
                "Restored into an empty folder; of the answers acknowledged before the backup "
                "(%(n)s) lost: %(lost)s"
            ),
            found is not None and found["lost"] == 0 and len(early) > 0,
            {"n": len(early), "lost": len(early) if found is None else found["lost"]},
        ),
    ]
    if restored != 0:
        lost = {"lost": len(voting.acknowledged), "doubled": 0}
        return [*checks, votes_check(len(voting.acknowledged), lost)]
    installation.start()
    known = sum(voter.is_known(installation.place) and voter.rate(99) for voter in voters)
    return [
        *checks,
        Check(
            "known",
            _(
                "Database lost, backup restored beside the journal; phones that are known and "
                "vote on: %(known)s of %(n)s"
            ),
            known == len(voters),
            {"known": known, "n": len(voters)},
        ),
        nothing_lost(voting, installation),
    ]


def _restore_in_place(installation: Installation, archive: object) -> int:
    for suffix in ("", "-wal", "-shm"):
        path = installation.home / f"{DATABASE}{suffix}"
        if path.exists():
            path.rename(path.with_name(f"lost.{path.name}"))
    return installation.run("restore", str(archive)).returncode
