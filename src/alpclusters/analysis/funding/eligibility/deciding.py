"""Which missing field would decide most offers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from alpclusters.analysis.errors import AnalysisError
from alpclusters.analysis.funding.eligibility.answers import (
    Answer,
    Question,
    answers_to,
    filled,
    open_questions,
    same_kind,
)
from alpclusters.analysis.funding.eligibility.conditions import decide_or_leave
from alpclusters.analysis.funding.eligibility.judging import Judgements
from alpclusters.analysis.funding.eligibility.truth import UNKNOWN


@dataclass(frozen=True, slots=True)
class DecidingField:
    """A question that is open, and how many offers its answers would decide.

    Attributes
    ----------
    path : str
        The field: ``partner.turnover_ct``, ``partners[P2].country``, ``project.start``.
    question : str
        Key of the question in five languages.
    values : tuple
        One answer of each kind; a place is a pair of code and vintage, ``OTHER`` any word but those
        that conditions name.
    decided : tuple of int
        For each answer how many offers become true or false, all else still open.
    offers : tuple of str
        The offers that it touches, n of them.
    caps_ct : int
        Sum of their ceilings in cents; an offer without one adds nothing.
    """

    path: str
    question: str
    values: tuple[Answer, ...]
    decided: tuple[int, ...]
    offers: tuple[str, ...]
    caps_ct: int

    @property
    def least(self) -> int:
        """Return how many offers it decides whatever the answer is."""
        return min(self.decided, default=0)

    @property
    def mean(self) -> Fraction:
        """Return how many it decides on the mean of its answers, exactly."""
        return Fraction(sum(self.decided), len(self.decided)) if self.decided else Fraction()


def rank_fields(judged: Judgements, partner_id: str) -> tuple[DecidingField, ...]:
    """Rank the missing fields of a partner by how many open offers they would decide.

    Parameters
    ----------
    judged : Judgements
        A case, judged by ``judge_case``.
    partner_id : str
        One of its partners.

    Returns
    -------
    tuple of DecidingField
        By least and mean number of offers decided and by the sum of their ceilings, descending,
        then by name. Fields of the offers themselves are left out: no partner can answer them.

    Raises
    ------
    AnalysisError
        ``eligibility.unknown_partner``.

    Notes
    -----
    Answers: enumerations as declared; of numbers and days one for each interval cut by the
    constants used with the field. O(fields x answers x offers touched).

    Examples
    --------
    >>> import datetime as dt
    >>> from alpclusters.analysis.funding.case.periods import Periods
    >>> from alpclusters.analysis.funding.case.records import Case, Partner
    >>> from alpclusters.analysis.funding.case.territory import Territory
    >>> from alpclusters.analysis.funding.eligibility import judge_case
    >>> one = Partner("P1", "One", "U1", "sme", "DE11", 2016, "DE")
    >>> case = Case("Nothing yet", Periods(dt.date(2025, 1, 1), 4), (), (one,), (), (), ())
    >>> rank_fields(judge_case(case, Territory({})), "P1")
    ()
    """
    if partner_id not in judged.partners:
        raise AnalysisError("eligibility.unknown_partner", found=partner_id)
    asked: dict[str, dict[str, list[Question]]] = {}
    for offer_id in _open_offers(judged, partner_id):
        terms = judged.terms[offer_id]
        for question in open_questions(terms.eligibility, judged.scope(offer_id, partner_id)):
            if question.is_fillable and not question.path.startswith("offer."):
                asked.setdefault(question.path, {}).setdefault(offer_id, []).append(question)
    found = [_weighed(path, by_offer, judged, partner_id) for path, by_offer in asked.items()]
    return tuple(sorted(found, key=_rank))


def _open_offers(judged: Judgements, partner_id: str) -> Sequence[str]:
    return [
        offer_id
        for offer_id in judged.offers
        if judged.truths[offer_id, partner_id] is UNKNOWN
        and decide_or_leave(judged.terms[offer_id].eligibility, judged.scope(offer_id, partner_id))[
            0
        ]
        is UNKNOWN
    ]


def _weighed(
    path: str,
    by_offer: Mapping[str, Sequence[Question]],
    judged: Judgements,
    partner_id: str,
) -> DecidingField:
    questions = [question for asked in by_offer.values() for question in asked]
    values = _values(questions)
    decided = [0] * len(values)
    for offer_id, asked in by_offer.items():
        node, scope = judged.terms[offer_id].eligibility, judged.scope(offer_id, partner_id)
        own = _values(asked)
        is_decided = {one: node.truth(filled(scope, [(path, one)])) is not UNKNOWN for one in own}
        for index, value in enumerate(values):
            decided[index] += is_decided[same_kind(value, own, questions[0].field)]
    caps = sum(judged.terms[offer_id].cap_ct or 0 for offer_id in by_offer)
    return DecidingField(
        path, questions[0].field.question, values, tuple(decided), tuple(by_offer), caps
    )


def _values(questions: Sequence[Question]) -> tuple[Answer, ...]:
    """Return the answers to try; of a list of words with too many kinds none and all of them."""
    answers = answers_to(questions)
    if answers is not None:
        return answers
    words = {str(one) for asked in questions if asked.leaf for one in asked.leaf.wanted}
    return ((), tuple(sorted(words)))


def _rank(one: DecidingField) -> tuple[int, Fraction, int, str]:
    return -one.least, -one.mean, -one.caps_ct, one.path
