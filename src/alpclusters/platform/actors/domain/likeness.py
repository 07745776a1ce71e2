"""How alike two organisations are, why, and what speaks against their being one."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final, Literal

from rapidfuzz import fuzz, process

from alpclusters.platform.actors.domain.names import NormalName, normalise, word_set

SORT_WEIGHT: Final = 0.6
SET_WEIGHT: Final = 0.4
SAME_POSTCODE: Final = 3.0
OTHER_TOWN: Final = 5.0
# From here on a pair is shown to a person; docs/methods/duplicates.md says how it was chosen.
THRESHOLD: Final = 85.0
# From here on a name that only adds a unit or a place to the other is shown, as perhaps a unit.
UNIT_THRESHOLD: Final = 80.0
# Two spellings of one word are at least so alike.
SAME_WORD: Final = 70.0
# What a pair must reach in sorted words to come to either threshold at all, whatever is added.
LEAST_SORTED: Final = (UNIT_THRESHOLD - SAME_POSTCODE - 100 * SET_WEIGHT) / SORT_WEIGHT
BEST: Final = 100.0
STRONG_SCHEMES: Final = frozenset({"pic", "vat", "national", "ror", "isni", "gln", "eccp"})
# What speaks against two bodies' being one even where they share a website.
_EVEN_SO: Final[frozenset["Veto"]] = frozenset({"unit", "register"})
# Two numbers of one register are two bodies; a body may well have two PICs.
DECISIVE_SCHEMES: Final = frozenset({"vat", "national"})

type Veto = Literal["unit", "word", "number", "place", "head", "acronym", "register"]
type Reason = dict[str, str | float]
type Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Body:
    """What is compared of an organisation: its names, where it is, its numbers."""

    pk: int
    names: tuple[str, ...]
    country: str = ""
    postcode: str = ""
    town: str = ""
    host: str = ""
    identifiers: frozenset[Key] = frozenset()
    is_simulated: bool = False
    normal: tuple[NormalName, ...] = field(init=False)

    def __post_init__(self) -> None:
        normal = tuple(normalise(name, self.country) for name in self.names)
        object.__setattr__(self, "normal", normal)


@dataclass(frozen=True, slots=True)
class Likeness:
    """A score between 0 and 100 with what speaks for and against."""

    score: float
    reasons: tuple[Reason, ...]
    vetoes: frozenset[Veto]

    @property
    def is_likely(self) -> bool:
        """Say whether a person should look at the pair."""
        return self.score >= THRESHOLD and not self.vetoes

    @property
    def may_be_unit(self) -> bool:
        """Say whether a person should look if one is a unit of the other."""
        return self.score >= UNIT_THRESHOLD and self.vetoes == {"unit"}


def compare_bodies(first: Body, second: Body) -> Likeness:
    """Compare two organisations: numbers decide, then a website of their own, then names.

    Notes
    -----
    Of all names the two that fit best stand for the pair. Their score is 0.6 times the ratio of the
    sorted words and 0.4 times the ratio of the sets of words, 3 more for the same postcode, 5 less
    for another town, at most 100. The ratio of sets alone would give 100 to every part of a name.
    """
    shared = sorted(k for k in first.identifiers & second.identifiers if k[0] in STRONG_SCHEMES)
    if shared:
        found: tuple[Reason, ...] = tuple(
            {"code": "identifier", "scheme": scheme, "value": value} for scheme, _i, value in shared
        )
        return Likeness(BEST, found, frozenset())
    best = _best_names(first, second)
    vetoes = best.vetoes | _register(first, second)
    if first.host and first.host == second.host:
        # A website of their own decides as a number does; parent and unit often share one.
        return _likeness(BEST, best.reasons, vetoes & _EVEN_SO)
    return _likeness(best.score, best.reasons, vetoes)


def _likeness(score: float, reasons: tuple[Reason, ...], vetoes: frozenset[Veto]) -> Likeness:
    """Say it among the reasons where all that speaks against is that one may be a unit."""
    also: tuple[Reason, ...] = ({"code": "unit"},) if vetoes == {"unit"} else ()
    return Likeness(score, reasons + also, vetoes)


def _best_names(first: Body, second: Body) -> Likeness:
    pairs = [(a, b) for a in range(len(first.names)) for b in range(len(second.names))]
    return max((_compare_names(first, second, at) for at in pairs), key=_rank)


def name_score(first: NormalName, second: NormalName) -> float:
    """Score two normalised names between 0 and 100."""
    ordered = fuzz.ratio(first.text, second.text)
    sets = fuzz.token_set_ratio(first.text, second.text)
    return SORT_WEIGHT * ordered + SET_WEIGHT * sets


def vetoes_between(first: NormalName, second: NormalName) -> frozenset[Veto]:
    """Return what in two names says that they name two bodies, however alike they look."""
    left = frozenset(first.tokens) - frozenset(second.tokens)
    right = frozenset(second.tokens) - frozenset(first.tokens)
    both = left | right
    found: set[Veto] = set()
    if both & word_set("unit") or _is_part(first, second) or _is_part(second, first):
        found.add("unit")
    if both & word_set("apart") or _are_other_words(left, right):
        found.add("word")
    if any(c.isdigit() for token in both for c in token):
        found.add("number")
    if left & word_set("place") and right & word_set("place"):
        found.add("place")
    if left & _heads() and right & _heads():
        found.add("head")
    if left & first.acronyms and right & second.acronyms:
        found.add("acronym")
    return frozenset(found)


def _are_other_words(left: frozenset[str], right: frozenset[str]) -> bool:
    """Say whether one word stands where the other name has quite another, not a slip of it."""
    if len(left) != 1 or len(right) != 1:
        return False
    return fuzz.ratio(*left, *right) < SAME_WORD


def _heads() -> frozenset[str]:
    return word_set("head")


def _is_part(whole: NormalName, part: NormalName) -> bool:
    """Say whether a name adds a place or an acronym of its own, or more to a single word."""
    base, extra = frozenset(whole.tokens), frozenset(part.tokens) - frozenset(whole.tokens)
    if not extra or not base < frozenset(part.tokens):
        return False
    named = extra & part.acronyms
    if named:
        initials = "".join(token[0] for token in part.tokens if token not in named)
        return any(acronym != initials for acronym in named)
    if extra & word_set("place") or base <= word_set("place"):
        return True
    return len(base) == 1 and not extra <= word_set("generic")


def _compare_names(first: Body, second: Body, at: tuple[int, int]) -> Likeness:
    a, b = first.normal[at[0]], second.normal[at[1]]
    score = name_score(a, b)
    reasons: list[Reason] = [
        {
            "code": "name",
            "score": round(score, 1),
            "first": first.names[at[0]],
            "second": second.names[at[1]],
        }
    ]
    for code, points in _circumstances(first, second).items():
        score += points
        reasons.append({"code": code})
    return Likeness(round(min(score, BEST), 1), tuple(reasons), vetoes_between(a, b))


def _circumstances(first: Body, second: Body) -> Mapping[str, float]:
    found: dict[str, float] = {}
    if first.postcode and first.postcode == second.postcode and first.country == second.country:
        found["postcode"] = SAME_POSTCODE
    if first.host and first.host == second.host:
        found["website"] = 0.0
    if first.town and second.town and normalise(first.town).text != normalise(second.town).text:
        found["town"] = -OTHER_TOWN
    return found


def _rank(likeness: Likeness) -> tuple[bool, float]:
    return not likeness.vetoes, likeness.score


def _register(first: Body, second: Body) -> frozenset[Veto]:
    """Two different numbers of the same register name two bodies."""
    left, right = _numbers(first.identifiers), _numbers(second.identifiers)
    clash = any(not left[key] & right[key] for key in left.keys() & right.keys())
    return frozenset({"register"}) if clash else frozenset()


def _numbers(identifiers: Iterable[Key]) -> dict[tuple[str, str], set[str]]:
    found: dict[tuple[str, str], set[str]] = {}
    for scheme, issuer, value in identifiers:
        if scheme in DECISIVE_SCHEMES:
            found.setdefault((scheme, issuer), set()).add(value)
    return found


# --- Which pairs of organisations are worth comparing: those that share a rare word or a number
#
# Comparing each with each of 100,000 would be 5,000 million pairs. Names are put in blocks by
# their rarest words; a block that grew too large says too little and is dropped.


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
