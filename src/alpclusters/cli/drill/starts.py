"""Exercise: somebody starts the program a second time on the same data directory."""

from collections.abc import Sequence

from alpclusters.cli.drill.findings import Check
from alpclusters.cli.drill.hearing import nothing_lost, voters_of
from alpclusters.cli.drill.installation import Installation
from alpclusters.cli.drill.voting import Voting
from alpclusters.cli.drill.wire import Place
from alpclusters.platform.languages.catalogues import gettext_noop as _

FAILED = 1
OK = 200


def start_twice(installation: Installation) -> Sequence[Check]:
    """Start again on the same port and on another one, while people vote."""
    installation.start()
    before, own = installation.children(), installation.place.port
    with Voting(voters_of(installation)) as voting:
        ports = (own, Place.free(installation.place.host).port)
        named = [_is_refused(installation, port) for port in ports]
        voting.wait_for_more()
    pages = [installation.ask(path)[0] for path in ("/de/", "/readyz")]
    return [
        Check(
            "refused",
            _(
                "Second starts tried: %(n)s, refused with the process and the port of the first: "
                "%(named)s"
            ),
            all(named),
            {"n": len(named), "named": sum(named)},
        ),
        Check(
            "unharmed",
            _("Meanwhile answers refused: %(refused)s, unanswered: %(unanswered)s"),
            voting.n_refused == voting.n_unanswered == 0,
            {"refused": voting.n_refused, "unanswered": voting.n_unanswered},
        ),
        Check(
            "serving",
            _(
                "The first one goes on with the same processes; page and /readyz: %(page)s, "
                "%(ready)s"
            ),
            installation.children() == before and pages == [OK, OK],
            {"page": pages[0], "ready": pages[1]},
        ),
        nothing_lost(voting, installation),
    ]


def _is_refused(installation: Installation, port: int) -> bool:
    done = installation.run("serve", "--no-demonstration", "--port", str(port))
    server = installation.server
    holder = [str(server.pid) if server else "", str(installation.place.port)]
    return done.returncode == FAILED and all(word in done.stderr for word in holder)
