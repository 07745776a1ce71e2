"""Which pairs of organisations are worth comparing: those that share a rare word or a number.

Comparing each with each of 100,000 would be 5,000 million pairs. Names are put in blocks by their
rarest words; a block that grew too large says too little and is dropped.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from rapidfuzz import fuzz, process

from alpclusters.platform.actors.domain.likeness import LEAST_SORTED, STRONG_SCHEMES, Body

RAREST: Final = 3
SHORTEST: Final = 3  # letters of a word that opens a block
PREFIX: Final = 5
LARGEST: Final = 200

type Progress = Callable[[int, int], None]
type Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Entry:
    """One name of one body, by their places in the list."""

    body: int
    text: str


def candidate_pairs(
    bodies: Sequence[Body],
    *,
    among: Collection[int] | None = None,
    progress: Progress | None = None,
) -> list[Pair]:
    """Return the pairs worth comparing, as places in the list, the smaller first.

    Parameters
    ----------
    bodies : sequence of Body
        All organisations.
    among : collection of int, optional
        Numbers of organisations; only pairs with one of them are returned.
    progress : callable, optional
        Called with the blocks done and their number.
    """
    wanted = None if among is None else _places_of(bodies, set(among))
    pairs = set(_numbered(bodies, wanted))
    blocks = list(_blocks(bodies, wanted))
    for done, block in enumerate(blocks, start=1):
        pairs.update(_alike(block, bodies, wanted))
        if progress and (done % 1000 == 0 or done == len(blocks)):
            progress(done, len(blocks))
    return sorted(pairs)


def _places_of(bodies: Sequence[Body], pks: set[int]) -> set[int]:
    return {place for place, body in enumerate(bodies) if body.pk in pks}


def _numbered(bodies: Sequence[Body], wanted: set[int] | None) -> Iterator[Pair]:
    """Pairs with an equal number or website, whatever their names and countries."""
    holders: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for place, body in enumerate(bodies):
        for key in body.identifiers:
            if key[0] in STRONG_SCHEMES:
                holders[key].append(place)
        if body.host:
            holders["website", "", body.host].append(place)
    for places in holders.values():
        yield from _chosen(((a, b) for a in places for b in places if a < b), bodies, wanted)


def _blocks(bodies: Sequence[Body], wanted: set[int] | None) -> Iterator[list[Entry]]:
    for block in _by_key(bodies).values():
        touches = wanted is None or any(entry.body in wanted for entry in block)
        if touches and 1 < len(block) <= LARGEST:
            yield block


def _by_key(bodies: Sequence[Body]) -> dict[tuple[str, str], list[Entry]]:
    """Put names in blocks by country and key; who has no country stands in those of all."""
    found: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    nowhere: dict[str, list[Entry]] = defaultdict(list)
    for key, entry in _keyed(bodies):
        country = bodies[entry.body].country
        if country:
            found[country, key].append(entry)
        else:
            nowhere[key].append(entry)
    for (_country, key), block in found.items():
        block.extend(nowhere.get(key, ()))
    return found | {("", key): block for key, block in nowhere.items()}


def _keyed(bodies: Sequence[Body]) -> Iterator[tuple[str, Entry]]:
    often = Counter(token for body in bodies for name in body.normal for token in set(name.tokens))
    for place, body in enumerate(bodies):
        for name in body.normal:
            entry = Entry(place, name.text)
            for key in {name.text, *_word_keys(name.tokens, often)}:
                yield key, entry
            if body.postcode and name.tokens:
                yield f"{body.postcode} {name.tokens[0]}", entry


def _word_keys(tokens: Sequence[str], often: Counter[str]) -> Iterable[str]:
    """Return the rarest words; how they begin, so that a slip at the end does no harm; and pairs.

    Two words together open a small block where each alone is in too many names.
    """
    words = sorted({t for t in tokens if len(t) >= SHORTEST}, key=lambda t: (often[t], t))[:RAREST]
    beginnings = (f"{w[:PREFIX]}-" for w in words if len(w) > PREFIX)
    together = (f"{a} {b}" for a, b in combinations(sorted(words), 2))
    return [*words, *beginnings, *together]


def _alike(block: list[Entry], bodies: Sequence[Body], wanted: set[int] | None) -> Iterator[Pair]:
    texts = [entry.text for entry in block]
    scores = process.cdist(texts, texts, scorer=fuzz.ratio, score_cutoff=LEAST_SORTED)
    rows, columns = scores.nonzero()
    near = zip(rows.tolist(), columns.tolist(), strict=True)
    yield from _chosen(((block[a].body, block[b].body) for a, b in near if a < b), bodies, wanted)


def _chosen(
    pairs: Iterable[Pair], bodies: Sequence[Body], wanted: set[int] | None
) -> Iterator[Pair]:
    for a, b in pairs:
        is_asked = wanted is None or a in wanted or b in wanted
        # Invented bodies are never real ones.
        if a != b and is_asked and bodies[a].is_simulated == bodies[b].is_simulated:
            yield min(a, b), max(a, b)
