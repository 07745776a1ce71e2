"""The proof of a mix: every ceiling with limit, use and room; what is tight, unverified, broken."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alpclusters.analysis.funding.check.records import Ceiling
from alpclusters.reports.funding.binding import binding_rows, just_met, loosened_words
from alpclusters.reports.funding.limits import (
    LimitRow,
    binding,
    ceilings_of,
    folded_rows,
    limit_rows,
)
from alpclusters.reports.funding.opening import opening
from alpclusters.reports.funding.rules_used import Statement, rules_used, statements
from alpclusters.reports.funding.words import METHODS, said
from alpclusters.reports.funding_ceilings import limit_words, note_sentence, violation_sentence
from alpclusters.reports.numbers import format_integer
from alpclusters.www.components.parts import Crumb, Tab
from alpclusters.www.workspace.mixes.access import Shown, frame, own_run
from alpclusters.www.workspace.mixes.downloads import files_of
from alpclusters.www.workspace.mixes.records import note_of, violation_of
from alpclusters.www.workspace.mixes.verdicts import verdict
from alpclusters.www.workspace.mixes.words import euros, language

MOST_ON_MIX: Final = 6
PAGE_SIZE: Final = 40
FILTERS: Final = ("", "tight", "unverified", "violated")


@dataclass(frozen=True)
class CeilingRow:
    """A ceiling, or several that are alike, in words."""

    what: str
    whom: str
    law: str
    law_url: str
    limit: str
    used: str
    slack: str
    result: str
    tone: str
    icon: str
    is_unverified: bool
    more: str = ""
    statements: Sequence[Statement] = ()


@login_required
@require_safe
def mix_proof(request: HttpRequest, pk: int) -> HttpResponse:
    """Show every ceiling of a mix."""
    shown = own_run(request, pk)
    mix = shown.mix
    wanted = request.GET.get("only", "")
    chosen = wanted if wanted in FILTERS else ""
    is_each, today = "each" in request.GET, timezone.localdate()
    ceilings = ceilings_of(shown.subject)
    kept = _only(ceilings, chosen)
    rows = (limit_rows if is_each else folded_rows)(shown.subject, kept)
    page: Page[Any] = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    page.object_list = [_view(row) for row in page.object_list]
    context = frame(request, shown, "proof", Crumb(_("Proof")))
    context |= {
        "verdict": verdict(shown.run, mix),
        "violations": violations(shown, mix),
        "page": page,
        "tabs": _tabs(shown, ceilings, chosen),
        "has_yellow_band": any(one.status == "unverified" for one in binding(ceilings)),
        "opening": opening(shown.subject, today=today),
        "binding": _binding(shown),
        "just_met": just_met(shown.subject),
        "rules": rules_used(shown.subject, today=today),
        "is_each": is_each,
        "chosen": chosen,
        "is_folded": len(rows) < len(kept),
        "notes": [_note(shown, item) for item in mix["check"]["notes"]],
        "undecided": [_note(shown, item) for item in mix["check"]["undecided"]],
        "certificate": mix["certificate"],
        "method": said(METHODS, (mix["certificate"] or {}).get("method", ""), language()),
        "solver": mix["solver"],
        "digest": mix["case_sha256"],
        "bound": euros(mix["bound"]),
        "objective": euros(mix["objective"]),
        "files": files_of(shown.run),
    }
    return render(request, "workspace/mixes/proof.html", context)


def tightest(shown: Shown) -> list[CeilingRow]:
    """Return the ceilings with least room in words, one row of each rule."""
    first: dict[str, LimitRow] = {}
    for row in folded_rows(shown.subject, ceilings_of(shown.subject)):
        first.setdefault(row.first.rule, row)
    return [_view(row) for row in list(first.values())[:MOST_ON_MIX]]


def _binding(shown: Shown) -> list[CeilingRow]:
    """Return what binds, with what a little more of it would bring and what the law says."""
    return [
        replace(
            _view(row),
            more=loosened_words(shown.subject, row),
            statements=statements((row.first,), language()),
        )
        for row in binding_rows(shown.subject)
    ]


def violations(shown: Shown, mix: dict[str, Any]) -> list[str]:
    """Say what is broken."""
    return [
        violation_sentence(violation_of(item), shown.case, language())
        for item in mix["check"]["violations"]
    ]


def rows_of(shown: Shown, ceilings: Iterable[Ceiling]) -> list[CeilingRow]:
    """Put ceilings into words, what is alike in one row."""
    return [_view(row) for row in folded_rows(shown.subject, ceilings)]


def _view(row: LimitRow) -> CeilingRow:
    result, tone, icon = _result(row.first)
    limit, used, slack = (
        _amount(amount, row.first.unit) for amount in (row.limit, row.used, row.slack)
    )
    return CeilingRow(
        row.what,
        row.whom,
        row.law,
        row.law_url,
        limit_words(row.first, limit, language()),
        used,
        slack,
        result,
        tone,
        icon,
        row.is_unverified,
    )


def _result(ceiling: Ceiling) -> tuple[str, str, str]:
    if ceiling.slack_ct < 0:
        return _("broken"), "bad", "circle-alert"
    if ceiling.is_tight:
        return _("kept, tight"), "good", "check"
    return _("kept"), "good", "check"


def _amount(amount: int, unit: str) -> str:
    if unit == "count":
        return format_integer(amount, language())
    return euros(amount)


def _only(ceilings: Sequence[Ceiling], chosen: str) -> list[Ceiling]:
    tests: dict[str, Callable[[Ceiling], bool]] = {
        "": lambda _one: True,
        "tight": lambda one: one.is_tight,
        "unverified": lambda one: one.status == "unverified",
        "violated": lambda one: one.slack_ct < 0,
    }
    return [one for one in ceilings if tests[chosen](one)]


def _tabs(shown: Shown, ceilings: Sequence[Ceiling], chosen: str) -> list[Tab]:
    words = {
        "": _("All limits"),
        "tight": _("Tight"),
        "unverified": _("Unverified"),
        "violated": _("Broken"),
    }
    address = reverse("workspace:mix_proof", args=[shown.run.pk])
    return [
        Tab(
            words[key],
            f"{address}?only={key}" if key else address,
            key == chosen,
            format_integer(len(_only(ceilings, key)), language()),
        )
        for key in FILTERS
    ]


def _note(shown: Shown, item: dict[str, Any]) -> str:
    return note_sentence(note_of(item), shown.case, language())
