"""Camps or gradient: the answers against those of a continuum and of two camps."""

import math
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike

from alpclusters.analysis.consensus.ratings import Ratings
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
from alpclusters.analysis.opinion.structure.answers import VOTE_POINTS, Answers, strictness_share
from alpclusters.analysis.opinion.structure.model import (
    CLEAR,
    YES_SAYING,
    Likelihood,
    Model,
    deepest_valley,
    fit_model,
    likelihood_of,
    placed,
    says_yes,
)
from alpclusters.analysis.opinion.structure.results import Structure, Verdict
from alpclusters.analysis.opinion.structure.worlds import (
    between,
    camp_places,
    continuum_places,
    valley_depths,
)
from alpclusters.analysis.opinion.votes import Votes, VotesLike

MIN_PEOPLE: Final = 40
MIN_STATEMENTS: Final = 8
MIN_ANSWERS: Final = 7  # of a person, or all statements if there are fewer
MIN_SEEN: Final = 5  # people who answered a statement
LEAST_SHARE: Final = 0.03
LEAST_DEPTH: Final = 0.010  # T per person
LEAST_DEPTH_REMOVED: Final = 0.020
LEAST_TOLD: Final = 12  # answers a person on average: with fewer, camps look like a gradient
CAMP_SHARES: Final = (0.25, 0.25, 0.25, 0.5)  # one in four is harder to see than halves
BLOCK: Final = 2_000  # people placed at once

Strictness = Literal["keep", "remove"]


def opinion_structure(  # noqa: PLR0913 - keyword-only, each with its convention as default
    votes: VotesLike | Ratings,
    *,
    strictness: Strictness | None = None,
    draws: int = 39,
    camp_draws: int = 19,
    cap: int = 2_000,
    seed: int = 0,
    moderated: ArrayLike | None = None,
    person: ArrayLike | None = None,
) -> Structure:
    """Say whether people stand in camps, along a gradient, or share one opinion.

    A cut of one cloud comes back in every resample, so that a cut which comes back shows no
    camps. Asked here: would a smooth continuum with the same statements, the same gaps and the
    same strength show a valley as deep between people? And would two real camps?

    Parameters
    ----------
    votes : Votes, Ratings, array_like or csr_array, shape (n_people, n_statements)
        1 agree, 0 pass, -1 disagree, unseen NaN or not stored; or ratings on one criterion.
    strictness : {'keep', 'remove'}, optional
        Whether what a person answers higher to everything is taken out first. By default it is
        for ratings and for votes made of them; in votes, agreeing is an opinion.
    draws, camp_draws : int, default 39 and 19
        At most so many draws of a continuum and of two camps.
    cap : int, default 2000
        Of more people so many, drawn at random, decide; all are placed.
    seed : int, default 0
    moderated : array_like of shape (n_statements,), optional
        -1 is a rejected statement: it is left out.
    person : array_like of bool, shape (n_statements,), optional
        True where a statement says what somebody is: no opinion, it is left out.

    Returns
    -------
    Structure

    Raises
    ------
    ShapeError
        Votes not two-dimensional; ``moderated`` or ``person`` of the wrong length.
    VoteError, NotFiniteError, DuplicateError
        A cell that is no vote, infinite, or stored twice.
    AnalysisError
        A number out of range, an unknown ``strictness``.

    Notes
    -----
    The method and what it was seen to find: docs/methods/opinion-structure.md. At most
    O(``cap`` * n_statements) per draw.

    References
    ----------
    .. [1] M. Stephens, False discovery rates: a new deal, Biostatistics 18 (2017), 275-294:
       mixtures of uniforms for one mode.

    Examples
    --------
    >>> import numpy as np
    >>> rng = np.random.default_rng(1)
    >>> camp, side = rng.permutation(np.repeat([1, -1], 60)), rng.choice([1, -1], 30)
    >>> swayed = rng.random((120, 30)) < 0.2
    >>> votes = np.outer(camp, side)
    >>> opinion_structure(np.where(swayed, -votes, votes)).verdict
    'camps'
    """
    check_whole_numbers({"seed": (seed, 0), "draws": (draws, 1), "camp_draws": (camp_draws, 1)})
    check_whole_numbers({"cap": (cap, MIN_PEOPLE)})
    _check_strictness(strictness)
    answers = _answers_of(votes)
    n_statements = answers.shape[1]
    left_out = rejected_statements(moderated, n_statements) | _marked(person, n_statements)
    cuts = votes.thresholds if isinstance(votes, Votes) else ()
    is_rated = _is_rated(answers, dict(cuts))
    removes = is_rated if strictness is None else strictness == "remove"
    rules = _Rules(draws, camp_draws, cap, seed, removes, cuts)
    return _judged(answers, ~left_out, rules)


@dataclass(frozen=True, slots=True)
class _Rules:
    draws: int
    camp_draws: int
    cap: int
    seed: int
    removes: bool
    cuts: tuple[tuple[str, float], ...]

    @property
    def least_depth(self) -> float:
        return LEAST_DEPTH_REMOVED if self.removes else LEAST_DEPTH

    def conventions(self, answers: Answers) -> Conventions:
        thresholds = {
            "min_people": MIN_PEOPLE,
            "min_statements": MIN_STATEMENTS,
            "min_votes": MIN_ANSWERS,
            "min_seen": MIN_SEEN,
            "cap": self.cap,
            "depth_per_person": self.least_depth,
            "camp_draws": self.camp_draws,
            "yes_saying": YES_SAYING,
            **dict(self.cuts),
        }
        return Conventions(
            method="opinion_structure",
            scale=tuple(answers.points.tolist()),
            missing="seen_cells_only",
            seed=self.seed,
            draws=self.draws,
            thresholds=tuple((name, float(value)) for name, value in thresholds.items()),
        )


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found among those who decide; the rest of the result follows from it."""

    verdict: Verdict
    reasons: tuple[str, ...] = ()
    model: "Model | None" = None
    likelihood: Likelihood | None = None
    depth: float = math.nan
    continuum: tuple[float, ...] = ()
    camps: tuple[float, ...] = ()
    strictness_share: float = math.nan


@dataclass(frozen=True, slots=True, eq=False)
class _Deciding:
    """Those who decide, to ask for the valley between every two groups of their own people only.

    Others would fill the valley: the third camp of a triangle lies between the other two.
    """

    model: Model | None
    likelihood: Likelihood | None
    deciding: BoolArray

    def depths_between(self, members: IntArray) -> FloatArray:
        if self.model is None or self.likelihood is None:
            return np.zeros(0)
        answers, own = self.model.answers, members[self.deciding]
        scores, _ = placed(answers, self.model)
        depths = []
        for first, second in combinations(np.unique(own[own >= 0]), 2):
            told = answers.of((own == first) | (own == second), np.ones(answers.shape[1], np.bool_))
            centres = [scores[own == group].mean(axis=0) for group in (first, second)]
            likelihoods = self.likelihood(told, np.array(between(centres)))
            depths.append(float(valley_depths(likelihoods)[0]))
        return np.array(depths)


def _answers_of(votes: VotesLike | Ratings) -> Answers:
    if isinstance(votes, Ratings):
        return Answers.of_ratings(votes)
    return Answers.of_votes(Votes.of(votes))


def _is_rated(answers: Answers, cuts: dict[str, float]) -> bool:
    """Tell ratings, and votes made of them, from votes."""
    return tuple(answers.points) != VOTE_POINTS or cuts.get("agree_from", 1.0) != 1.0


def _check_strictness(strictness: str | None) -> None:
    if strictness not in {None, "keep", "remove"}:
        code = "argument.not_one_of"
        raise AnalysisError(
            code, where=Where(argument="strictness"), found=str(strictness), expected="keep, remove"
        )


def _marked(person: ArrayLike | None, n_statements: int) -> BoolArray:
    """Return which statements are about the person."""
    if person is None:
        return np.zeros(n_statements, np.bool_)
    marks = np.asarray(person, dtype=np.bool_)
    if marks.shape != (n_statements,):
        code = "ratings.lengths"
        raise ShapeError(
            code,
            where=Where(argument="person"),
            found=str(marks.shape),
            expected=f"({n_statements},)",
        )
    return marks


def _judged(answers: Answers, kept: BoolArray, rules: _Rules) -> Structure:
    people, items = _taking_part(answers, kept)
    rng = np.random.default_rng(rules.seed)
    deciding = _sample(people, rules.cap, rng)
    found = _Found("too_few", ("fewer",))
    if people.sum() >= MIN_PEOPLE and items.sum() >= MIN_STATEMENTS:
        told = answers.of(deciding, items)
        found = replace(_weighed(told, rules, rng), strictness_share=strictness_share(told))
    elif not answers.code.size:
        found = _Found("too_few", ("no_ratings",))
    return _result(answers, (people, deciding, items), found, rules)


def _taking_part(answers: Answers, kept: BoolArray) -> tuple[BoolArray, BoolArray]:
    """Return who answered enough, and which statements enough of them answered unalike."""
    everybody = np.ones(answers.shape[0], np.bool_)
    left = answers.of(everybody, kept)
    least = max(1, min(MIN_ANSWERS, left.shape[1]))
    people = left.n_by_person() >= least
    told = answers.of(people, np.ones_like(kept))
    return people, kept & (told.n_by_item() >= MIN_SEEN) & told.varied()


def _sample(people: BoolArray, cap: int, rng: np.random.Generator) -> BoolArray:
    if people.sum() <= cap:
        return people
    drawn = np.zeros_like(people)
    drawn[rng.choice(np.flatnonzero(people), cap, replace=False)] = True
    return drawn


def _weighed(answers: Answers, rules: _Rules, rng: np.random.Generator) -> _Found:
    """Weigh the answers of those who decide against both worlds."""
    model = fit_model(answers, rng, removes=rules.removes)
    if model is None or model.shares[0] < LEAST_SHARE:
        is_clear = answers.shape[0] >= CLEAR
        word: Verdict = "one_opinion" if is_clear else "too_few"
        return _Found(word, () if is_clear else ("axis_not_excluded",), model)
    likelihood = likelihood_of(model, rng)
    depth, direction = deepest_valley(answers, model, likelihood, rng)
    n, k = answers.shape[0], model.factors.k

    def drawn(places: FloatArray) -> float:
        told = model.world.draw(places, rng)
        return deepest_valley(told, model, likelihood, rng)[0]

    continuum: list[float] = []
    while len(continuum) < rules.draws and not (continuum and continuum[-1] >= depth):
        continuum.append(drawn(continuum_places(n, k, rng)))
    found = _Found("too_few", (), model, likelihood, depth, tuple(continuum))
    if continuum[-1] < depth:
        if depth < rules.least_depth * n:
            return replace(found, reasons=("shallow",))
        reasons = ("yes_saying",) if says_yes(model, direction) else ()
        return replace(found, verdict="camps", reasons=reasons)
    if answers.code.size < LEAST_TOLD * n:
        return replace(found, reasons=("camps_not_excluded",))
    camps: list[float] = []
    while len(camps) < rules.camp_draws and not (camps and camps[-1] <= depth):
        share = CAMP_SHARES[len(camps) % len(CAMP_SHARES)]
        camps.append(drawn(camp_places(n, k, share, rng)))
    found = replace(found, camps=tuple(camps))
    if camps[-1] > depth:
        return replace(found, verdict="gradient")
    return replace(found, reasons=("camps_not_excluded",))


def _result(
    answers: Answers, part: tuple[BoolArray, BoolArray, BoolArray], found: _Found, rules: _Rules
) -> Structure:
    people, deciding, items = part
    model = found.model
    k = model.factors.k if model else 0
    loadings = np.full((answers.shape[1], k), np.nan)
    means, noise = np.full((2, answers.shape[1]), np.nan)
    places = np.full((answers.shape[0], k), np.nan)
    strictness = np.full(answers.shape[0], np.nan)
    if model:
        loadings[items] = model.factors.loadings
        means[items], noise[items] = model.centred.means, model.factors.noise
        told = answers.of(people, items)
        parts = [placed(told.of_rows(*ends), model) for ends in _blocks(told.shape[0])]
        places[people] = np.concatenate([part for part, _ in parts])
        strictness[people] = np.concatenate([part for _, part in parts])
    return Structure(
        verdict=found.verdict,
        depth=found.depth,
        p_gradient=_at_least(np.array(found.continuum), found.depth),
        p_camps=_at_least(-np.array(found.camps), -found.depth),
        continuum_depths=frozen(np.array(found.continuum)),
        camp_depths=frozen(np.array(found.camps)),
        loadings=frozen(loadings),
        means=frozen(means),
        noise=frozen(noise),
        shares=frozen(model.shares if model else np.zeros(0)),
        axis_names=model.names() if model else (),
        places=frozen(places),
        strictness=frozen(strictness),
        strictness_removed=rules.removes,
        strictness_ratio=model.centred.ratio if model else math.nan,
        strictness_share=found.strictness_share,
        people=frozen(people),
        statements=frozen(items),
        n_drawn=model.answers.shape[0] if model else 0,
        status=_status(found),
        reasons=found.reasons,
        conventions=rules.conventions(answers),
        depths_between=_Deciding(model, found.likelihood, deciding).depths_between,
    )


def _blocks(n_people: int) -> list[tuple[int, int]]:
    return [(first, min(first + BLOCK, n_people)) for first in range(0, n_people, BLOCK)]


def _at_least(drawn: FloatArray, depth: float) -> float:
    if not drawn.size:
        return math.nan
    return float((1 + (drawn >= depth).sum()) / (1 + drawn.size))


def _status(found: _Found) -> Status:
    if "no_ratings" in found.reasons:
        return "undefined"
    return "limited" if found.reasons else "ok"
