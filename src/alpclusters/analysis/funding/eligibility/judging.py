"""Judge conditions, and every offer of a case; which missing field would decide most."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from alpclusters.analysis.errors import AnalysisError
from alpclusters.analysis.funding.case import Case, Offer, Territory
from alpclusters.analysis.funding.eligibility.checking import TooManyAnswersError
from alpclusters.analysis.funding.eligibility.completing import (
    Answer,
    Question,
    answers_to,
    decide_node,
    filled,
    open_questions,
    same_kind,
)
from alpclusters.analysis.funding.eligibility.evaluating import read_node, scope_of
from alpclusters.analysis.funding.eligibility.fields import CaseFacts, case_facts, offer_facts
from alpclusters.analysis.funding.eligibility.nodes import Node, Scope
from alpclusters.analysis.funding.eligibility.places import Ground
from alpclusters.analysis.funding.eligibility.truth import (
    FALSE,
    TRUE,
    UNKNOWN,
    Trace,
    Truth,
    open_fields,
)

# --- One condition that is read once and judged for many bodies -----------------------------------


_NO_SOURCES: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known of one partner and one offer.

    Attributes
    ----------
    truth : Truth
        Kleene's value: what optimiser and checker go by.
    exact : Truth
        The value that every way to answer the open questions gives; unknown where they differ. Says
        "whatever the answer" where it is decided and ``truth`` is not.
    is_exact : bool
        False where there were too many ways to try; ``exact`` is then ``truth``.
    trace : Trace
        The whole evaluation.
    open_fields : tuple of str
        Fields whose absence keeps it open, empty where ``exact`` is decided.
    """

    truth: Truth
    exact: Truth
    is_exact: bool
    trace: Trace
    open_fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition that was read; facts are as in ``evaluate``."""

    node: Node = field(repr=False)
    ground: Ground = field(repr=False)
    sources: Mapping[str, str] = field(default_factory=dict)

    def truth(self, facts: Mapping[str, object]) -> Truth:
        """Return its value, without reasons."""
        return self.node.truth(scope_of(facts, self.ground))

    def judge(self, facts: Mapping[str, object]) -> Verdict:
        """Return its value with the reasons and with what is open."""
        return verdict_of(self.node, scope_of(facts, self.ground), self.sources)


def read_condition(
    expression: object, territory: Territory, *, sources: Mapping[str, str] = _NO_SOURCES
) -> Condition:
    """Read a condition once, to judge it for many bodies.

    Parameters
    ----------
    expression : JSON value
        A condition.
    territory : Territory
        Codes, recoding and areas.
    sources : mapping of str to str, optional
        Where conditions are from, by JSON Pointer.

    Returns
    -------
    Condition
        With ``truth(facts)`` and ``judge(facts)``.

    Raises
    ------
    ExpressionError
        The condition has faults.

    Examples
    --------
    >>> small = read_condition({"eq": ["partner.size", "small"]}, Territory({}))
    >>> small.judge({"partner": {}}).open_fields
    ('partner.size',)
    """
    ground = Ground(territory)
    return Condition(read_node(expression, ground), ground, dict(sources))


def verdict_of(node: Node, scope: Scope, sources: Mapping[str, str]) -> Verdict:
    """Judge a condition that is read already."""
    trace = node.trace(scope, sources)
    exact, is_exact = decide_or_leave(node, scope)
    return Verdict(
        trace.result, exact, is_exact, trace, open_fields(trace) if exact is UNKNOWN else ()
    )


def decide_or_leave(node: Node, scope: Scope) -> tuple[Truth, bool]:
    """Decide over all answers, or leave it as it is where there are too many; say which."""
    try:
        return decide_node(node, scope), True
    except TooManyAnswersError:
        return node.truth(scope), False


# --- Judge every offer of a case for every partner ------------------------------------------------


@dataclass(frozen=True, slots=True)
class Terms:
    """An offer as it is judged: its condition, its rates, what conditions may ask of it."""

    eligibility: Node
    rates: tuple[tuple[int, Node | None], ...]
    facts: Mapping[str, object]
    sources: Mapping[str, str]
    cap_ct: int | None


@dataclass(frozen=True, slots=True)
class Judgements:
    """All offers of a case judged for all its partners.

    Attributes
    ----------
    offers, partners : tuple of str
        Their ids, in the order of the case.
    truths : mapping of (str, str) to Truth
        By offer and partner.
    """

    offers: tuple[str, ...]
    partners: tuple[str, ...]
    truths: Mapping[tuple[str, str], Truth]
    terms: Mapping[str, Terms] = field(repr=False)
    facts: CaseFacts = field(repr=False)
    ground: Ground = field(repr=False)

    def truth(self, offer_id: str, partner_id: str) -> Truth:
        """Return whether a partner fits an offer, without the reasons."""
        return self.truths[offer_id, partner_id]

    def verdict(self, offer_id: str, partner_id: str) -> Verdict:
        """Return whether a partner fits an offer, why, and what is open."""
        terms = self.terms[offer_id]
        return verdict_of(terms.eligibility, self.scope(offer_id, partner_id), terms.sources)

    def rate_bp(self, offer_id: str, partner_id: str, *, assume_open: bool = False) -> int | None:
        """Return the rate that holds for a partner for sure, None where none does.

        The first rate whose condition is true is taken. Before it, a rate that may hold lowers it:
        the least of them is sure. With ``assume_open`` a rate that may hold is taken as holding.
        """
        scope = self.scope(offer_id, partner_id)
        least: int | None = None
        for bp, when in self.terms[offer_id].rates:
            truth = when.truth(scope) if when else TRUE
            if truth is FALSE:
                continue
            least = bp if least is None else min(least, bp)
            if truth is TRUE or assume_open:
                return least
        return None

    def scope(self, offer_id: str, partner_id: str) -> Scope:
        """Return what the conditions of an offer ask of a partner."""
        return scope_of(self.facts.of(partner_id, self.terms[offer_id].facts), self.ground)


def judge_case(case: Case, territory: Territory) -> Judgements:
    """Judge every offer of a case for every partner.

    Parameters
    ----------
    case : Case
        A case whose conditions have no faults.
    territory : Territory
        Codes, recoding and areas.

    Returns
    -------
    Judgements
        ``truths`` for all pairs; ``verdict`` and ``rate_bp`` for one pair, made when asked.

    Raises
    ------
    ExpressionError
        The condition of an offer or of one of its rates has faults.

    Notes
    -----
    Each condition is read once and asked once for each partner: O(offers x partners x size of the
    condition). Reasons are made when they are asked for. "Kleene" is the convention of ``truths``.

    Examples
    --------
    >>> import datetime as dt
    >>> from alpclusters.analysis.funding.case import Periods
    >>> judged = judge_case(
    ...     Case("Nothing yet", Periods(dt.date(2025, 1, 1), 4), (), (), (), (), ()), Territory({})
    ... )
    >>> judged.offers
    ()
    """
    ground = Ground(territory)
    facts = case_facts(case)
    terms = {offer.id: _terms(offer, ground) for offer in case.offers}
    truths = {
        (offer_id, partner_id): one.eligibility.truth(
            scope_of(facts.of(partner_id, one.facts), ground)
        )
        for offer_id, one in terms.items()
        for partner_id in facts.partners
    }
    return Judgements(
        tuple(terms),
        tuple(facts.partners),
        truths,
        terms,
        facts,
        ground,
    )


def _terms(offer: Offer, ground: Ground) -> Terms:
    rates = tuple(
        (rate.bp, None if rate.when is None else read_node(rate.when, ground))
        for rate in offer.rates
    )
    return Terms(
        read_node(offer.eligibility, ground),
        rates,
        offer_facts(offer),
        _sources(offer),
        offer.cap_ct,
    )


def _sources(offer: Offer) -> Mapping[str, str]:
    """Return where conditions are from: a fact named ``eligibility/all/0`` is of ``/all/0``."""
    return {
        fact.name.removeprefix("eligibility"): fact.source
        for fact in offer.facts
        if fact.name == "eligibility" or fact.name.startswith("eligibility/")
    }


# --- Which missing field would decide most offers -------------------------------------------------


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
    >>> from alpclusters.analysis.funding.case import Case, Partner, Periods, Territory
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
