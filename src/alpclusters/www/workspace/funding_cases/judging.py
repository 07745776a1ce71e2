"""Who fits which offer of a case, as rows of a matrix with words and signs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from alpclusters.analysis.funding.case.counting import counting_ct
from alpclusters.analysis.funding.case.records import Case, Offer
from alpclusters.analysis.funding.eligibility import Judgements, Truth, judge_case
from alpclusters.platform.funding.domain.territory import territory
from alpclusters.reports.numbers import format_percent
from alpclusters.www.workspace.funding_cases.words import LEVELS, euros, language

if TYPE_CHECKING:
    from alpclusters.analysis.funding.mix.worths import Worth

# Letter -> sign, word, class of the cell; the sign and the word carry it, colour only repeats.
SIGNS: Final[Mapping[str, tuple[str, Any, str]]] = {
    "T": ("✓", _("fits"), "yes"),
    "U": ("?", pgettext_lazy("eligibility", "open"), "open"),
    "F": ("✗", _("does not fit"), "no"),
}
BOUNDS: Final[Mapping[str, Any]] = {
    "cap": _("the ceiling of the offer"),
    "partner_cap": _("the ceiling of the offer for each partner"),
    "account": _("what is left in the de minimis account"),
    "threshold": _("the threshold of a State aid article"),
}
# Why there is no amount; the law of a day that is not known gives no zero.
MISSING: Final[Mapping[str, Any]] = {
    "costs": _("No cost of this partner counts: none in the categories and time of the offer."),
    "law": _("Undecided: the rule for the day of the grant is not known."),
    "offer": _("The offer is not reached: its least amount, partners or countries are missing."),
    "rule": _("The law gives this partner nothing from this offer."),
}
FULL: Final = 10_000


@dataclass(frozen=True)
class FitCell:
    """One partner and one offer."""

    partner: str
    name: str
    letter: str
    sign: str
    word: Any
    look: str
    rate: str
    # What the offer would bring by itself, and how many other offers that touches.
    amount: str = ""
    n_touched: int = 0
    # Why it would bring nothing.
    missing: str = ""


@dataclass(frozen=True)
class FitRow:
    """One offer with a cell for each partner."""

    id: str
    title: str
    level: str
    is_simulated: bool
    is_unverified: bool
    cells: Sequence[FitCell]
    counts_ct: int
    counts: str

    def has(self, letter: str) -> bool:
        """Say whether a cell has a letter."""
        return any(cell.letter == letter for cell in self.cells)


def judged(case: Case) -> Judgements:
    """Judge a case with the packaged tables of regions."""
    return judge_case(case, territory())


def worths_of(case: Case, judgements: Judgements) -> Mapping[tuple[str, str], "Worth"]:
    """Return what each offer would bring each partner by itself."""
    from alpclusters.analysis.funding.mix.worths import worths  # noqa: PLC0415 - loads NumPy

    return worths(case, territory(), judgements)


def amount_words(worth: "Worth") -> str:
    """Say what an offer would bring: up to so much, or from one amount to another."""
    if worth.missing == "law":
        return gettext("undecided")
    if worth.most_ct == 0:
        return euros(0)
    if worth.least_ct == worth.most_ct:
        return gettext("up to %(amount)s") % {"amount": euros(worth.most_ct)}
    ends = {"least": euros(worth.least_ct), "most": euros(worth.most_ct)}
    return gettext("%(least)s to %(most)s") % ends


def touched(worth: "Worth") -> tuple[str, ...]:
    """Return the other offers that get less, or nothing, beside an offer."""
    return tuple(dict.fromkeys((*worth.excludes, *worth.same_costs, *worth.account_with)))


def fit_rows(
    case: Case,
    judgements: Judgements,
    offers: Sequence[Offer],
    worths: Mapping[tuple[str, str], "Worth"],
) -> list[FitRow]:
    """Return the rows of some offers."""
    return [_row(case, judgements, offer, worths) for offer in offers]


def letter_of(judgements: Judgements, offer: str, partner: str) -> str:
    """Return T, U or F as a mix goes by it."""
    return _letter(judgements.truth(offer, partner))


def _row(
    case: Case,
    judgements: Judgements,
    offer: Offer,
    worths: Mapping[tuple[str, str], "Worth"],
) -> FitRow:
    cells = [
        _cell(judgements, offer.id, partner.id, partner.name, worths.get((offer.id, partner.id)))
        for partner in case.partners
    ]
    able = frozenset(cell.partner for cell in cells if cell.letter != "F")
    counts = counting_ct(case, offer, able)
    return FitRow(
        id=offer.id,
        title=offer.title or offer.id,
        level=str(LEVELS[offer.level]),
        is_simulated=any(fact.status == "demonstration" for fact in offer.facts),
        is_unverified=any(fact.status == "unverified" for fact in offer.facts),
        cells=cells,
        counts_ct=counts,
        counts=euros(counts),
    )


def _cell(
    judgements: Judgements, offer: str, partner: str, name: str, worth: "Worth | None"
) -> FitCell:
    letter = letter_of(judgements, offer, partner)
    sign, word, look = SIGNS[letter]
    bp = None if letter == "F" else judgements.rate_bp(offer, partner)
    rate = "" if bp is None else format_percent(bp / FULL, language(), 0 if bp % 100 == 0 else 2)
    if letter == "F":
        return FitCell(partner, name, letter, sign, word, look, rate)
    if worth is None:
        return FitCell(partner, name, letter, sign, word, look, rate)
    return FitCell(
        partner,
        name,
        letter,
        sign,
        word,
        look,
        rate,
        amount_words(worth),
        len(touched(worth)),
        _nothing_words(worth),
    )


def _nothing_words(worth: "Worth") -> str:
    """Say why an offer that fits would bring nothing; empty where it brings something."""
    if worth.missing or worth.most_ct:
        return str(MISSING.get(worth.missing, ""))
    cut = ", ".join(str(BOUNDS[name]) for name in worth.bounds)
    return f"{gettext('Cut by:')} {cut}" if cut else ""


def _letter(truth: Truth) -> str:
    return truth.letter
