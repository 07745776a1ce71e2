"""Opinion groups: who votes alike, found in the votes or declared by the people."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike

from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.conventions import Conventions, Status
from alpclusters.analysis.errors import AnalysisError, Where
from alpclusters.analysis.opinion.arrays import BoolArray, FloatArray, IntArray, frozen
from alpclusters.analysis.opinion.checks import check_whole_numbers, rejected_statements
from alpclusters.analysis.opinion.declared import checked_labels, declared_groups
from alpclusters.analysis.opinion.projection import Plane, build_plane
from alpclusters.analysis.opinion.results import OpinionGroups
from alpclusters.analysis.opinion.search import MIN_GROUP, Search, search_groups
from alpclusters.analysis.opinion.stability import Stability, measure_stability
from alpclusters.analysis.opinion.votes import Votes, VotesLike

MIN_PEOPLE: Final = 40
STARTS_OF_RESAMPLE: Final = 8
Compat = Literal["polis"]


def opinion_groups(  # noqa: PLR0913 - keyword-only, each with its convention as default
    votes: VotesLike,
    *,
    declared: Sequence[Id | None] | None = None,
    seed: int = 0,
    moderated: ArrayLike | None = None,
    min_votes: int = 7,
    k_max: int = 5,
    min_group: int = MIN_GROUP,
    starts: int = 20,
    resamples: int = 50,
    compat: Compat | None = None,
) -> OpinionGroups:
    """Find out who votes alike, and whether such groups would be found again.

    People are projected on the two leading principal components of their votes, grouped there
    by k-means for k = 2, 3, ..., and the k of the best silhouette is taken. Everything is
    repeated on resampled people: groups that do not come back are flagged.

    Parameters
    ----------
    votes : Votes, array_like or csr_array, shape (n_people, n_statements)
        1 agree, 0 pass, -1 disagree, unseen NaN or not stored; ratings through
        `Votes.from_ratings`.
    declared : sequence of shape (n_people,), optional
        Region, country or role of each person; None or "" is not known. Used below 40 people.
    seed : int, default 0
    moderated : array_like of shape (n_statements,), optional
        -1 is a rejected statement: it is left out.
    min_votes : int, default 7
        A person takes part with at least this many votes, or votes on all statements if there
        are fewer.
    k_max : int, default 5
        At most this many groups, and at most 2 + people / 12.
    min_group : int, default 5
        A partition with a group of fewer people is no candidate, otherwise one outlier wins.
    starts : int, default 20
        Starts of k-means per k.
    resamples : int, default 50
        0 leaves stability out.
    compat : {'polis'}, optional
        Follow the Polis server: rejected statements count as passed by everybody, and votes
        on them count towards taking part. For comparison only.

    Returns
    -------
    OpinionGroups
        ``limited`` where there are no groups to trust; ``reasons`` tell why.

    Raises
    ------
    ShapeError
        Votes not two-dimensional; ``declared`` or ``moderated`` of the wrong length.
    VoteError, NotFiniteError, DuplicateError
        A cell that is no vote, infinite, or stored twice.
    AnalysisError
        A number out of range, an unknown ``compat``.

    Notes
    -----
    Missing votes take the statement's mean, so after centring they are 0; no cell is filled.
    A person's place is pushed out by the root of statements per vote. Equal silhouettes: the
    smaller k. Groups are numbered
    by size, ties by the first person. The order of people plays no part. Below 40 people who
    take part nothing is searched: declared groups, or one group.

    O(n_people * n_statements²) for the components, no table of people by people.

    References
    ----------
    .. [1] C. Small, M. Bjorkegren, T. Erkkilä, L. Shaw, C. Megill, Polis: scaling deliberation
       by mapping high dimensional opinion spaces, Recerca 26 (2021).
    .. [2] P. J. Rousseeuw, Silhouettes, Journal of Computational and Applied Mathematics 20
       (1987), 53-65.

    Examples
    --------
    >>> import numpy as np
    >>> camp = np.repeat([1, -1], [30, 20])
    >>> votes = np.outer(camp, np.ones(12))
    >>> swayed = np.random.default_rng(1).random(votes.shape) < 0.1
    >>> groups = opinion_groups(np.where(swayed, -votes, votes), resamples=10)
    >>> groups.k, groups.sizes, groups.stability.word
    (2, (30, 20), 'stable')
    """
    lowest = {"seed": (seed, 0), "min_votes": (min_votes, 1), "k_max": (k_max, 2)}
    lowest["min_group"] = (min_group, 1)
    check_whole_numbers({**lowest, "starts": (starts, 1), "resamples": (resamples, 0)})
    _check_compat(compat)
    table = Votes.of(votes)
    rejected = rejected_statements(moderated, table.shape[1])
    labels = None if declared is None else checked_labels(declared, table.shape[0])
    rules = _Rules(seed, min_votes, k_max, min_group, starts, resamples, compat)
    start = _started(table, rejected, rules)
    if not start.votes.n_by_person().any():
        return _without_votes(start, rules)
    found = _declared_or_found(start, labels, rules)
    return _result(start, found, rules)


@dataclass(frozen=True, slots=True)
class _Rules:
    seed: int
    min_votes: int
    k_max: int
    min_group: int
    starts: int
    resamples: int
    compat: Compat | None

    def conventions(self, votes: Votes) -> Conventions:
        thresholds = {
            "min_votes": self.min_votes,
            "min_people": MIN_PEOPLE,
            "min_group": self.min_group,
            "k_max": self.k_max,
            "starts": self.starts,
            **dict(votes.thresholds),
        }
        return Conventions(
            method="opinion_groups.polis" if self.compat else "opinion_groups",
            scale=(-1.0, 0.0, 1.0),
            ties="smaller_k",
            missing="statement_mean",
            seed=self.seed,
            draws=self.resamples,
            thresholds=tuple((name, float(value)) for name, value in thresholds.items()),
        )


@dataclass(frozen=True, slots=True)
class _Start:
    """Votes on the statements used, and who takes part."""

    votes: Votes
    used: BoolArray
    placed: IntArray


@dataclass(frozen=True, slots=True)
class _Found:
    members: IntArray
    plane: Plane
    reasons: tuple[str, ...]
    names: tuple[Id, ...] = ()
    search: Search | None = None
    stability: Stability | None = None


def _check_compat(compat: str | None) -> None:
    if compat not in {None, "polis"}:
        code = "argument.not_one_of"
        raise AnalysisError(
            code, where=Where(argument="compat"), found=str(compat), expected="polis"
        )


def _started(votes: Votes, rejected: BoolArray, rules: _Rules) -> _Start:
    if rules.compat:
        placed = _taking_part(votes, rules)
        return _Start(votes.with_passes(rejected), np.ones_like(rejected), placed)
    kept = votes.on_statements(~rejected)
    return _Start(kept, ~rejected, _taking_part(kept, rules))


def _taking_part(votes: Votes, rules: _Rules) -> IntArray:
    least = max(1, min(rules.min_votes, votes.shape[1]))
    return np.flatnonzero(votes.n_by_person() >= least)


def _declared_or_found(start: _Start, labels: list[Id | None] | None, rules: _Rules) -> _Found:
    plane = build_plane(start.votes)
    one = np.full(start.votes.shape[0], -1, np.int64)
    one[start.placed] = 0
    if start.placed.size < MIN_PEOPLE:
        return _small(start, one, plane, labels)
    if not plane.total > 0:
        return _Found(one, plane, ("no_variation",))
    return _searched(start, plane, rules)


def _small(start: _Start, one: IntArray, plane: Plane, labels: list[Id | None] | None) -> _Found:
    if not start.placed.size:
        return _Found(one, plane, ("fewer_than_40", "nobody_placed"))
    if labels is None:
        return _Found(one, plane, ("fewer_than_40",))
    stated = declared_groups(labels, start.placed)
    if not stated.names:
        return _Found(one, plane, ("fewer_than_40", "declared_too_small"))
    return _Found(stated.members, plane, (), names=stated.names)


def _searched(start: _Start, plane: Plane, rules: _Rules) -> _Found:
    rng = np.random.default_rng(rules.seed)
    points = plane.people[start.placed]
    search = search_groups(
        points, k_max=rules.k_max, min_group=rules.min_group, starts=rules.starts, rng=rng
    )
    members = np.full(start.votes.shape[0], -1, np.int64)
    members[start.placed] = search.labels
    stability = _stability(start, members, rules, rng) if rules.resamples else None
    return _Found(members, plane, _doubts(search, stability), search=search, stability=stability)


def _stability(
    start: _Start, members: IntArray, rules: _Rules, rng: np.random.Generator
) -> Stability:
    takes_part = np.zeros(members.size, np.bool_)
    takes_part[start.placed] = True

    def regroup(rows: IntArray, own: np.random.Generator) -> IntArray:
        placed = np.flatnonzero(takes_part[rows])
        labels = np.full(rows.size, -1, np.int64)
        if placed.size:
            points = build_plane(start.votes.of_people(rows)).people[placed]
            found = search_groups(
                points,
                k_max=rules.k_max,
                min_group=rules.min_group,
                starts=STARTS_OF_RESAMPLE,
                rng=own,
            )
            labels[placed] = found.labels
        return labels

    return measure_stability(
        members, regroup, resamples=rules.resamples, k_max=rules.k_max, rng=rng
    )


def _doubts(search: Search, stability: Stability | None) -> tuple[str, ...]:
    reasons = () if search.candidates.any() else ("no_groups",)
    words = {"uncertain": "groups_uncertain", "not_stable": "groups_not_stable"}
    doubt = words.get(stability.word) if stability else None
    return (*reasons, doubt) if doubt else reasons


def _result(start: _Start, found: _Found, rules: _Rules) -> OpinionGroups:
    plane, search = found.plane, found.search
    k = int(found.members.max(initial=-1)) + 1
    sizes = np.bincount(found.members[found.members >= 0], minlength=k)
    return OpinionGroups(
        members=frozen(found.members),
        k=k,
        sizes=tuple(sizes.tolist()),
        kind="declared" if found.names else "found",
        names=found.names,
        silhouettes=frozen(search.silhouettes if search else np.zeros(0)),
        inertia=frozen(search.inertia if search else np.zeros(0)),
        candidates=frozen(search.candidates if search else np.zeros(0, np.bool_)),
        projection=frozen(plane.people),
        components=frozen(_spread(plane.components, start.used)),
        centre=frozen(_spread(plane.centre, start.used)),
        statement_places=frozen(_spread(plane.statements.T, start.used).T),
        used=frozen(start.used),
        variances=frozen(plane.variances),
        variance_shares=frozen(_shares(plane)),
        stability=found.stability,
        status=_status(found.reasons),
        reasons=found.reasons,
        conventions=rules.conventions(start.votes),
    )


def _spread(values: FloatArray, used: BoolArray) -> FloatArray:
    """Put columns back to their statements; NaN for those left out."""
    full = np.full((*values.shape[:-1], used.size), np.nan)
    full[..., used] = values
    return full


def _shares(plane: Plane) -> FloatArray:
    if not plane.total > 0:
        return np.full(plane.variances.size, np.nan)
    return np.asarray(plane.variances / plane.total)


def _without_votes(start: _Start, rules: _Rules) -> OpinionGroups:
    n_people, n_used = start.votes.shape
    nothing = Plane(
        centre=np.zeros(n_used),
        components=np.full((2, n_used), np.nan),
        variances=np.full(3, np.nan),
        total=0.0,
        people=np.full((n_people, 2), np.nan),
        statements=np.full((n_used, 2), np.nan),
    )
    found = _Found(np.full(n_people, -1, np.int64), nothing, ("no_ratings",))
    return _result(start, found, rules)


def _status(reasons: tuple[str, ...]) -> Status:
    if "no_ratings" in reasons:
        return "undefined"
    return "limited" if reasons else "ok"
