"""The page of a mix: what was found, who gets what from where, what is open, why nothing fits."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alpclusters.analysis.funding.case import Wish
from alpclusters.analysis.funding.case_files import CaseFault
from alpclusters.analysis.funding.eligibility.fields import lacks_conditions
from alpclusters.platform.funding.domain.mixing.explaining import unexplained, unloosened
from alpclusters.platform.funding.domain.mixing.runs import UNDER_WAY
from alpclusters.platform.funding.models import MixRun
from alpclusters.reports.error_texts.case_faults import fault_line
from alpclusters.www.components.parts import Crumb, Tab
from alpclusters.www.workspace.mixes.mix_frame import (
    LEVELS,
    OTHER_REASON,
    REASONS,
    Shown,
    euros,
    frame,
    language,
    own_run,
    plain,
    share,
)
from alpclusters.www.workspace.mixes.mix_list import left_out_of, state_of
from alpclusters.www.workspace.mixes.proofs import files_of, tightest, verdict, violations
from alpclusters.www.workspace.mixes.scenarios import chances_of, unpaid_of

# --- Who gets what from where: partners against used offers, with own money, sum and rate ---------


@dataclass(frozen=True)
class Head:
    """A column: an offer that is used."""

    name: str
    url: str
    is_simulated: bool
    total: str


@dataclass(frozen=True)
class MatrixCell:
    """An amount with its bar; ``url`` leads to where it can be changed."""

    amount: str
    width: str = "0"
    url: str = ""
    label: str = ""
    source: str = ""
    is_zero: bool = False


@dataclass(frozen=True)
class MatrixRow:
    """One partner."""

    name: str
    url: str
    cells: tuple[MatrixCell, ...]
    own: MatrixCell
    total: str
    rate: str


@dataclass(frozen=True)
class Matrix:
    """The whole table with its sums."""

    heads: tuple[Head, ...]
    rows: tuple[MatrixRow, ...]
    own: str
    total: str
    rate: str


def matrix(shown: Shown, mix: Mapping[str, Any], *, may_write: bool) -> Matrix:
    """Lay a mix out as a table; columns are used offers in the order of the case."""
    grants = _grants(shown, mix["allocation"])
    used = [item["id"] for item in mix["offers"] if item["used"]]
    places = {offer: place for place, offer in enumerate(shown.offers)}
    by_offer = {item["id"]: item["grant_ct"] for item in mix["offers"]}
    heads = tuple(_head(shown, offer, places[offer], by_offer[offer]) for offer in used)
    rows = tuple(
        _row(shown, part, place, used, grants, places, may_write=may_write)
        for place, part in enumerate(mix["partners"])
    )
    cost, grant, own = (
        sum(part[key] for part in mix["partners"]) for key in ("cost_ct", "grant_ct", "own_ct")
    )
    return Matrix(heads, rows, plain(own), plain(cost), share(grant, cost))


def _head(shown: Shown, offer: str, place: int, grant_ct: int) -> Head:
    record = shown.offers[offer]
    is_simulated = any(fact.status == "demonstration" for fact in record.facts)
    url = reverse("workspace:mix_offer", args=[shown.run.pk, place])
    return Head(record.title or record.id, url, is_simulated, plain(grant_ct))


def _row(
    shown: Shown,
    part: Mapping[str, Any],
    place: int,
    used: Sequence[str],
    grants: Mapping[tuple[str, str], int],
    places: Mapping[str, int],
    *,
    may_write: bool,
) -> MatrixRow:
    partner = shown.partners[part["id"]]
    cost = part["cost_ct"]
    cells = []
    for offer in used:
        amount = grants[partner.id, offer]
        address = [shown.run.pk, place, places[offer]]
        url = reverse("workspace:mix_cell", args=address) if may_write else ""
        title = shown.offers[offer].title or offer
        cells.append(_cell(amount, cost, url, f"{partner.name}, {title}", title))
    return MatrixRow(
        partner.name,
        reverse("workspace:mix_partner", args=[shown.run.pk, place]),
        tuple(cells),
        _cell(part["own_ct"], cost),
        plain(cost),
        share(part["grant_ct"], cost),
    )


def _cell(amount: int, cost: int, url: str = "", label: str = "", source: str = "") -> MatrixCell:
    if amount == 0:
        return MatrixCell("–", url=url, label=label, source=source, is_zero=True)
    width = 100 * amount / cost if cost else 0
    return MatrixCell(plain(amount), f"{min(100, max(0, width)):.1f}", url, label, source)


def _grants(shown: Shown, allocation: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str], int]:
    owner = {line.id: line.partner for line in shown.case.lines}
    found: dict[tuple[str, str], int] = defaultdict(int)
    for cell in allocation:
        found[owner[cell["line"]], cell["offer"]] += cell["grant_ct"]
    return found


# --- Offers that stay outside because an answer is missing ----------------------------------------


MOST: Final = 5


@dataclass(frozen=True)
class OpenOffer:
    """An offer and the partners for whom it is not known whether it fits."""

    id: str
    name: str
    partners: tuple[str, ...]
    is_uncoded: bool


@dataclass(frozen=True)
class OpenQuestions:
    """What is open.

    Attributes
    ----------
    uncoded : tuple of (str, str)
        Key and title of offers whose conditions nobody entered.
    offers : tuple of OpenOffer
        Some of the others, which wait for answers.
    n_offers : int
        All open ones.
    assumed : tuple of OpenOffer
    """

    uncoded: tuple[tuple[str, str], ...]
    offers: tuple[OpenOffer, ...]
    n_offers: int
    assumed: tuple[OpenOffer, ...]


def open_questions(shown: Shown, mix: dict[str, Any]) -> OpenQuestions:
    """Return the offers with open questions, and those that were assumed to fit."""
    found = [_open_offer(shown, part["offer"], part["partners"]) for part in mix["open"]]
    assumed = [_open_offer(shown, part["offer"], [part["partner"]]) for part in mix["assumptions"]]
    uncoded = tuple((offer.id, offer.name) for offer in found if offer.is_uncoded)
    asked = [offer for offer in found if not offer.is_uncoded]
    return OpenQuestions(uncoded, tuple(asked[:MOST]), len(found), tuple(assumed))


def _open_offer(shown: Shown, offer: str, partners: list[str]) -> OpenOffer:
    is_uncoded = lacks_conditions(shown.offers[offer].eligibility)
    return OpenOffer(offer, _open_title(shown, offer), _names(shown, partners), is_uncoded)


def _open_title(shown: Shown, offer: str) -> str:
    return shown.offers[offer].title or offer


def _names(shown: Shown, partners: list[str]) -> tuple[str, ...]:
    return tuple(shown.partners[partner].name for partner in partners)


# --- Why nothing fits: what is missing, and the smallest set of wishes that contradict one another


@dataclass(frozen=True)
class MissingRow:
    """One thing that falls short, and by how much."""

    what: str
    amount: str


def missing_rows(shown: Shown, mix: dict[str, Any]) -> list[MissingRow]:
    """Say what would have to give way, and by how much."""
    found = mix.get("infeasible") or {}
    return [
        MissingRow(
            _sentence(shown, item["group"], item["subject"]),
            euros(item["missing_ct"]) if item["missing_ct"] is not None else "",
        )
        for item in found.get("missing", ())
    ]


def reason_rows(shown: Shown, mix: dict[str, Any]) -> list[str]:
    """Say which wishes, means and ties cannot hold together; without any one of them it works."""
    found = mix.get("infeasible") or {}
    return [_sentence(shown, item["group"], item["subject"]) for item in found.get("reason", ())]


def _sentence(shown: Shown, group: str, subject: str) -> str:
    _kind, _colon, name = subject.partition(":")
    if group == "own_means":
        return _own_means(shown, name)
    if group == "wish":
        return _wish(shown, shown.case.wishes[int(name)])
    if group == "link":
        return _link(shown, int(name))
    offer = shown.offers[name]
    return _("The offer “%(offer)s” pays at least %(amount)s.") % {
        "offer": offer.title or offer.id,
        "amount": euros(offer.floor_ct),
    }


def _own_means(shown: Shown, partner: str) -> str:
    record = shown.partners[partner]
    return _("%(partner)s has own means of %(amount)s.") % {
        "partner": record.name,
        "amount": euros(record.own_ct),
    }


def _link(shown: Shown, place: int) -> str:
    link = shown.case.links[place]
    names = ", ".join(shown.offers[offer].title or offer for offer in link.offers)
    texts = {
        "exclusive": _("Only one of these offers may be used: %(offers)s."),
        "exclusive_per_partner": _(
            "A partner may use only one of these offers: %(offers)s."
        ),
        "alternative": _("Only one of these offers may be used: %(offers)s."),
        "requires": _("The first of these offers needs the others: %(offers)s."),
        "paired": _("These offers come only together: %(offers)s."),
    }  # fmt: skip
    return texts[link.type] % {"offers": names}


def _wish(shown: Shown, wish: Wish) -> str:
    values = {
        "offer": _reasons_title(shown, wish.offer),
        "partner": shown.partners[wish.partner].name if wish.partner else "",
        "line": wish.line or "",
        "amount": euros(wish.amount_ct),
        "n": wish.count or 0,
    }
    texts = {
        "use": _("You wish to use “%(offer)s”."),
        "avoid": _("You wish to do without “%(offer)s”."),
        "min_total": _("You wish grants of at least %(amount)s."),
        "min_partner": _("You wish grants of at least %(amount)s for %(partner)s."),
        "max_offers": _("You wish to use at most %(n)s offers."),
        "fund_line": _("You wish at least %(amount)s for cost line %(line)s."),
    }
    return texts[wish.type] % values


def _reasons_title(shown: Shown, offer: str | None) -> str:
    if offer is None:
        return ""
    return shown.offers[offer].title or offer


# --- The page of a mix: what was found, who gets what from where, what is open --------------------


MOST_CARDS: Final = 3


@dataclass(frozen=True)
class ScenarioCard:
    """A scenario that is computed just now."""

    run: MixRun
    state: dict[str, Any]


@login_required
@require_safe
def mix(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a mix, or how far its computation is, or why there is none."""
    shown = own_run(request, pk)
    run = shown.run
    context = frame(request, shown, "mix", Crumb(_("Mix")))
    if run.state in UNDER_WAY:
        return render(request, "workspace/mixes/working.html", {**context, **_working(run)})
    if run.result is None:
        told = {"why": _why(run), "faults": _faults(run)}
        return render(request, "workspace/mixes/ended.html", {**context, **told})
    context |= _found(request, shown, may_write=context["may_write"])
    return render(request, "workspace/mixes/mix.html", context)


def _working(run: MixRun) -> dict[str, Any]:
    return {"state": state_of(run), "reload": reverse("workspace:mix", args=[run.pk])}


def _why(run: MixRun) -> str:
    if run.state == MixRun.State.CANCELLED:
        return _("It was cancelled before there was a mix.")
    if (run.error or {}).get("faults"):
        return _("The case cannot be taken as it was stored. Please mend this first:")
    values = (run.error or {}).get("values") or {}
    return str(REASONS.get(str(values.get("reason", "")), OTHER_REASON))


def _faults(run: MixRun) -> list[str]:
    """Return what is wrong with the case of a run, each with its place."""
    found = (run.error or {}).get("faults") or ()
    return [
        fault_line(CaseFault(one["pointer"], one["code"], one["params"]), language())
        for one in found
    ]


def _found(request: HttpRequest, shown: Shown, *, may_write: bool) -> dict[str, Any]:
    mix = shown.mix
    chosen = _chosen(request, mix)
    part = mix["alternatives"][chosen - 1] if chosen else mix
    has_mix = mix["status"] != "infeasible"
    return {
        "verdict": verdict(shown.run, mix),
        "matrix": matrix(shown, part, may_write=may_write and not chosen) if has_mix else None,
        "tabs_of_mixes": _tabs(shown.run, mix, chosen),
        "chosen": chosen,
        "alternative": _alternative(mix, chosen),
        "violations": violations(shown, mix) if has_mix else (),
        "missing": missing_rows(shown, mix),
        "reason": reason_rows(shown, mix),
        "proof": tightest(shown) if has_mix and not chosen else (),
        "n_ceilings": len(mix["check"]["ceilings"]),
        "questions": open_questions(shown, mix),
        "levels": _levels(mix),
        "solver": mix["solver"],
        "scenarios": _running_scenarios(shown.run),
        "files": files_of(shown.run),
        "is_manual": shown.run.kind == MixRun.Kind.MANUAL,
        "is_best": shown.run.kind == MixRun.Kind.BEST,
        "left_out": left_out_of(shown),
        "chances": chances_of(shown) if has_mix and not chosen else None,
        "unused": _unused(shown, mix) if has_mix else (),
        "unpaid": unpaid_of(shown, "package") if has_mix else (),
        "n_unexplained": len(unexplained(shown.run)) + len(unloosened(shown.run)),
    }


def _chosen(request: HttpRequest, mix: dict[str, Any]) -> int:
    """Return which alternative is asked for; 0 is the mix itself."""
    asked = request.GET.get("mix", "1")
    number = int(asked) - 1 if asked.isdecimal() and len(asked) < 3 else 0  # noqa: PLR2004 - at most 6
    return number if 0 < number <= len(mix["alternatives"]) else 0


def _tabs(run: MixRun, mix: dict[str, Any], chosen: int) -> list[Tab]:
    address = reverse("workspace:mix", args=[run.pk])
    n_mixes = 1 + len(mix["alternatives"])
    if n_mixes == 1:
        return []
    return [
        Tab(str(n), f"{address}?mix={n}" if n > 1 else address, n == chosen + 1)
        for n in range(1, n_mixes + 1)
    ]


def _alternative(mix: dict[str, Any], chosen: int) -> dict[str, str] | None:
    if not chosen:
        return None
    part = mix["alternatives"][chosen - 1]
    return {"objective": euros(part["objective"]), "less": euros(part["difference_ct"])}


def _unused(shown: Shown, mix: dict[str, Any]) -> list[tuple[str, str, bool]]:
    """Return name and address of offers that are not used, and whether it is known why."""
    return [
        (
            offer.title or offer.id,
            reverse("workspace:mix_offer", args=[shown.run.pk, place]),
            shown.run.reasons.get(f"offer:{offer.id}", {}).get("state") == "done",
        )
        for place, offer in enumerate(shown.case.offers)
        if not next(part["used"] for part in mix["offers"] if part["id"] == offer.id)
    ]


def _levels(mix: dict[str, Any]) -> list[tuple[str, bool]]:
    return [(str(LEVELS.get(one["name"], one["name"])), one["proved"]) for one in mix["levels"]]


def _running_scenarios(run: MixRun) -> list[ScenarioCard]:
    rows = run.derived.filter(kind=MixRun.Kind.SCENARIO, state__in=UNDER_WAY)
    rows = rows.defer("case_data", "result").order_by("-pk")
    return [ScenarioCard(one, state_of(one)) for one in rows[:MOST_CARDS]]
