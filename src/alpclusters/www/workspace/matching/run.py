"""The result of a search: who was proposed, with which parts and reasons."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.languages.codes import LANGUAGES
from alpclusters.platform.network.domain.matching.eligibility import marks_of
from alpclusters.platform.network.domain.matching.profiles import Options
from alpclusters.platform.network.models import Introduction, MatchRun
from alpclusters.platform.network.rules import speaks_for
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.platform.territory.models import Region
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.matching.access import own_run, partner_crumbs
from alpclusters.www.workspace.matching.models_used import model_words
from alpclusters.www.workspace.matching.words import (
    MEANINGS,
    PARTS,
    Names,
    excluded_lines,
    part_label,
    reason_sentence,
)

# What a search of an earlier version did not note.
STAMP: Final = {
    "n_candidates": None,
    "n_texts_waiting": 0,
    "model": {"reason": ""},
    "lost": 0.0,
    "cap": None,
}


@dataclass(frozen=True)
class PartView:
    """One part of a score: its value and the points it brought."""

    label: Any
    value: float
    weight: float
    points: float


@dataclass(frozen=True)
class PartnerRow:
    """One proposed partner."""

    rank: int
    organisation: Organisation
    place: str
    languages: str
    score: float
    lift: float
    parts: Sequence[PartView]
    missing: Sequence[Any]
    reasons: Sequence[str]
    mark: str
    introduction: Introduction | None
    is_here: bool


@login_required
@require_safe
def match_run(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a search as it came out; marks and introductions are those of now."""
    run = own_run(request, pk)
    rows = _rows(run)
    context = {
        "run": run,
        "rows": rows,
        "options": _options(run),
        "excluded": excluded_lines(run.excluded),
        "n_excluded": sum(run.excluded.values()),
        "model": model_words(run.stamp),
        "meanings": [(PARTS[key], MEANINGS[key]) for key in PARTS],
        "n_parts": len(PARTS),
        "may_ask": speaks_for(request.user, run.organisation),
        "stamp": STAMP | run.stamp,
        "crumbs": partner_crumbs(Crumb(run.organisation.name)),
        "simulated": run.organisation.is_simulated,
    }
    return render(request, "workspace/matching/run.html", context)


def _rows(run: MatchRun) -> list[PartnerRow]:
    marks, asked = marks_of(run.organisation), _introductions(run)
    return named_rows(run.results, marks=marks, asked=asked)


def named_rows(
    results: Sequence[Mapping[str, Any]],
    *,
    marks: Mapping[int, str] | None = None,
    asked: Mapping[int, Introduction] | None = None,
) -> list[PartnerRow]:
    """Put names and words to what a search found, in the active language."""
    found = {int(one["organisation"]): one for one in results}
    named = {pk for one in results for pk in _named(one)}
    bodies = _bodies(set(found) | named)
    listed = {pk: body.name for pk, body in bodies.items() if body.is_listed}
    names = Names(_regions(results), listed)
    return [
        _row(rank, one, bodies[pk], names, (marks or {}).get(pk, ""), (asked or {}).get(pk))
        for rank, (pk, one) in enumerate(found.items(), start=1)
        if pk in bodies
    ]


def _named(one: Mapping[str, Any]) -> Iterable[int]:
    for reason in one.get("reasons", ()):
        yield from (int(pk) for pk in reason.get("organisations", ()))


def _bodies(pks: set[int]) -> dict[int, Organisation]:
    rows = Organisation.objects.filter(pk__in=pks).select_related("region", "cluster")
    return {one.pk: one for one in rows.order_by("pk")}


def _regions(results: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    gaps = [r for one in results for r in one.get("reasons", ()) if r.get("code") == "gap"]
    codes = {r[side] for r in gaps for side in ("first", "second")}
    rows = Region.objects.current().filter(code__in=codes).order_by("pk")
    return {region.code: region.name for region in rows}


def _introductions(run: MatchRun) -> dict[int, Introduction]:
    pks = [one["organisation"] for one in run.results]
    rows = Introduction.objects.filter(asking=run.organisation, asked__in=pks)
    return {one.asked_id: one for one in rows.order_by("asked_at", "pk")}


def _row(
    rank: int,
    one: Mapping[str, Any],
    body: Organisation,
    names: Names,
    mark: str,
    introduction: Introduction | None,
) -> PartnerRow:
    parts = one["parts"]
    cluster = getattr(body, "cluster", None)
    return PartnerRow(
        rank=rank,
        organisation=body,
        place=_place(body),
        languages=_languages(cluster.languages if cluster else ()),
        score=one["score"],
        lift=_lift(one),
        parts=[PartView(part_label(key), *parts[key]) for key in PARTS if key in parts],
        missing=[part_label(key) for key in PARTS if key not in parts],
        reasons=[s for s in (reason_sentence(r, names) for r in one["reasons"]) if s],
        mark=mark,
        introduction=introduction,
        is_here=body.merged_into_id is None and body.is_listed and cluster is not None,
    )


def _lift(one: Mapping[str, Any]) -> float:
    """Return by which share of its points a partner was moved for the pair of regions."""
    points = one["score"]
    return (one.get("ranked_by", points) - points) / points if points else 0.0


def _place(body: Organisation) -> str:
    country = country_name(body.region.country if body.region else body.country, get_language())
    return f"{body.region.name}, {country}" if body.region else country


def _languages(codes: Iterable[str]) -> str:
    return ", ".join(dict(LANGUAGES).get(code, code) for code in codes)


def _options(run: MatchRun) -> Sequence[tuple[Any, str]]:
    """Say what the form said, as far as it narrowed the search."""
    options = Options.of(run.options)
    rows = [(_("Start"), str(run.get_start_display()))]
    if options.territory:
        rows.append((_("Where"), ", ".join(_territory(code) for code in options.territory)))
    if options.languages:
        rows.append((_("Working languages"), _languages(options.languages)))
    if options.with_partners:
        rows.append((_("Partners you have"), _("proposed as well")))
    if not options.with_popularity:
        rows.append((_("Number of ties"), _("not counted")))
    return rows


def _territory(code: str) -> str:
    name = country_name(code, get_language())
    return code if name == code else name
