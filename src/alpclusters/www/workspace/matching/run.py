"""The result of a search: who was proposed, with parts and reasons in words, by which model."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alpclusters.platform.actors.domain.named_lists import ecosystem_label, technology_label
from alpclusters.platform.actors.domain.sectors import sector_label
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.languages.codes import LANGUAGES
from alpclusters.platform.network.domain.matching.eligibility import marks_of
from alpclusters.platform.network.domain.matching.profiles import Options
from alpclusters.platform.network.domain.vectors.quality import Found, needs_found
from alpclusters.platform.network.models import Introduction, MatchRun
from alpclusters.platform.network.rules import speaks_for
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.platform.territory.models import Region
from alpclusters.reports.numbers import format_number
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.matching.start import own_run, partner_crumbs

# --- Parts and reasons of a proposal in plain words, in the reader's language ---------------------


PARTS: Final = {
    "text": gettext_lazy("Text"),
    "complementarity": gettext_lazy("Needs and offers"),
    "taxonomy": gettext_lazy("Shared fields"),
    "network": gettext_lazy("Network"),
    "popularity": gettext_lazy("Number of ties"),
}
MEANINGS: Final = {
    "text": gettext_lazy("how near the texts are, compared with all candidates"),
    "complementarity": gettext_lazy("how well needs of one side meet offers of the other"),
    "taxonomy": gettext_lazy("sectors, technologies and ecosystem in common; rare ones count more"),
    "network": gettext_lazy("how near they are over common partners, compared with all candidates"),
    "popularity": gettext_lazy("how many ties the other side has"),
}
EXCLUDED: Final = {
    "self": gettext_lazy("your own organisation"),
    "parent_or_unit": gettext_lazy("a parent or unit of yours"),
    "territory": gettext_lazy("outside the countries and regions you chose"),
    "kind": gettext_lazy("of another kind than you chose"),
    "language": gettext_lazy("no common working language"),
    "dismissed": gettext_lazy("dismissed by you"),
    "linked": gettext_lazy("you work together already"),
    "nothing": gettext_lazy("nothing in the profile to compare"),
    "shown_often": gettext_lazy("proposed in very many lists of this week"),
    "not_willing": gettext_lazy("does not want to be contacted"),
}


@dataclass(frozen=True)
class Names:
    """What reasons name, read at once for a whole list."""

    regions: Mapping[str, str]
    organisations: Mapping[int, str]


def part_label(key: str) -> Any:
    """Name a part of the score."""
    return PARTS.get(key, key)


def reason_sentence(reason: Mapping[str, Any], names: Names) -> str:
    """Say one reason; an unknown code of a later version says nothing."""
    phrase = _PHRASES.get(str(reason.get("code", "")))
    return phrase(reason, names) if phrase else ""


def _text(reason: Mapping[str, Any], _names: Names) -> str:
    facts = {
        "share": format_number(int(reason["ahead_of"]), get_language() or "en"),
        "language": dict(LANGUAGES).get(reason["language"], reason["language"]),
    }
    return _("The text (%(language)s) is nearer to yours than %(share)s of 100 others.") % facts


def _need_met(reason: Mapping[str, Any], _names: Names) -> str:
    facts = {"need": _quoted(reason["need"]), "offer": _quoted(reason["offer"])}
    if reason["need"] and reason["offer"]:
        return _("Your need “%(need)s” fits their offer “%(offer)s”.") % facts
    if reason["need"]:
        return _("Your need “%(need)s” fits what they offer in their profile.") % facts
    return _("What they offer fits your need.")


def _offer_wanted(reason: Mapping[str, Any], _names: Names) -> str:
    facts = {"need": _quoted(reason["need"]), "offer": _quoted(reason["offer"])}
    if reason["offer"]:
        return _("They look for “%(need)s”, and you offer “%(offer)s”.") % facts
    return _("They look for “%(need)s”, which fits what you offer.") % facts


def _shared(reason: Mapping[str, Any], _names: Names) -> str:
    fields = ", ".join(code_label(code) for code in reason["codes"])
    return _("Both work on: %(fields)s.") % {"fields": fields}


def _partners(reason: Mapping[str, Any], names: Names) -> str:
    listed = [
        names.organisations[pk] for pk in reason["organisations"] if pk in names.organisations
    ]
    n = int(reason["n"])
    if not listed:
        return ngettext(
            "%(n)s organisation works with both of you.",
            "%(n)s organisations work with both of you.",
            n,
        ) % {"n": n}
    facts = {"n": n, "names": ", ".join(listed)}
    if n > len(listed):
        return (
            ngettext(
                "%(n)s common partner, among them %(names)s.",
                "%(n)s common partners, among them %(names)s.",
                n,
            )
            % facts
        )
    return (
        ngettext("%(n)s common partner: %(names)s.", "%(n)s common partners: %(names)s.", n) % facts
    )


def _near(_reason: Mapping[str, Any], _names: Names) -> str:
    return _("You are near each other in the network, over partners of partners.")


def _ties(reason: Mapping[str, Any], _names: Names) -> str:
    n = int(reason["n"])
    return ngettext("It has %(n)s tie.", "It has %(n)s ties.", n) % {"n": n}


def _gap(reason: Mapping[str, Any], names: Names) -> str:
    facts = {
        "first": names.regions.get(reason["first"], reason["first"]),
        "second": names.regions.get(reason["second"], reason["second"]),
    }
    return _("It would close the gap between %(first)s and %(second)s.") % facts


_PHRASES: Final[Mapping[str, Callable[[Mapping[str, Any], Names], str]]] = {
    "text": _text,
    "need_met": _need_met,
    "offer_wanted": _offer_wanted,
    "shared": _shared,
    "partners": _partners,
    "near": _near,
    "ties": _ties,
    "gap": _gap,
}


def code_label(code: str) -> str:
    """Name a shared code: a sector, a technology or an ecosystem."""
    kind, _bar, key = code.partition(":")
    language = get_language()
    if kind == "nace":
        return sector_label(key, language)
    return (
        technology_label(key, language) if kind == "technology" else ecosystem_label(key, language)
    )


def _quoted(text: str, longest: int = 80) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def excluded_lines(excluded: Mapping[str, int]) -> Sequence[tuple[Any, int]]:
    """Name why organisations were left out, with how many; the most frequent first."""
    rows = [(EXCLUDED.get(code, code), n) for code, n in excluded.items() if n]
    return sorted(rows, key=lambda row: -row[1])


# --- Which text model a search used, what it can do, and how well it was measured to do it --------


@dataclass(frozen=True)
class ModelWords:
    """What a page says about the model."""

    name: str
    ability: str
    found: Found
    is_model: bool


def model_words(stamp: Mapping[str, Any]) -> ModelWords | None:
    """Describe the model of a search; None where no text was compared."""
    model = stamp.get("model")
    if not model:
        return None
    is_model = bool(model["has_model"])
    ability = (
        _("compares the meaning of texts across the five languages")
        if is_model
        else _("finds the same words, not the same meaning: across languages it finds little")
    )
    name = f"{model['name']} {model['version']}"
    return ModelWords(name, ability, needs_found(has_model=is_model), is_model)


# --- The result of a search: who was proposed, with which parts and reasons -----------------------


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
