"""Opinion groups: who votes alike, found in the votes or declared by the people themselves."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.conventions import Conventions, Status
from alpclusters.analysis.errors import AnalysisError, ShapeError, Where
from alpclusters.analysis.opinion.checks import (
    BoolArray,
    FloatArray,
    IntArray,
    check_whole_numbers,
    frozen,
    rejected_statements,
)
from alpclusters.analysis.opinion.projection import Levels, Plane, build_plane
from alpclusters.analysis.opinion.results import OpinionGroups, Stability, measure_stability
from alpclusters.analysis.opinion.search import (
    MIN_GROUP,
    Parts,
    Search,
    numbered_by_size,
    search_groups,
)
from alpclusters.analysis.opinion.structure import Structure, Verdict, opinion_structure
from alpclusters.analysis.opinion.votes import Votes, VotesLike

# --- Groups people state themselves: region, country, role ----------------------------------------


OTHER: Final = "other"


@dataclass(frozen=True, slots=True)
class Declared:
    """Group of each person, numbered by size, and the name of each group."""

    members: IntArray
    names: tuple[Id, ...]


def checked_labels(declared: Sequence[Id | None], n_people: int) -> list[Id | None]:
    """Return one label per person; an empty text is no label."""
    labels = [None if label == "" else label for label in declared]
    if len(labels) != n_people:
        code = "groups.length"
        raise ShapeError(
            code, where=Where(argument="declared"), found=str(len(labels)), expected=str(n_people)
        )
    return labels


def declared_groups(labels: Sequence[Id | None], placed: IntArray) -> Declared:
    """Group those who take part by their labels.

    Groups under 5 people are joined as "other" if together they have at least 5, else their
    people are not placed.
    """
    sizes = Counter(label for row in placed if (label := labels[row]) is not None)
    standing = [label for label, n in sizes.items() if n >= MIN_GROUP and label != OTHER]
    n_other = sum(n for label, n in sizes.items() if label not in standing)
    names: list[Id] = [*standing, OTHER] if n_other >= MIN_GROUP else list(standing)
    number = {label: names.index(label) for label in standing}
    raw = np.full(len(labels), -1, np.int64)
    other = len(standing) if n_other >= MIN_GROUP else -1
    for row in placed:
        label = labels[row]
        raw[row] = -1 if label is None else number.get(label, other)
    members = numbered_by_size(raw)
    order = [int(raw[np.flatnonzero(members == place)[0]]) for place in range(len(names))]
    return Declared(members, tuple(names[place] for place in order))


# --- Opinion groups: who votes alike, found in the votes or declared by the people ----------------


MIN_PEOPLE: Final = 40
STARTS_OF_RESAMPLE: Final = 4
NEAR: Final = 1e-3  # how exact the axes of a resample are
Compat = Literal["polis"]
WHY_ONE: Final[Mapping[Verdict, str]] = {
    "camps": "yes_saying",
    "gradient": "no_camps",
    "one_opinion": "no_camps",
    "too_few": "camps_unknown",
}


def opinion_groups(  # noqa: PLR0913 - keyword-only, each with its convention as default
    votes: VotesLike,
    *,
    declared: Sequence[Id | None] | None = None,
    structure: Structure | None = None,
    judge: bool = False,
    seed: int = 0,
    moderated: ArrayLike | None = None,
    min_votes: int = 7,
    k_max: int = 5,
    min_group: int = MIN_GROUP,
    starts: int = 20,
    resamples: int = 50,
    compat: Compat | None = None,
) -> OpinionGroups:
    """Group people who vote alike, where there are camps or groups were declared.

    With a verdict that is not ``camps`` nothing is cut. Otherwise people are projected on the two
    leading principal components of their votes, grouped there by k-means for k = 2, 3, ..., and
    the k of the best silhouette is taken. That is repeated on resampled people: groups that do
    not come back are flagged.

    Parameters
    ----------
    votes : Votes, array_like or csr_array, shape (n_people, n_statements)
        1 agree, 0 pass, -1 disagree, unseen NaN or not stored; ratings through
        `Votes.from_ratings`.
    declared : sequence of shape (n_people,), optional
        Region, country or role of each person; None or "" is not known. Used whatever the
        verdict says; without a verdict, below 40 people only.
    structure : Structure, optional
        The verdict on these people and statements, such as on the ratings that the votes were
        made of.
    judge : bool, default False
        Whether `opinion_structure` is asked where ``structure`` is not given. Without a verdict
        people are cut as Polis does it: such a cut always finds groups.
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
        Follow the Polis server: rejected statements count as passed by everybody, votes
        on them count towards taking part, and nothing is judged. For comparison only.

    Returns
    -------
    OpinionGroups
        ``limited`` where there are no groups to trust; ``reasons`` tell why.

    Raises
    ------
    ShapeError
        Votes not two-dimensional; ``declared``, ``moderated`` or ``structure`` of other people
        or statements.
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
    take part nothing is searched. Where ratings were made into votes, strictness is taken out
    of the places too.

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
    >>> votes = np.outer(np.repeat([1, -1], [30, 20]), np.tile([1, -1], 12))
    >>> swayed = np.random.default_rng(1).random(votes.shape) < 0.1
    >>> groups = opinion_groups(np.where(swayed, -votes, votes), judge=True, resamples=10)
    >>> groups.structure.verdict, groups.k, groups.sizes, groups.stability.word
    ('camps', 2, (30, 20), 'stable')
    """
    lowest = {"seed": (seed, 0), "min_votes": (min_votes, 1), "k_max": (k_max, 2)}
    lowest["min_group"] = (min_group, 1)
    check_whole_numbers({**lowest, "starts": (starts, 1), "resamples": (resamples, 0)})
    _check_compat(compat)
    table = Votes.of(votes)
    rejected = rejected_statements(moderated, table.shape[1])
    labels = None if declared is None else checked_labels(declared, table.shape[0])
    rules = _Rules(seed, min_votes, k_max, min_group, starts, resamples, compat)
    if judge and not compat and structure is None:
        structure = opinion_structure(table, seed=seed, moderated=moderated)
    _check_structure(structure, table.shape)
    start = _started(table, rejected, structure, rules)
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
    structure: Structure | None
    levels: Levels | None


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


def _check_structure(structure: Structure | None, shape: tuple[int, int]) -> None:
    if structure is None:
        return
    found = (structure.people.size, structure.statements.size)
    if found != shape:
        code = "ratings.lengths"
        raise ShapeError(
            code, where=Where(argument="structure"), found=str(found), expected=str(shape)
        )


def _started(
    votes: Votes, rejected: BoolArray, structure: Structure | None, rules: _Rules
) -> _Start:
    if rules.compat:
        placed = _taking_part(votes, rules)
        return _Start(votes.with_passes(rejected), np.ones_like(rejected), placed, structure, None)
    kept = votes.on_statements(~rejected)
    levels = Levels.of(kept) if structure and structure.strictness_removed else None
    return _Start(kept, ~rejected, _taking_part(kept, rules), structure, levels)


def _taking_part(votes: Votes, rules: _Rules) -> IntArray:
    least = max(1, min(rules.min_votes, votes.shape[1]))
    return np.flatnonzero(votes.n_by_person() >= least)


def _declared_or_found(start: _Start, labels: list[Id | None] | None, rules: _Rules) -> _Found:
    plane = build_plane(start.votes, start.levels)
    is_small = start.placed.size < MIN_PEOPLE
    is_taken = labels and start.placed.size and (is_small or start.structure)
    stated = declared_groups(labels, start.placed) if labels and is_taken else None
    if stated and stated.names:
        return _Found(stated.members, plane, (), names=stated.names)
    doubts = _why_one(start, plane)
    if not doubts:
        return _searched(start, plane, rules)
    one = np.full(start.votes.shape[0], -1, np.int64)
    one[start.placed] = 0
    return _Found(one, plane, (*doubts, "declared_too_small") if stated else doubts)


def _why_one(start: _Start, plane: Plane) -> tuple[str, ...]:
    """Return why nothing is searched: people stay one group."""
    if start.placed.size < MIN_PEOPLE:
        nobody = () if start.placed.size else ("nobody_placed",)
        return ("fewer_than_40", *nobody)
    if not plane.total > 0:
        return ("no_variation",)
    structure = start.structure
    if structure is None or structure.has_groups:
        return ()
    return (WHY_ONE[structure.verdict],)


def _searched(start: _Start, plane: Plane, rules: _Rules) -> _Found:
    rng = np.random.default_rng(rules.seed)
    points = plane.people[start.placed]
    search = search_groups(
        points,
        k_max=rules.k_max,
        min_group=rules.min_group,
        starts=rules.starts,
        rng=rng,
        parts=_parts(start),
    )
    members = np.full(start.votes.shape[0], -1, np.int64)
    members[start.placed] = search.labels
    stability = _stability(start, members, rules, rng) if rules.resamples else None
    return _Found(members, plane, _doubts(search, stability), search=search, stability=stability)


def _parts(start: _Start) -> Parts | None:
    """Return how to ask whether every two groups lie apart; None where that is not asked."""
    structure = start.structure
    if structure is None:
        return None

    def parts(labels: NDArray[np.int8]) -> bool:
        members = np.full(start.votes.shape[0], -1, np.int64)
        members[start.placed] = labels
        return structure.parts(members)

    return parts


def _stability(
    start: _Start, members: IntArray, rules: _Rules, rng: np.random.Generator
) -> Stability:
    takes_part = np.zeros(members.size, np.bool_)
    takes_part[start.placed] = True

    def regroup(rows: IntArray, own: np.random.Generator) -> IntArray:
        placed = np.flatnonzero(takes_part[rows])
        labels = np.full(rows.size, -1, np.int64)
        if placed.size:
            votes = start.votes.of_people(rows)
            levels = start.levels and start.levels.of_people(rows)
            plane = build_plane(votes, levels, within=NEAR)
            found = search_groups(
                plane.people[placed].astype(np.float32),
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
        strictness_ratio=start.levels.ratio if start.levels else math.nan,
        statement_places=frozen(_spread(plane.statements.T, start.used).T),
        used=frozen(start.used),
        variances=frozen(plane.variances),
        variance_shares=frozen(_shares(plane)),
        stability=found.stability,
        structure=start.structure,
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
