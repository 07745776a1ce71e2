"""Why a partner is proposed: one fact for each part that added most, as codes and values.

The words are made where the reader's language is known.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from alpclusters.analysis.matching import Match, common_partners, shared_codes
from alpclusters.platform.network.domain.matching.comparing import Pool, is_section
from alpclusters.platform.network.domain.matching.rows import Asked, Said, Spoken

MOST: Final = 4
MOST_CODES: Final = 4
MOST_PARTNERS: Final = 3
# A text that is nearer than half of the others is no reason.
NEAR_SHARE: Final = 0.5
# A pair of regions that would gain less than a quarter of the best one closes no gap.
GAP_SHARE: Final = 0.25
LONGEST: Final = 140

type Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Known:
    """Everything reasons are taken from."""

    pool: Pool
    asked: Asked
    spoken: Spoken | None
    bridge: Any


def reasons_of(one: Match, known: Known) -> list[Record]:
    """Return at most four reasons, what added most first, and the gap it would close."""
    found: list[Record] = []
    for name in one.reasons:
        found += list(_FACTS[name](one, known))
    # That somebody is well known says little; it stands only where nothing else does.
    said = [reason for reason in found if reason["code"] != "ties"] or found
    return [*said[:MOST], *_gap(one, known)]


def _text(one: Match, known: Known) -> Iterator[Record]:
    value = one.parts["text"].value
    if known.spoken is None or value < NEAR_SHARE:
        return
    theirs = known.spoken.profiles.of(one.place)
    best = _best_pair(known.asked.texts, theirs)
    yield {
        "code": "text",
        "ahead_of": int(100 * value),
        "language": theirs.languages[best[1]] if best else "",
    }


def _needs(one: Match, known: Known) -> Iterator[Record]:
    if known.spoken is None:
        return
    asked, spoken = known.asked, known.spoken
    their_offers, their_needs = spoken.offers.of(one.place), spoken.needs.of(one.place)
    pair = _best_pair(asked.needs.rows, their_offers)
    if pair:
        yield {
            "code": "need_met",
            "need": _short(asked.needs.titles[pair[0]]),
            "offer": _short(their_offers.titles[pair[1]]),
        }
    back = _best_pair(asked.offers.rows, their_needs)
    if back:
        yield {
            "code": "offer_wanted",
            "need": _short(their_needs.titles[back[1]]),
            "offer": _short(asked.offers.titles[back[0]]),
        }


def _shared(one: Match, known: Known) -> Iterator[Record]:
    pool = known.pool
    mine, theirs = pool.held[pool.own], pool.held[one.place]
    codes = shared_codes(mine, theirs, pool.taxonomy)
    held_by_one = [code for code in codes if code in mine or code in theirs]
    # To have a whole section such as manufacturing in common is no reason.
    own = held_by_one or [code for code in codes if not is_section(code)]
    if own:
        yield {"code": "shared", "codes": own[:MOST_CODES]}


def _network(one: Match, known: Known) -> Iterator[Record]:
    pool = known.pool
    nodes = pool.nodes
    places = common_partners(pool.ties, int(nodes[pool.own]), int(nodes[one.place]))
    if not len(places):
        yield {"code": "near"}
        return
    numbers = pool.ties.nodes[places].tolist()
    named = [pk for pk in numbers if pk > 0][:MOST_PARTNERS]
    yield {"code": "partners", "n": len(numbers), "organisations": named}


def _popularity(one: Match, known: Known) -> Iterator[Record]:
    n = int(known.pool.ties.degree[known.pool.nodes[one.place]])
    yield {"code": "ties", "n": n}


def _gap(one: Match, known: Known) -> Iterator[Record]:
    share = float(known.bridge[one.place])
    profiles = known.pool.field.profiles
    mine = profiles[known.pool.ids[known.pool.own]].nuts2
    theirs = profiles[known.pool.ids[one.place]].nuts2
    if share >= GAP_SHARE and mine != theirs:
        yield {"code": "gap", "first": mine, "second": theirs, "share": round(share, 3)}


def _best_pair(rows: Any, others: Said) -> tuple[int, int] | None:
    """Return the places of the nearest pair; None where one side says nothing."""
    if not rows.shape[0] or not others.owner.size:
        return None
    product = rows @ others.rows.T
    table = np.asarray(product.toarray() if hasattr(product, "toarray") else product)
    if table.max() <= 0:
        return None
    first, second = np.unravel_index(int(table.argmax()), table.shape)
    return int(first), int(second)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"


_FACTS: Final = {
    "text": _text,
    "complementarity": _needs,
    "taxonomy": _shared,
    "network": _network,
    "popularity": _popularity,
}
