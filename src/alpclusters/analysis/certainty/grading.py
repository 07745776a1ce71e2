"""The certainty of a lesson, A to D, from its families, with the reason for every step."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, isfinite
from typing import Final, Literal

from alpclusters.analysis.certainty.gathering import Source
from alpclusters.analysis.certainty.rules import RULES, PlanRules, Reason
from alpclusters.analysis.errors import NotFiniteError, ScaleError, Where

type Verdict = Literal["works", "does_not_work", "depends"]
type Letter = Literal["A", "B", "C", "D", "none"]
_LETTERS: Final[dict[int, Letter]] = {4: "A", 3: "B", 2: "C", 1: "D"}
_VERDICTS: Final = ("works", "does_not_work", "depends")


@dataclass(frozen=True, slots=True)
class Coding:
    """How well two people agreed on the codes behind a lesson.

    Attributes
    ----------
    alpha : float or None
        The lowest Krippendorff alpha of the codes; None if undefined.
    is_once : bool
        Coded by one person only.
    """

    alpha: float | None = None
    is_once: bool = True


@dataclass(frozen=True, slots=True)
class Certainty:
    """The grade of a lesson and what it rests on.

    Attributes
    ----------
    value : {'A', 'B', 'C', 'D', 'none'}
        ``none``: nothing speaks for it, so there is nothing to grade.
    reasons : tuple of Reason
        All rules in their order, also those that took nothing off.
    n_for, n_against, n_mixed : int
        Families.
    n_known, n_lasting : int
        Supporting families of which it is known whether they lasted, and those that did.
    share_against : float or None
        Contradicting families, mixed ones as one half, among all.
    points : int or None
        4 less what was taken off, before bonus and cap, within 1 to 4.
    convention : str
    """

    value: Letter
    reasons: tuple[Reason, ...]
    n_for: int
    n_against: int
    n_mixed: int
    n_known: int
    n_lasting: int
    share_against: float | None
    points: int | None
    convention: str


def grade_lesson(
    sources: Iterable[Source],
    *,
    verdict: Verdict = "works",
    is_answered: bool = False,
    coding: Coding | None = None,
    rules: PlanRules = RULES,
) -> Certainty:
    """Grade how certain a lesson is.

    Four points, less what the domains take off (amount, lasting, coding, contradiction, source,
    relevance); at least three supporting families alive for 36 months lift by one, to B at
    most; what one person coded, or where agreement is undefined, is B at most.

    Parameters
    ----------
    sources : iterable of Source
        One per family; the order does not matter.
    verdict : {'works', 'does_not_work', 'depends'}
        What the lesson says; only "works" asks that most of it lasted.
    is_answered : bool, default False
        Whether a person wrote under which condition the evidence against it holds.
    coding : Coding, optional
        Coded once if not given.
    rules : PlanRules, optional
        Thresholds.

    Returns
    -------
    Certainty

    Raises
    ------
    ScaleError
        Another verdict or stance; an alpha above 1.
    NotFiniteError
        An alpha of NaN or infinity; undefined is None.

    Notes
    -----
    The rule is the project's own. It is adapted from GRADE [1]_ (four levels, start high, rate
    down) and from GRADE-CERQual [2]_ (methodological limitations, coherence, adequacy,
    relevance) and made deterministic; neither group has seen it. Adding a supporting family
    with every good property never lowers a grade; adding a contradicting one never raises it.

    References
    ----------
    .. [1] G. H. Guyatt et al., GRADE: an emerging consensus on rating quality of evidence and
       strength of recommendations, BMJ 336 (2008), 924-926.
    .. [2] S. Lewin et al., Applying GRADE-CERQual to qualitative evidence synthesis findings,
       Implementation Science 13 (2018), suppl. 1, 2.
    .. [3] K. Krippendorff, Content Analysis, 2nd edition (2004), chapter 11 (0.800, 0.667).

    Examples
    --------
    >>> good = [Source(k, "supports", True, 20, True, True) for k in range(4)]
    >>> found = grade_lesson([*good, Source(9, "contradicts")], coding=Coding(0.84, False))
    >>> found.value, [(r.rule, r.change) for r in found.reasons if r.change]
    ('C', [('amount', -1), ('contradiction', -1)])
    >>> grade_lesson([Source(9, "contradicts")]).value
    'none'
    """
    families = sorted(sources, key=lambda source: source.family)
    coding = coding or Coding()
    _check(families, verdict, coding)
    counts = _Counts.of(families)
    if counts.n_for == 0:
        return _ungraded(counts, rules)
    domains = (
        _amount(counts, rules),
        _lasting(counts, verdict),
        _coding(coding, rules),
        _contradiction(counts, rules, is_answered=is_answered),
        _half("source", counts.n_independent, counts),
        _half("relevance", counts.n_relevant, counts),
    )
    points = min(4, max(1, 4 + sum(reason.change for reason in domains)))
    bonus = _bonus(counts, points, rules)
    cap = _cap(coding, points + sum(reason.change for reason in bonus), rules)
    extra = (*bonus, *cap)
    letter = _LETTERS[points + sum(reason.change for reason in extra)]
    reasons = (*domains, *extra, *_flags(counts))
    return counts.result(letter, reasons, points, rules)


@dataclass(frozen=True, slots=True)
class _Counts:
    n_for: int
    n_against: int
    n_mixed: int
    n_known: int
    n_lasting: int
    n_independent: int
    n_relevant: int
    n_eu_only: int
    alive: tuple[int, ...]  # months of supporting families that last

    @classmethod
    def of(cls, families: Sequence[Source]) -> "_Counts":
        good = [one for one in families if one.stance == "supports"]
        return cls(
            n_for=len(good),
            n_against=sum(one.stance == "contradicts" for one in families),
            n_mixed=sum(one.stance == "mixed" for one in families),
            n_known=sum(one.is_lasting is not None for one in good),
            n_lasting=sum(one.is_lasting is True for one in good),
            n_independent=sum(one.is_independent is True for one in good),
            n_relevant=sum(one.is_relevant is True for one in good),
            n_eu_only=sum(one.is_eu_only for one in good),
            alive=tuple(one.months or 0 for one in good if one.is_lasting),
        )

    @property
    def against(self) -> float:
        return self.n_against + self.n_mixed / 2

    @property
    def share(self) -> float | None:
        total = self.n_for + self.n_mixed / 2 + self.against
        return self.against / total if total else None

    @property
    def half(self) -> int:
        return max(1, ceil(self.n_for / 2))

    def result(
        self, letter: Letter, reasons: tuple[Reason, ...], points: int | None, rules: PlanRules
    ) -> Certainty:
        return Certainty(
            value=letter,
            reasons=reasons,
            n_for=self.n_for,
            n_against=self.n_against,
            n_mixed=self.n_mixed,
            n_known=self.n_known,
            n_lasting=self.n_lasting,
            share_against=self.share,
            points=points,
            convention=rules.convention,
        )


def _check(families: Sequence[Source], verdict: str, coding: Coding) -> None:
    for field, found, allowed in (
        ("verdict", verdict, _VERDICTS),
        *(("stance", one.stance, ("supports", "contradicts", "mixed")) for one in families),
    ):
        if found not in allowed:
            code = "argument.not_one_of"
            where = Where(argument=field)
            raise ScaleError(code, where=where, found=str(found), expected=", ".join(allowed))
    if coding.alpha is None:
        return
    if not isfinite(coding.alpha):
        code = "values.not_finite"
        raise NotFiniteError(code, where=Where(argument="coding"))
    if coding.alpha > 1:
        code = "argument.out_of_range"
        raise ScaleError(code, where=Where(argument="coding"), expected="<= 1")


def _ungraded(counts: _Counts, rules: PlanRules) -> Certainty:
    numbers = (("contradicting", float(counts.n_against)), ("mixed", float(counts.n_mixed)))
    return counts.result("none", (Reason("nothing_for_it", 0, numbers),), None, rules)


def _amount(counts: _Counts, rules: PlanRules) -> Reason:
    off = sum(counts.n_for < least for least in rules.amount)
    return Reason("amount", -off, (("supporting", float(counts.n_for)),))


def _lasting(counts: _Counts, verdict: Verdict) -> Reason:
    is_fine = counts.n_known >= counts.half
    if verdict == "works":
        is_fine = is_fine and 2 * counts.n_lasting >= counts.n_known
    numbers = (
        ("known", float(counts.n_known)),
        ("lasting", float(counts.n_lasting)),
        ("supporting", float(counts.n_for)),
        ("needed", float(counts.half)),
    )
    return Reason("lasting", 0 if is_fine else -1, numbers)


def _coding(coding: Coding, rules: PlanRules) -> Reason:
    if coding.is_once:
        return Reason("coding_once", -1)
    if coding.alpha is None:
        return Reason("coding_undefined", -1)
    off = (coding.alpha < rules.alpha_good) + (coding.alpha < rules.alpha_fair)
    return Reason("coding", -off, (("alpha", coding.alpha),))


def _contradiction(counts: _Counts, rules: PlanRules, *, is_answered: bool) -> Reason:
    share = counts.share or 0.0
    if share > rules.share_large:
        off = 3
    elif is_answered:
        off = int(share > rules.share_small)
    else:
        off = int(share > 0) + int(share > rules.share_small)
    rule = "contradiction_answered" if is_answered and share > 0 else "contradiction"
    numbers = (
        ("share", share),
        ("contradicting", float(counts.n_against)),
        ("mixed", float(counts.n_mixed)),
    )
    return Reason(rule, -off, numbers)


def _half(rule: str, n: int, counts: _Counts) -> Reason:
    off = int(2 * n < counts.n_for)
    return Reason(rule, -off, (("families", float(n)), ("supporting", float(counts.n_for))))


def _bonus(counts: _Counts, points: int, rules: PlanRules) -> tuple[Reason, ...]:
    n_alive = sum(months >= rules.bonus_months for months in counts.alive)
    if n_alive < rules.bonus_families or counts.against > 0 or points >= rules.best_by_bonus:
        return ()
    return (Reason("bonus", 1, (("families", float(n_alive)),)),)


def _cap(coding: Coding, points: int, rules: PlanRules) -> tuple[Reason, ...]:
    if not coding.is_once and coding.alpha is not None:
        return ()
    return (Reason("cap", min(0, rules.best_coded_once - points)),)


def _flags(counts: _Counts) -> tuple[Reason, ...]:
    """Say what counts but should be known."""
    if not counts.n_eu_only:
        return ()
    numbers = (("families", float(counts.n_eu_only)), ("lasting", float(counts.n_lasting)))
    return (Reason("eu_followup_only", 0, numbers),)
