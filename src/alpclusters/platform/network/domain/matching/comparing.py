"""The five parts of a score, and what a tie would do for the two regions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.matching import (
    BridgeGains,
    Match,
    Part,
    Stated,
    Taxonomy,
    bridge_gains,
    common_partners,
    complementarity,
    popularity,
    proximity,
    proximity_part,
    read_taxonomy,
    shared_codes,
    taxonomy_overlap,
    text_similarity,
)
from alpclusters.analysis.network import UNKNOWN, Ties
from alpclusters.platform.network.domain.matching.profiles import (
    Field,
    Question,
    ancestors,
    posting_id,
    profile_id,
)
from alpclusters.platform.network.domain.vectors.encoding import Choice
from alpclusters.platform.network.domain.vectors.model import (
    Encoder,
    Kind,
    Letters,
    Rows,
    Text,
    stamp_of,
)
from alpclusters.platform.network.domain.vectors.store import StoredVectors, place_text
from alpclusters.platform.network.models import Posting

# --- Rows of vectors for one search: what is asked, what the candidates say, and whose it is ------


IntArray = NDArray[np.int64]
NEED: Final = Posting.Kind.NEED.value
OFFER: Final = Posting.Kind.OFFER.value


@dataclass(frozen=True, slots=True)
class Said:
    """Texts of one kind with their owners.

    Attributes
    ----------
    rows : array or csr_array of shape (k, dim)
    owner : ndarray of shape (k,), int64
        Place of the organisation among the profiles.
    titles : tuple of str
        Title of the posting; "" where the profile says it.
    languages : tuple of str
    """

    rows: Rows
    owner: IntArray
    titles: tuple[str, ...]
    languages: tuple[str, ...]

    @property
    def stated(self) -> Stated:
        """As the analysis reads it."""
        return Stated(self.rows, self.owner)

    def of(self, place: int) -> "Said":
        """Return what one organisation says."""
        kept = np.flatnonzero(self.owner == place)
        return Said(
            self.rows[kept],
            self.owner[kept],
            tuple(self.titles[i] for i in kept.tolist()),
            tuple(self.languages[i] for i in kept.tolist()),
        )


@dataclass(frozen=True, slots=True)
class Spoken:
    """The texts of all profiles: as such, their needs and their offers."""

    profiles: Said
    needs: Said
    offers: Said


@dataclass(frozen=True, slots=True)
class Asked:
    """What the one who searches says.

    Attributes
    ----------
    texts : array or csr_array
        What is compared with profiles.
    needs, offers : Said
        Of the one who searches; the words of the question are its need or offer.
    """

    texts: Rows
    needs: Said
    offers: Said


def said(vectors: StoredVectors, field: Field, kind: Kind, ids: Sequence[int]) -> Said:
    """Return the texts of a kind that belong to the profiles of a field."""
    place = {profile_id(pk): at for at, pk in enumerate(ids)}
    at = {pk: one for one, pk in enumerate(ids)}
    posted = {posting_id(one.pk): one for one in field.postings if one.organisation in at}
    part = vectors.slice_of(kind)
    names = vectors.ids[part].tolist()
    kept = [i for i, name in enumerate(names) if name in place or name in posted]
    owner = [_owner(names[i], place, posted, at) for i in kept]
    titles = [posted[names[i]].title if names[i] in posted else "" for i in kept]
    languages = vectors.languages[part].tolist()
    rows = vectors.rows[part][np.array(kept, np.int64)]
    return Said(rows, np.array(owner, np.int64), tuple(titles), tuple(languages[i] for i in kept))


def _owner(name: str, place: dict[str, int], posted: dict[str, Any], at: dict[int, int]) -> int:
    return place[name] if name in place else at[posted[name].organisation]


def asked_by(question: Question, own: int, spoken: Spoken, place: "Placer") -> Asked:
    """Put together what is asked: one's own words, else the profile, its needs and offers."""
    mine_needs, mine_offers = spoken.needs.of(own), spoken.offers.of(own)
    words = question.words
    if not words:
        return Asked(spoken.profiles.of(own).rows, mine_needs, mine_offers)
    row = place.encode(words, question.spoken, is_offer=question.is_offer)
    title = question.posting.title if question.posting is not None else words
    one = Said(row, np.array([own], np.int64), (title,), (question.spoken,))
    if question.is_offer:
        return Asked(row, mine_needs, one)
    return Asked(row, one, mine_offers)


@dataclass(frozen=True, slots=True)
class Placer:
    """Encodes somebody's words and makes them comparable to the stored ones."""

    vectors: StoredVectors
    encoder: Encoder

    def encode(self, words: str, language: str, *, is_offer: bool) -> Rows:
        """Return one row; none if the words say nothing."""
        text = Text("question", Kind.OFFER if is_offer else Kind.NEED, language, words)
        if not text.cleaned:
            return self.vectors.rows[:0]
        return place_text(self.vectors, text, encoder=self.encoder)


def placer_of(vectors: StoredVectors, choice: Choice) -> Placer:
    """Return the encoder that made the vectors, for one text at a time."""
    is_model = vectors.stamp == stamp_of(choice.for_one)
    return Placer(vectors, choice.for_one if is_model else Letters())


# --- The five parts of a score, and what a tie would do for the two regions -----------------------


BoolArray = NDArray[np.bool_]
FloatArray = NDArray[np.float64]
NACE: Final = "nace:"


@dataclass(frozen=True, slots=True)
class Pool:
    """All profiles in one order, and who of them may be proposed.

    Attributes
    ----------
    field : Field
    ids : tuple of int
        Numbers of the organisations, ascending.
    own : int
        Place of the one who searches.
    mask : ndarray of bool
        Who may be proposed.
    ties : Ties
        Of all organisations, also such without a profile.
    nodes : ndarray of int64
        Place of each profile among the ties.
    held : tuple of frozenset of str
        Codes of each profile.
    taxonomy : Taxonomy
        How rare codes are among all profiles.
    """

    field: Field
    ids: tuple[int, ...]
    own: int
    mask: BoolArray
    ties: Ties

    nodes: NDArray[np.int64]
    held: tuple[frozenset[str], ...]
    taxonomy: Taxonomy


def make_pool(field: Field, own: int, mask: BoolArray, ties: Ties) -> Pool:
    """Put together what one search compares; ``own`` is the number of the one who searches."""
    ids = tuple(sorted(field.profiles))
    held = tuple(field.profiles[pk].codes for pk in ids)
    return Pool(
        field=field,
        ids=ids,
        own=ids.index(own),
        mask=mask,
        ties=ties,
        nodes=np.searchsorted(ties.nodes, np.array(ids, np.int64)).astype(np.int64),
        held=held,
        taxonomy=read_taxonomy(held, above=_above(held)),
    )


def text_part(pool: Pool, asked: Asked, spoken: Spoken) -> Part:
    """Rank the candidates by how near their profile is to what is asked."""
    return text_similarity(
        asked.texts,
        spoken.profiles.rows,
        owner=spoken.profiles.owner,
        n=len(pool.ids),
        allowed=pool.mask,
    )


def needs_part(pool: Pool, asked: Asked, spoken: Spoken) -> Part | None:
    """Compare needs with offers in both directions; None where nobody states a need."""
    if not asked.needs.owner.size and not spoken.needs.owner.size:
        return None
    return complementarity(
        asked.needs.rows,
        asked.offers.rows,
        their_needs=spoken.needs.stated,
        their_offers=spoken.offers.stated,
        n=len(pool.ids),
    )


def taxonomy_part(pool: Pool) -> Part:
    """Compare sectors, technologies and ecosystem."""
    return taxonomy_overlap(pool.held[pool.own], pool.held, pool.taxonomy)


def is_section(code: str) -> bool:
    """Say whether a code is one of the 21 sections of NACE, the widest."""
    return code.startswith(NACE) and len(code) == len(NACE) + 1


def _above(held: Sequence[frozenset[str]]) -> Mapping[str, str]:
    """Return the code directly above each code of NACE; the other lists are flat."""
    found: dict[str, str] = {}
    for code in set().union(*held):
        if not code.startswith(NACE):
            continue
        chain = [code.removeprefix(NACE), *ancestors(code.removeprefix(NACE))]
        for low, high in pairwise(chain):
            found[NACE + low] = NACE + high
    return found


def network_part(pool: Pool) -> Part:
    """Rank the candidates by how near they are over common partners."""
    nodes = pool.nodes
    scores = proximity(pool.ties, [int(nodes[pool.own])], method="blend", columns=nodes)[0]
    tied = pool.ties.degree[nodes] > 0
    is_tied = bool(tied[pool.own])
    # Where one cannot be proposed, one stands in nobody's way.
    return proximity_part(np.where(pool.mask, scores, 0.0), tied & is_tied)


def popularity_part(pool: Pool) -> Part:
    """Count the ties of the candidates."""
    every = popularity(pool.ties)
    nodes = pool.nodes
    return Part("popularity", every.values[nodes], every.present[nodes])


def bridge_shares(pool: Pool) -> FloatArray:
    """Return what a tie to each candidate would do, as a share of the most useful pair."""
    group = pool.ties.group[pool.nodes]
    own = int(group[pool.own])
    if own == UNKNOWN or not len(pool.ties.group_names):
        return np.zeros(len(pool.ids))
    shares = _gains(_Same(pool.ties)).share[own]
    found: FloatArray = np.where(group == UNKNOWN, 0.0, shares[np.maximum(group, 0)])
    return found


class _Same:
    """Ties as the key of a cache: the same object is the same state."""

    def __init__(self, ties: Ties) -> None:
        self.ties = ties

    def __hash__(self) -> int:
        return id(self.ties)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.ties is other.ties


@lru_cache(maxsize=2)
def _gains(of: _Same) -> BridgeGains:
    return bridge_gains(of.ties)


# --- Why a partner is proposed: one fact for each part that added most, as codes and values -------
#
# The words are made where the reader's language is known.


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
