"""The proof of a mix: what a run came to, every ceiling with its room, the files."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from alpclusters.analysis.funding.check.findings import Ceiling, Note, Violation
from alpclusters.analysis.funding.mix.document import mix_text
from alpclusters.platform.funding.domain.case_offers import programme_names
from alpclusters.platform.funding.models import MixRun
from alpclusters.reports.blocks import Document
from alpclusters.reports.funding import mix_file_document
from alpclusters.reports.funding.front import opening
from alpclusters.reports.funding.limits import (
    LimitRow,
    binding,
    ceilings_of,
    folded_rows,
    limit_rows,
)
from alpclusters.reports.funding.rules_used import Statement, rules_used, statements
from alpclusters.reports.funding.scenarios import binding_rows, just_met, loosened_words
from alpclusters.reports.funding.subject import METHODS, is_undecided, said, undecided_words
from alpclusters.reports.funding_words.findings import (
    limit_words,
    note_sentence,
    violation_sentence,
)
from alpclusters.reports.numbers import format_integer
from alpclusters.www.components.parts import Crumb, Tab
from alpclusters.www.public.documents import CONTENT_TYPES, TakenAway, sent, written
from alpclusters.www.workspace.mixes.applications import application_file, offer_file
from alpclusters.www.workspace.mixes.mix_frame import (
    Shown,
    euros,
    frame,
    gap_words,
    language,
    n_ceilings_words,
    own_run,
)

# --- The records of a stored check: what the phrases of notes and violations are made from --------


def violation_of(item: Mapping[str, Any]) -> Violation:
    """Return a stored violation as its record."""
    return Violation(**item)


def note_of(item: Mapping[str, Any]) -> Note:
    """Return a stored note as its record."""
    return Note(**item)


# --- What a run came to, said in two sentences above everything else ------------------------------


@dataclass(frozen=True)
class Verdict:
    """A message: tone, a strong first sentence, and what follows."""

    tone: str
    title: str
    text: str


def verdict(run: MixRun, mix: dict[str, Any]) -> Verdict:
    """Say how good a mix is and how sure that is."""
    status = mix["status"]
    if status == "infeasible":
        return Verdict("bad", _("No mix fits."), _no_mix(mix))
    if status == "failed":
        n = len(mix["check"]["violations"])
        text = ngettext(
            "The check found %(n)s violation, listed below. This is no valid mix.",
            "The check found %(n)s violations, listed below. This is no valid mix.",
            n,
        ) % {"n": n}
        return Verdict("bad", _("This mix breaks rules."), text)
    if is_undecided(mix):
        words = undecided_words(len(mix["open"]), language())
        return Verdict("warn", _("Nothing is decided yet."), words)
    title, tone = _title(run, status)
    return Verdict(tone, title, f"{_worth(mix)} {n_ceilings_words(len(mix['check']['ceilings']))}")


def _title(run: MixRun, status: str) -> tuple[str, str]:
    if status == "undecided":
        return _("Undecided: the law of a grant’s day is not known."), "warn"
    if run.kind == MixRun.Kind.MANUAL:
        return _("The mix changed by hand is valid."), "good"
    if status == "optimal":
        return _("Best mix found and proved."), "good"
    if status == "cancelled":
        return _("Cancelled: this is the best mix until then."), "warn"
    if status == "gap":
        return _("Good mix found; how far it is from the best is known."), "good"
    return _("Mix found; how far it is from the best is not known."), "warn"


def _worth(mix: dict[str, Any]) -> str:
    grants = sum(part["grant_ct"] for part in mix["partners"])
    effort = sum(offer["effort_ct"] for offer in mix["offers"])
    values = {
        "grants": euros(grants),
        "effort": euros(effort),
        "objective": euros(mix["objective"]),
        "bound": euros(mix["bound"]),
        "gap": gap_words(mix["gap"]),
    }
    if effort:
        worth = _("Grants %(grants)s, less %(effort)s for applying: %(objective)s.") % values
    else:
        worth = _("Grants %(grants)s.") % values
    if mix["bound"] is None:
        return worth
    return f"{worth} " + _("Bound %(bound)s, gap %(gap)s.") % values


def _no_mix(mix: dict[str, Any]) -> str:
    found = mix.get("infeasible") or {}
    if found.get("missing"):
        return _("Wishes, own means and least amounts contradict one another; what is missing "
                 "stands below.")  # fmt: skip
    return _("Wishes, own means and least amounts contradict one another.")


# --- The files of a mix: proof and report as documents and tables, and the mix itself -------------


NAMES: Final = {
    "proof": gettext_lazy("Proof sheet"),
    "report": gettext_lazy("Report with sheets of partners and applications"),
    "application": gettext_lazy("Draft of an application, as in Jems"),
    "mix": gettext_lazy("The mix as data"),
}
LONGEST_PLACE: Final = 6
DOCUMENTS: Final = ("pdf", "docx", "xlsx")
FORMATS: Final = {
    "proof": DOCUMENTS,
    "report": DOCUMENTS,
    "application": ("docx", "zip"),
    "mix": ("json",),
}
# Of a mix that breaks rules there is no sheet but the one that says so; without a mix only data.
KINDS: Final = {"failed": ("proof", "mix"), "infeasible": ("mix",)}


@dataclass(frozen=True)
class FileRow:
    """A document and the formats it comes in."""

    name: Any
    links: tuple[tuple[str, str], ...]


def files_of(run: MixRun) -> list[FileRow]:
    """List what can be taken away."""
    return [
        FileRow(
            NAMES[kind],
            tuple(
                (ending.upper(), reverse("workspace:mix_file", args=[run.pk, f"{kind}.{ending}"]))
                for ending in FORMATS[kind]
            ),
        )
        for kind in _kinds(run)
    ]


@login_required
@require_safe
def mix_file(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Send one of the files in the reader's language."""
    shown = own_run(request, pk)
    stem, _dot, ending = name.partition(".")
    kind, _dash, place = stem.partition("-")
    if shown.run.result is None or kind not in _kinds(shown.run) or ending not in FORMATS[kind]:
        raise Http404
    if place:
        return sent(offer_file(shown, _place(kind, place, ending)))
    if kind == "application":
        return sent(application_file(shown, ending))
    if kind != "mix":
        return sent(written(_document(shown, kind, ending), ending))
    name = f"{slugify(shown.run.case.title)[:60] or 'mix'}-{pk}.json"
    return sent(TakenAway(name, CONTENT_TYPES["json"], mix_text(shown.mix).encode()))


def _place(kind: str, place: str, ending: str) -> int:
    """Return the place of the offer whose application is asked for: ``application-3.docx``."""
    is_number = place.isdecimal() and len(place) < LONGEST_PLACE
    if (kind, ending) != ("application", "docx") or not is_number:
        raise Http404
    return int(place)


def _kinds(run: MixRun) -> tuple[str, ...]:
    status = (run.result or {}).get("status")
    return KINDS.get(str(status), tuple(FORMATS))


def _document(shown: Shown, kind: str, ending: str) -> Document:
    ended = shown.run.ended_at or shown.run.asked_at
    day, mix = timezone.localdate(ended), shown.subject.mix
    return mix_file_document(
        shown.case,
        mix,
        kind=kind,
        ending=ending,
        language=language(),
        day=day,
        programmes=programme_names(shown.case, language()) if kind == "report" else None,
    )


# --- The proof of a mix: every ceiling with limit, use and room; what is tight, unverified, broken


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
