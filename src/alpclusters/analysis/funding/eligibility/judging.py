"""Judge every offer of a case for every partner."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from alpclusters.analysis.funding.case.records import Case, Offer
from alpclusters.analysis.funding.case.territory import Territory
from alpclusters.analysis.funding.eligibility.case_facts import CaseFacts, case_facts, offer_facts
from alpclusters.analysis.funding.eligibility.conditions import Verdict, verdict_of
from alpclusters.analysis.funding.eligibility.evaluating import scope_of
from alpclusters.analysis.funding.eligibility.nodes import Node
from alpclusters.analysis.funding.eligibility.places import Ground
from alpclusters.analysis.funding.eligibility.reading import read_node
from alpclusters.analysis.funding.eligibility.scopes import Scope
from alpclusters.analysis.funding.eligibility.truth import FALSE, TRUE, Truth


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
    >>> from alpclusters.analysis.funding.case.periods import Periods
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
