"""Step 2: which offer fits whom, why, and which questions are still open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alpclusters.analysis.funding.case.records import Case, Offer, Partner
from alpclusters.analysis.funding.eligibility import Judgements
from alpclusters.analysis.funding.eligibility.not_entered import lacks_conditions
from alpclusters.platform.funding.domain.accounts.composing import computed_data
from alpclusters.platform.funding.domain.case_offers.titles import offer_titles, with_titles
from alpclusters.platform.funding.domain.casework import CaseReport, check_case
from alpclusters.platform.funding.domain.casework.conditions import (
    entered_conditions,
)
from alpclusters.platform.funding.domain.casework.offers import newer_versions
from alpclusters.platform.funding.models import FundingCase
from alpclusters.reports.error_texts.case_faults import fault_line
from alpclusters.reports.funding_conditions import expression_words
from alpclusters.reports.funding_reasons import verdict_reasons
from alpclusters.www.components.parts import Crumb
from alpclusters.www.workspace.funding_cases.access import frame, own_case
from alpclusters.www.workspace.funding_cases.given import answers_of
from alpclusters.www.workspace.funding_cases.judging import (
    SIGNS,
    FitRow,
    fit_rows,
    judged,
    letter_of,
    worths_of,
)
from alpclusters.www.workspace.funding_cases.questions import questions_of
from alpclusters.www.workspace.funding_cases.words import (
    LEVELS,
    category_label,
    language,
    span_name,
)
from alpclusters.www.workspace.funding_cases.worths import worth_words

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
    step = Crumb(_("What fits?"), reverse("workspace:funding_case_fits", args=[pk]))
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
