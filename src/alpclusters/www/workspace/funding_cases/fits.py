"""Step 2: which offer fits whom, why, what it would bring, and which questions decide."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from alpclusters.analysis.funding.case import Case, Offer, Partner, counting_ct
from alpclusters.analysis.funding.eligibility import Judgements, Truth, judge_case
from alpclusters.analysis.funding.eligibility.fields import lacks_conditions
from alpclusters.platform.funding.domain.accounts.composing import computed_data
from alpclusters.platform.funding.domain.case_offers import offer_titles, with_titles
from alpclusters.platform.funding.domain.casework import CaseReport, check_case
from alpclusters.platform.funding.domain.casework.conditions import entered_conditions
from alpclusters.platform.funding.domain.casework.offers import newer_versions
from alpclusters.platform.funding.domain.territory import territory
from alpclusters.platform.funding.models import FundingCase
from alpclusters.reports.error_texts.case_faults import fault_line
from alpclusters.reports.funding_words.conditions import expression_words
from alpclusters.reports.funding_words.reasons import verdict_reasons
from alpclusters.reports.numbers import format_percent
from alpclusters.www.components.parts import Crumb
from alpclusters.www.workspace.funding_cases.case_frame import (
    LEVELS,
    category_label,
    euros,
    frame,
    language,
    own_case,
    span_name,
)
from alpclusters.www.workspace.funding_cases.questions import answers_of, questions_of

if TYPE_CHECKING:
    from alpclusters.analysis.funding.mix.worths import Worth


# --- Who fits which offer of a case, as rows of a matrix with words and signs ---------------------


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


# --- What an offer would bring a partner and what it would block, in words ------------------------


@dataclass(frozen=True)
class WorthWords:
    """Amounts as text, and the other offers by what they share with this one."""

    amount: str
    cost: str
    bounds: Sequence[Any]
    missing: Any
    # Empty where the offer uses no de minimis account.
    room: str
    excludes: Sequence[str]
    same_costs: Sequence[str]
    account_with: Sequence[str]


def worth_words(case: Case, worth: "Worth") -> WorthWords:
    """Put into words what an offer brings and blocks."""
    titles = {offer.id: offer.title or offer.id for offer in case.offers}

    def named(offers: Iterable[str]) -> list[str]:
        return [titles[key] for key in offers]

    return WorthWords(
        amount=amount_words(worth),
        cost=euros(worth.cost_ct),
        bounds=[BOUNDS[name] for name in worth.bounds],
        missing=MISSING.get(worth.missing, ""),
        room="" if worth.room_ct is None else euros(worth.room_ct),
        excludes=named(worth.excludes),
        same_costs=named(worth.same_costs),
        account_with=named(worth.account_with),
    )


# --- Step 2: which offer fits whom, why, and which questions are still open -----------------------


PAGE_SIZE: Final = 20
MOST_FAULTS: Final = 20
MOST_NEWER: Final = 20


@dataclass(frozen=True)
class Filters:
    """What of the matrix is wanted."""

    letter: str = ""
    partner: str = ""
    level: str = ""
    words: str = ""

    @property
    def is_used(self) -> bool:
        """Say whether anything is left out."""
        return bool(self.letter or self.partner or self.level or self.words)


@login_required
@require_safe
def funding_case_fits(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the matrix of partners and offers, the open questions, what is newer by now."""
    case = own_case(request, pk)
    report = check_case(computed_data(case))
    context = frame(request, case, "fits")
    context |= {
        "faults": [fault_line(fault, language()) for fault in report.faults[:MOST_FAULTS]],
        "warnings": [fault_line(one, language()) for one in report.warnings[:MOST_FAULTS]],
        "missing": report.missing,
        "is_ready": report.is_ready,
        "newer": newer_versions(case.data, case.taken.get("offers", {}))[:MOST_NEWER],
        "matrix": None,
        "questions": (),
        "uncoded": (),
        "entered": _entered(case),
        "answers": answers_of(case.data),
        "has_offers": bool(case.data.get("offers")),
    }
    if report.case is not None and report.case.offers and report.case.partners:
        named = with_titles(report.case, language())
        context |= _judged_context(request, case, named)
    return render(request, "workspace/funding_cases/fits.html", context)


def _entered(case: FundingCase) -> list[tuple[str, str]]:
    """Return key and title of the offers whose conditions were entered for this case."""
    keys = [
        offer["id"]
        for offer in case.data.get("offers", [])
        if entered_conditions(case.data, case.taken, offer["id"]) is not None
    ]
    titles = offer_titles(case.data, language()) if keys else {}
    return [(key, titles.get(key, key)) for key in keys]


@login_required
@require_safe
def funding_fit(request: HttpRequest, pk: int) -> HttpResponse:
    """Show why an offer fits a partner, does not fit, or is open; without names the first two."""
    case = own_case(request, pk)
    read = with_titles(_readable(check_case(computed_data(case))), language())
    one = _named(read.partners, request.GET.get("partner"))
    other = _named(read.offers, request.GET.get("offer"))
    judgements = judged(read)
    worths = worths_of(read, judgements)
    row = fit_rows(read, judgements, [other], worths)[0]
    worth = worths.get((other.id, one.id))
    cell = next(cell for cell in row.cells if cell.partner == one.id)
    names = {partner.id: partner.name for partner in read.partners}
    verdict = judgements.verdict(other.id, one.id)
    step = Crumb(gettext("What fits?"), reverse("workspace:funding_case_fits", args=[pk]))
    context = frame(request, case, "", step, Crumb(f"{row.title}, {one.name}"))
    context |= {
        "row": row,
        "cell": cell,
        "partner": one,
        "offer": other,
        "worth": worth_words(read, worth) if worth and cell.letter != "F" else None,
        "reasons": verdict_reasons(verdict, language(), partners=names),
        "conditions": expression_words(other.eligibility, language()),
        "categories": [category_label(key) for key in other.categories],
        "time": span_name(read.periods, *other.window),
        "is_decided_anyway": verdict.truth is not verdict.exact,
        "questions": questions_of(read, judgements, [one.id], only=other.id),
        "uncoded": [pair for pair in _uncoded(read, judgements, [one.id]) if pair[0] == other.id],
    }
    return render(request, "workspace/funding_cases/fit.html", context)


def _named[T: Partner | Offer](things: Sequence[T], key: str | None) -> T:
    """Return the thing with an identifier, the first one without; 404 if there is none."""
    found = next((one for one in things if key is None or one.id == key), None)
    if found is None:
        raise Http404
    return found


def _readable(report: CaseReport) -> Case:
    if report.case is None:
        raise Http404
    return report.case


def _judged_context(request: HttpRequest, case: FundingCase, read: Case) -> dict[str, Any]:
    judgements = judged(read)
    filters = _filters(request, read)
    chosen = [offer for offer in read.offers if _fits(offer, judgements, read, filters)]
    page = Paginator(chosen, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = fit_rows(read, judgements, list(page.object_list), worths_of(read, judgements))
    shown = [partner for partner in read.partners if filters.partner in {"", partner.id}]
    wanted = [partner.id for partner in shown]
    return {
        "matrix": _only(rows, set(wanted)),
        "page": page,
        "columns": shown,
        "filters": filters,
        "choices": _choices(read),
        "summary": _summary(judgements),
        "questions": questions_of(read, judgements, wanted),
        "uncoded": _uncoded(read, judgements, wanted),
        "case": case,
    }


def _uncoded(read: Case, judgements: Judgements, partners: Sequence[str]) -> list[tuple[str, str]]:
    """Return key and title of the offers that are open because nobody entered their conditions."""
    return [
        (offer.id, offer.title or offer.id)
        for offer in read.offers
        if lacks_conditions(offer.eligibility)
        and any(letter_of(judgements, offer.id, one) == "U" for one in partners)
    ]


def _filters(request: HttpRequest, read: Case) -> Filters:
    known = {partner.id for partner in read.partners}
    partner, level = request.GET.get("partner", ""), request.GET.get("level", "")
    letter = request.GET.get("fit", "")
    return Filters(
        letter=letter if letter in SIGNS else "",
        partner=partner if partner in known else "",
        level=level if level in LEVELS else "",
        words=request.GET.get("q", "").strip()[:200],
    )


def _fits(offer: Offer, judgements: Judgements, read: Case, filters: Filters) -> bool:
    title = (offer.title or offer.id).casefold()
    if filters.level and offer.level != filters.level:
        return False
    if not all(word in title for word in filters.words.casefold().split()):
        return False
    partners = [filters.partner] if filters.partner else [one.id for one in read.partners]
    letters = {letter_of(judgements, offer.id, partner) for partner in partners}
    return not filters.letter or filters.letter in letters


def _choices(read: Case) -> Mapping[str, Sequence[tuple[str, Any]]]:
    levels = {offer.level for offer in read.offers}
    return {
        "fits": [(letter, word) for letter, (_sign, word, _look) in SIGNS.items()],
        "partners": [(partner.id, partner.name) for partner in read.partners],
        "levels": [(key, label) for key, label in LEVELS.items() if key in levels],
    }


def _summary(judgements: Judgements) -> list[tuple[str, Any, str, int]]:
    """Count the cells: sign, word, look, number."""
    letters = [truth.letter for truth in judgements.truths.values()]
    return [
        (sign, word, look, letters.count(letter)) for letter, (sign, word, look) in SIGNS.items()
    ]


def _only(rows: Sequence[FitRow], partners: set[str]) -> list[dict[str, Any]]:
    """Return rows with the cells of the partners shown."""
    return [
        {"offer": row, "cells": [cell for cell in row.cells if cell.partner in partners]}
        for row in rows
    ]
