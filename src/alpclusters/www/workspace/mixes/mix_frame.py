"""Whose mixes one may see and compute; the frame and the words that their pages share."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext_lazy
from django.utils.translation import gettext as _

from alpclusters.analysis.funding.case import Case, Offer, Partner
from alpclusters.analysis.funding.case_files import CaseError, read_case
from alpclusters.analysis.funding.mix.document import PROVED_GAP
from alpclusters.platform.funding.domain.case_offers import with_titles
from alpclusters.platform.funding.models import FundingCase, MixRun
from alpclusters.platform.funding.rules import visible_cases
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.reports.funding.front import closed_messages
from alpclusters.reports.funding.law_in_time import LawMessage, law_messages
from alpclusters.reports.funding.subject import MixSubject
from alpclusters.reports.numbers import format_integer, format_money, format_number, format_percent
from alpclusters.www.components.parts import Crumb

# --- Words and amounts of the pages of a mix, in the reader's language ----------------------------


DASH: Final = "–"
SMALL_GAP: Final = 0.0001
PHASES: Final = {
    "start": gettext_lazy("looks for a first mix"),
    "direct": gettext_lazy("searches all mixes"),
    "bound": gettext_lazy("computes how much is possible at most"),
    "mixes": gettext_lazy("improves the mix"),
    "closing": gettext_lazy("proves how good the mix is"),
    "levels": gettext_lazy("simplifies the mix at the same worth"),
    "alternatives": gettext_lazy("looks for other good mixes"),
    "scenarios": gettext_lazy("examines what a refusal would cost"),
    "infeasible": gettext_lazy("looks for the reason why nothing fits"),
    "check": gettext_lazy("checks every limit"),
    "alone": gettext_lazy("solves each case alone"),
    "together": gettext_lazy("solves all cases together"),
    "accounts": gettext_lazy("examines what each account costs"),
    "orders": gettext_lazy("examines what is left if one case goes first"),
}
STATES: Final = {
    "waiting": ("clock", ""),
    "running": ("play", "info"),
    "done": ("check", "good"),
    "cancelled": ("x", "warn"),
    "failed": ("circle-alert", "bad"),
}
REASONS: Final = {
    "memory": gettext_lazy("It needed more memory than it may have. Leave offers out that hardly "
                           "fit, and compute again."),
    "time": gettext_lazy("It took longer than it may. Leave offers out that hardly fit, and "
                         "compute again."),
    "gone": gettext_lazy("The server was started anew meanwhile. Compute the mix again."),
}  # fmt: skip
OTHER_REASON: Final = gettext_lazy(
    "The process that computed it ended. Compute the mix again; if it ends again, tell the "
    "operator."
)
LEVELS: Final = {
    "net_grants": gettext_lazy("grants minus efforts"),
    "offers": gettext_lazy("few offers"),
    "participations": gettext_lazy("few participations"),
    "peak_claims": gettext_lazy("small claims of private partners"),
    "last_repayment": gettext_lazy("early last payment"),
}
GROUPS: Final = {
    "own_means": gettext_lazy("own means"),
    "wish": gettext_lazy("wish"),
    "link": gettext_lazy("tie between offers"),
    "floor": gettext_lazy("least amount of an offer"),
}
STATUS_WORD: Final = {
    "optimal": pgettext_lazy("status of a mix", "proved to be the best"),
    "gap": pgettext_lazy("status of a mix", "good, with a bound"),
    "feasible": pgettext_lazy("status of a mix", "possible"),
    "undecided": pgettext_lazy("status of a mix", "undecided, law not known"),
    "infeasible": pgettext_lazy("status of a mix", "nothing fits"),
    "cancelled": pgettext_lazy("status of a mix", "cancelled"),
    "failed": pgettext_lazy("status of a mix", "failed"),
}


def language() -> str:
    """Return the reader's language as the number formats know it."""
    return nearest_language(get_language())


def euros(cents: int | None, decimals: int | None = None) -> str:
    """Write an amount with its sign; a dash for what nobody knows."""
    return DASH if cents is None else format_money(cents, "EUR", language(), decimals)


def plain(cents: int) -> str:
    """Write an amount in euro without sign, cents only where there are any."""
    return format_number(cents / 100, language(), 2 if cents % 100 else 0)


def share(part: int, whole: int) -> str:
    """Write a share; a dash where there is nothing to share."""
    return DASH if whole <= 0 else format_percent(part / whole, language())


def gap_words(gap: float | None) -> str:
    """Write the gap so that a gap that is there is never printed as none."""
    if gap is None:
        return DASH
    if gap <= PROVED_GAP:
        return format_percent(0.0, language(), 1)
    if gap < SMALL_GAP:
        return f"< {format_percent(SMALL_GAP, language(), 2)}"
    return format_percent(gap, language(), 1 if gap >= 10 * SMALL_GAP else 2)


def progress_words(progress: dict[str, Any]) -> str:
    """Say how far a search is: what it does, and how good the mix is already."""
    phase = PHASES.get(str(progress.get("phase")))
    if phase is None:
        return _("The worker begins in a moment.")
    parts = [str(phase)]
    objective, gap = progress.get("objective"), progress.get("gap")
    if objective is not None:
        parts.append(_("best mix so far %(amount)s") % {"amount": euros(int(objective), 0)})
    if gap is not None:
        parts.append(_("gap %(gap)s") % {"gap": gap_words(float(gap))})
    text = ", ".join(parts)
    return f"{text[:1].upper()}{text[1:]}."


def n_ceilings_words(n: int) -> str:
    """Say that all limits are kept."""
    text = ngettext("The one limit is kept.", "All %(n)s limits are kept.", n)
    return text % {"n": n}


# --- Whose mixes one may see and compute, and the frame that all their pages share ----------------


@dataclass(frozen=True)
class Shown:
    """A run with its case read: what every page of a mix begins with."""

    run: MixRun

    @cached_property
    def case(self) -> Case:
        """The case as it was computed."""
        return with_titles(read_case(self.run.case_data), language())

    @property
    def mix(self) -> dict[str, Any]:
        """The whole result; pages without one are not shown."""
        if self.run.result is None:
            raise Http404
        found: dict[str, Any] = self.run.result
        return found

    @cached_property
    def subject(self) -> MixSubject:
        """The mix with its reasons and chances, as the documents look at it."""
        mix = {**self.mix, "reasons": self.run.reasons, "chances": self.run.chances}
        return MixSubject(self.case, mix, language())

    @cached_property
    def partners(self) -> dict[str, Partner]:
        """Partners by id, in the order of the case."""
        return {partner.id: partner for partner in self.case.partners}

    @cached_property
    def offers(self) -> dict[str, Offer]:
        """Offers by id, in the order of the case."""
        return {offer.id: offer for offer in self.case.offers}

    def partner_at(self, place: int) -> Partner:
        """Return a partner by its place in the case."""
        if place >= len(self.case.partners):
            raise Http404
        return self.case.partners[place]

    def offer_at(self, place: int) -> Offer:
        """Return an offer by its place in the case."""
        if place >= len(self.case.offers):
            raise Http404
        return self.case.offers[place]


def visible_runs(request: HttpRequest) -> QuerySet[MixRun]:
    """List the runs of the cases a person may see."""
    return MixRun.objects.filter(case__in=visible_cases(request.user).order_by())


def own_run(request: HttpRequest, pk: int, right: str = "") -> Shown:
    """Return a run of a case of one's projects: 404 if not visible, 403 if not allowed."""
    rows = visible_runs(request).select_related(
        "case__project", "case__action_tie__action", "base", "asked_by"
    )
    found = get_object_or_404(rows, pk=pk)
    if right and not request.user.has_perm(right, found.case):
        raise PermissionDenied
    return Shown(found)


def frame(request: HttpRequest, shown: Shown, here: str, *last: Crumb) -> dict[str, Any]:
    """Return head, place and tabs of a page of a run."""
    run, case = shown.run, _readable(shown)
    return {
        "run": run,
        "case": run.case,
        "here": here,
        "figures": head_figures(case) if case else (),
        "crumbs": crumbs(run.case, *last) if last else crumbs(run.case),
        "simulated": run.case.is_simulated or (case is not None and case.is_simulated),
        "law_messages": law_words_of(shown),
        "is_outdated": run.case_version != run.case.version,
        "may_write": request.user.has_perm("funding.write_case", run.case),
        "section": "funding",
    }


def law_words_of(shown: Shown) -> list[LawMessage]:
    """Return what is to be said above a mix whose law ends, or whose calls are closed."""
    if shown.run.result is None:
        return []
    closed = closed_messages(shown.subject, today=timezone.localdate())
    return [*law_messages(shown.subject), *closed]


def _readable(shown: Shown) -> Case | None:
    """Return the case of a run; a failed run may have one that cannot be read."""
    if shown.run.result is not None:
        return shown.case
    try:
        return shown.case
    except CaseError:
        return None


def crumbs(case: FundingCase, *last: Crumb) -> list[Crumb]:
    """Return the way to a page of a case."""
    here = reverse("workspace:funding_case", args=[case.pk]) if last else ""
    return [
        Crumb(_("Workspace"), reverse("workspace:dashboard")),
        Crumb(_("Funding cases"), reverse("workspace:funding_cases")),
        Crumb(case.title, here),
        *last,
    ]


def head_figures(case: Case) -> list[tuple[str, str]]:
    """Say how large a case is: pairs of a number and its noun."""
    n_partners, n_offers = len(case.partners), len(case.offers)
    n_countries = len({partner.country for partner in case.partners})
    cost = sum(line.cost_ct for line in case.lines)
    countries = ngettext(
        "from %(n)s country", "from %(n)s countries", n_countries
    ) % {"n": format_integer(n_countries, language())}  # fmt: skip
    return [
        (
            format_integer(n_partners, language()),
            f"{ngettext('partner', 'partners', n_partners)} {countries}",
        ),
        (format_money(cost, "EUR", language(), 0), _("costs")),
        (
            format_integer(n_offers, language()),
            ngettext("offer examined", "offers examined", n_offers),
        ),
    ]
