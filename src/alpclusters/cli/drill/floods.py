"""Exercises: bodies without end, half or slow, and who reads and votes beside them."""

import asyncio
from collections.abc import Sequence
from typing import Any, Final

from alpclusters.cli.drill.attacks import half_sent, send_giant, send_slowly
from alpclusters.cli.drill.beside import Beside
from alpclusters.cli.drill.findings import Check
from alpclusters.cli.drill.installation import Installation
from alpclusters.platform.languages.catalogues import gettext_noop as _

GIANT_MB: Final = 500
# The server stops at 2 MB; the rest lies in the buffers of the system.
LET_IN_MB: Final = 16
TOO_LARGE: Final = 413
N_SLOW: Final = 200
CUT_WITHIN_S: Final = 40.0
CALM_S: Final = 4.0
BESIDE_S: Final = 10.0
BEGUN_S: Final = 3.0
PAGE_MS: Final = 1_000
VOTE_MS: Final = 300
# On a machine that is slow or busy by itself: this many times what it takes without an attack.
# Without our limits pages are refused, after twenty seconds.
SLOWER: Final = 5


def flood_with_one(installation: Installation) -> Sequence[Check]:
    """Send one body that is far too large."""
    installation.start()
    found = asyncio.run(send_giant(installation.place, GIANT_MB))
    return [
        Check(
            "refused",
            _("Of %(whole)s MB the server let %(sent)s MB in and answered %(status)s"),
            found["status"] == TOO_LARGE and found["sent_mb"] <= LET_IN_MB,
            {"whole": GIANT_MB, "sent": found["sent_mb"], "status": found["status"]},
        )
    ]


def flood_with_hundred(installation: Installation) -> Sequence[Check]:
    """Hold as many bodies open as the site has places, and some more."""
    return _flood_with_halves(installation, 105)


def flood_with_thousand(installation: Installation) -> Sequence[Check]:
    """Hold ten times as many open."""
    return _flood_with_halves(installation, 1_000)


def _flood_with_halves(installation: Installation, n: int) -> Sequence[Check]:
    installation.start()
    return asyncio.run(_beside_halves(installation, n))


async def _beside_halves(installation: Installation, n: int) -> Sequence[Check]:
    beside = await _joined(installation)
    calm = await beside.watch(CALM_S)
    async with half_sent(installation.place, n):
        await asyncio.sleep(BEGUN_S)
        return _beside_checks(calm, await beside.watch(BESIDE_S))


def flood_slowly(installation: Installation) -> Sequence[Check]:
    """Send bodies that would take hours."""
    installation.start()
    return asyncio.run(_beside_slow(installation))


async def _beside_slow(installation: Installation) -> Sequence[Check]:
    beside = await _joined(installation)
    calm = await beside.watch(CALM_S)
    slow, found = await asyncio.gather(
        send_slowly(installation.place, N_SLOW, at_most_s=CUT_WITHIN_S), beside.watch(BESIDE_S)
    )
    return [
        Check(
            "cut",
            _("Requests that the server ended: %(cut)s of %(n)s, the last one after %(seconds)s s"),
            slow["cut"] == slow["n"],
            {"cut": slow["cut"], "n": slow["n"], "seconds": slow["longest_s"]},
        ),
        *_beside_checks(calm, found),
    ]


async def _joined(installation: Installation) -> Beside:
    return await Beside.joined(
        installation.place, installation.hall, installation.children()["live"]
    )


def _beside_checks(calm: dict[str, Any], found: dict[str, Any]) -> list[Check]:
    return [
        _check(
            "answers_beside",
            _(
                "Answers beside it: %(n)s, refused: %(refused)s, 95 of 100 within %(ms)s ms "
                "(%(calm)s ms without the attack)"
            ),
            ("vote", VOTE_MS),
            calm,
            found,
        ),
        _check(
            "pages_beside",
            _(
                "Pages beside it: %(n)s, refused: %(refused)s, 95 of 100 within %(ms)s ms "
                "(%(calm)s ms without the attack)"
            ),
            ("page", PAGE_MS),
            calm,
            found,
        ),
    ]


def _check(
    name: str, says: str, bar: tuple[str, int], calm: dict[str, Any], found: dict[str, Any]
) -> Check:
    kind, most_ms = bar
    n = found[kind]["n"]
    refused = n - found["answers"].get(f"{kind} 200", 0)
    took, usual = found[kind]["p95_ms"], calm[kind]["p95_ms"]
    values = {"n": n, "refused": refused, "ms": round(took), "calm": round(usual)}
    return Check(name, says, refused == 0 and took <= max(most_ms, SLOWER * usual), values)
