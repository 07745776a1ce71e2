"""The proof of a mix: every ceiling with limit, use and room; what is tight, unverified, broken."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alpclusters.analysis.funding.check.records import Ceiling
from alpclusters.reports.funding.words import METHODS, said
from alpclusters.reports.funding_ceilings import (
    ceiling_name,
    law_words,
    note_sentence,
    violation_sentence,
)
from alpclusters.reports.funding_subjects import Words
from alpclusters.reports.numbers import format_integer
from alpclusters.www.components.parts import Crumb, Tab
from alpclusters.www.workspace.mixes.access import Shown, frame, own_run
from alpclusters.www.workspace.mixes.downloads import files_of
from alpclusters.www.workspace.mixes.records import ceiling_of, note_of, violation_of
from alpclusters.www.workspace.mixes.verdicts import verdict
from alpclusters.www.workspace.mixes.words import euros, language

MOST_ON_MIX: Final = 6
PAGE_SIZE: Final = 40
FILTERS: Final = ("", "tight", "unverified", "violated")


@dataclass(frozen=True)
class CeilingRow:
    """One ceiling in words."""

    what: str
    whom: str
    law: str
    limit: str
    used: str
    slack: str
    result: str
    tone: str
    icon: str
    is_unverified: bool


@login_required
@require_safe
def mix_proof(request: HttpRequest, pk: int) -> HttpResponse:
    """Show every ceiling of a mix."""
    shown = own_run(request, pk)
    mix = shown.mix
    wanted = request.GET.get("only", "")
    chosen = wanted if wanted in FILTERS else ""
    ceilings = mix["check"]["ceilings"]
    page = Paginator(_only(ceilings, chosen), PAGE_SIZE).get_page(request.GET.get("page"))
    page.object_list = [row_of(shown, item) for item in page.object_list]
    context = frame(request, shown, "proof", Crumb(_("Proof")))
    context |= {
        "verdict": verdict(shown.run, mix),
        "violations": violations(shown, mix),
        "page": page,
        "tabs": _tabs(shown, ceilings, chosen),
        "has_yellow_band": bool(_yellow(ceilings)),
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


def tightest(shown: Shown, mix: dict[str, Any]) -> list[CeilingRow]:
    """Return the ceilings with least room in words, one of each rule."""
    first: dict[str, dict[str, Any]] = {}
    for item in mix["check"]["ceilings"]:
        first.setdefault(item["rule"], item)
    return [row_of(shown, item) for item in list(first.values())[:MOST_ON_MIX]]


def violations(shown: Shown, mix: dict[str, Any]) -> list[str]:
    """Say what is broken."""
    return [
        violation_sentence(violation_of(item), shown.case, language())
        for item in mix["check"]["violations"]
    ]


def row_of(shown: Shown, item: dict[str, Any]) -> CeilingRow:
    """Put a ceiling into words."""
    ceiling = ceiling_of(item)
    result, tone, icon = _result(ceiling)
    return CeilingRow(
        ceiling_name(ceiling.rule, ceiling.subject, language()),
        Words(shown.case, language()).subject(ceiling.subject),
        law_words(ceiling.act, ceiling.article, language()),
        _amount(ceiling.limit_ct, ceiling.unit),
        _amount(ceiling.used_ct, ceiling.unit),
        _amount(ceiling.slack_ct, ceiling.unit),
        result,
        tone,
        icon,
        ceiling.status == "unverified",
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


def _only(ceilings: Sequence[dict[str, Any]], chosen: str) -> list[dict[str, Any]]:
    tests = {
        "": lambda _item: True,
        "tight": lambda item: ceiling_of(item).is_tight,
        "unverified": lambda item: item["status"] == "unverified",
        "violated": lambda item: item["slack_ct"] < 0,
    }
    return [item for item in ceilings if tests[chosen](item)]


def _tabs(shown: Shown, ceilings: Sequence[dict[str, Any]], chosen: str) -> list[Tab]:
    words = {
        "": _("All ceilings"),
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


def _yellow(ceilings: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        item for item in ceilings if item["status"] == "unverified" and ceiling_of(item).is_tight
    ]


def _note(shown: Shown, item: dict[str, Any]) -> str:
    return note_sentence(note_of(item), shown.case, language())
