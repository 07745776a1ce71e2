"""How alike two organisations are, why, and what speaks against their being one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from rapidfuzz import fuzz

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
