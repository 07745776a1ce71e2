"""Find partners for an organisation: filter, compare, rank, and keep what came out."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

import numpy as np
from django.db import transaction
from numpy.typing import NDArray

from alpclusters.analysis.errors import StateError
from alpclusters.analysis.matching import DEFAULT_WEIGHTS, Match, Part, make_candidates, match
from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.network.domain.matching.asking import read_texts_soon
from alpclusters.platform.network.domain.matching.comparing import (
    Asked,
    Known,
    Pool,
    Spoken,
    asked_by,
    bridge_shares,
    make_pool,
    needs_part,
    network_part,
    placer_of,
    popularity_part,
    reasons_of,
    said,
    taxonomy_part,
    text_part,
)
from alpclusters.platform.network.domain.matching.eligibility import (
    Recommended,
    recommended_lately,
    who_may_be,
)
from alpclusters.platform.network.domain.matching.keeping import (
    letters_now,
    machine,
    n_not_read,
    stored_vectors,
)
from alpclusters.platform.network.domain.matching.profiles import (
    TOP,
    Field,
    Options,
    Question,
    read_field,
)
from alpclusters.platform.network.domain.matching.ties import matching_ties
from alpclusters.platform.network.domain.vectors.encoding import Choice
from alpclusters.platform.network.domain.vectors.model import Kind
from alpclusters.platform.network.domain.vectors.store import StoredVectors
from alpclusters.platform.network.models import MatchRun

VERSION: Final = "1"
SHOWN_OFTEN: Final = "shown_often"
NOTHING: Final = "nothing"

type Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found.

    Attributes
    ----------
    results : list of dict
        Ranked: organisation, score, ranked_by, parts (value, weight, points), reasons.
    excluded : dict of str to int
        How many each reason speaks against; one organisation may have several.
    stamp : dict
        Model, weights, number of candidates, of texts that were not read yet, and what the cap
        on proposals cost.
    """

    results: list[Record]
    excluded: dict[str, int]
    stamp: Record


@dataclass(frozen=True, slots=True)
class _Read:
    """Vectors with what the page says about them."""

    choice: Choice
    vectors: StoredVectors
    has_model: bool
    reason: str
    n_waiting: int


def find_partners(
    organisation: Organisation,
    question: Question,
    options: Options,
    *,
    now: datetime,
    top: int = TOP,
) -> Found:
    """Rank the partners an organisation may look for; stores nothing.

    Raises
    ------
    StateError
        The organisation has no listed profile, so there is nothing to compare.
    """
    is_simulated = organisation.is_simulated
    field = read_field(is_simulated=is_simulated, now=now)
    if organisation.pk not in field.profiles:
        raise StateError("match.no_profile", found=organisation.name)
    read = _read(is_simulated=is_simulated, now=now)
    pool, excluded = _pool(organisation, field, options)
    spoken, asked = _spoken(question, pool, read)
    parts = _parts(pool, asked, spoken, options)
    bridge = bridge_shares(pool)
    recent = recommended_lately(now, is_simulated=is_simulated, without=organisation.pk)
    ranked = _ranked(pool, parts, bridge, options, recent, n=max(top, len(recent.times) + top))
    shown = [one for one in ranked if not recent.is_full(one.id)][:top]
    known = Known(pool, asked, spoken, bridge)
    excluded[NOTHING] = int((pool.mask & ~np.any([part.present for part in parts], axis=0)).sum())
    excluded[SHOWN_OFTEN] = sum(recent.is_full(one.id) for one in ranked)
    results = [_record(one, known) for one in shown]
    return Found(results, excluded, _stamp(pool, read, recent, ranked[:top], shown, options))


@transaction.atomic
def search_partners(
    organisation: Organisation, question: Question, options: Options, *, by: User, now: datetime
) -> MatchRun:
    """Find partners and keep the search; texts that are not read yet are asked for.

    Raises
    ------
    StateError
        As in `find_partners`.
    """
    found = find_partners(organisation, question, options, now=now)
    if found.stamp["n_texts_waiting"]:
        read_texts_soon()
    return MatchRun.objects.create(
        organisation=organisation,
        start=question.start,
        posting=question.posting,
        language=question.spoken,
        text=question.words if question.posting is None else "",
        options=options.as_record(),
        results=found.results,
        excluded=found.excluded,
        stamp=found.stamp,
        made_by=by,
        made_at=now,
    )


def _read(*, is_simulated: bool, now: datetime) -> _Read:
    """Take the vectors of the model; letters until it has read anything."""
    choice = machine()
    vectors = stored_vectors(choice, is_simulated=is_simulated)
    waiting = n_not_read(vectors, is_simulated=is_simulated, now=now)
    reason = choice.verdict.reason
    if vectors is None:
        letters = letters_now(is_simulated=is_simulated, now=now)
        if letters is None:
            raise StateError("match.no_texts")
        return _Read(choice, letters, has_model=False, reason="not_read_yet", n_waiting=waiting)
    return _Read(choice, vectors, has_model=choice.has_model, reason=reason, n_waiting=waiting)


def _pool(
    organisation: Organisation, field: Field, options: Options
) -> tuple[Pool, dict[str, int]]:
    ids = tuple(sorted(field.profiles))
    who = who_may_be(organisation, field, ids, options)
    ties = matching_ties(field.profiles, is_simulated=organisation.is_simulated)
    return make_pool(field, organisation.pk, who.mask, ties), dict(who.counts())


def _spoken(question: Question, pool: Pool, read: _Read) -> tuple[Spoken, Asked]:
    profiles, needs, offers = (
        said(read.vectors, pool.field, kind, pool.ids)
        for kind in (Kind.PROFILE, Kind.NEED, Kind.OFFER)
    )
    placer = placer_of(read.vectors, read.choice)
    asked = asked_by(question, pool.own, Spoken(profiles, needs, offers), placer)
    return Spoken(profiles, needs, offers), asked


def _parts(pool: Pool, asked: Asked, spoken: Spoken, options: Options) -> list[Part]:
    found: list[Part | None] = [
        text_part(pool, asked, spoken),
        needs_part(pool, asked, spoken),
        taxonomy_part(pool),
        network_part(pool),
        popularity_part(pool) if options.with_popularity else None,
    ]
    return [_among(part, pool.mask) for part in found if part is not None]


def _among(part: Part, mask: NDArray[np.bool_]) -> Part:
    """Leave only the candidates."""
    return replace(part, values=np.where(mask, part.values, 0.0), present=part.present & mask)


def _ranked(
    pool: Pool,
    parts: list[Part],
    bridge: NDArray[np.float64],
    options: Options,
    recent: Recommended,
    *,
    n: int,
) -> tuple[Match, ...]:
    ids = np.array(pool.ids, np.int64)
    candidates = make_candidates(ids, parts, bridge=bridge, recommended=recent.counts(ids))
    own = pool.ids[pool.own]
    return match(own, candidates, top=n, bridge_weight=options.bridging)


def _record(one: Match, known: Known) -> Record:
    return {
        "organisation": one.id,
        "score": round(one.points, 2),
        "ranked_by": round(one.score, 2),
        "n_parts": one.n_parts,
        "n_possible": one.n_possible,
        "parts": {
            name: [round(p.value, 4), round(p.weight, 4), round(p.points, 2)]
            for name, p in one.parts.items()
        },
        "reasons": reasons_of(one, known),
    }


def _stamp(
    pool: Pool,
    read: _Read,
    recent: Recommended,
    plain: tuple[Match, ...],
    shown: list[Match],
    options: Options,
) -> Record:
    model = read.vectors.stamp
    return {
        "version": VERSION,
        "n_profiles": len(pool.ids),
        "n_candidates": int(pool.mask.sum()),
        "weights": {
            name: weight
            for name, weight in DEFAULT_WEIGHTS.items()
            if name != "popularity" or options.with_popularity
        },
        "model": {
            "name": model.name,
            "version": model.version,
            "has_model": read.has_model,
            "reason": read.reason,
        },
        "n_texts_waiting": read.n_waiting,
        "n_ties": pool.ties.stamp.n_ties,
        "cap": recent.cap,
        "n_lists": recent.n_lists,
        "lost": _lost(plain, shown),
    }


def _lost(plain: tuple[Match, ...], shown: list[Match]) -> float:
    """Return the mean points that the cap on proposals cost this list."""
    if not plain or not shown:
        return 0.0
    before = sum(one.score for one in plain) / len(plain)
    return round(before - sum(one.score for one in shown) / len(shown), 2)
