"""Fetch the cases one may see; the frame and the words that their pages share."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.analysis.funding.case import MONTHS, Periods
from alpclusters.platform.funding.domain.casework import change_case
from alpclusters.platform.funding.domain.casework.costs import totals_of
from alpclusters.platform.funding.domain.casework.documents import Document, Item, Part, find
from alpclusters.platform.funding.models import FundingCase
from alpclusters.platform.funding.rules import visible_cases
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.reports.funding_words.conditions import VALUES
from alpclusters.reports.numbers import format_integer, format_money
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.sentences import sentence

# --- Words of the pages of a case, in the reader's language ---------------------------------------


DASH: Final = "–"
# The words of conditions and those of the forms are the same.
KINDS: Final[Mapping[str, Any]] = {key: _(text) for key, text in VALUES["kind"].items()}
SIZES: Final[Mapping[str, Any]] = {key: _(text) for key, text in VALUES["size"].items()}
LEVELS: Final[Mapping[str, Any]] = {key: _(text) for key, text in VALUES["offer.level"].items()}
CATEGORIES: Final[Mapping[str, Any]] = {
    "staff": pgettext_lazy("cost category", "staff"),
    "overheads": pgettext_lazy("cost category", "overheads"),
    "travel": pgettext_lazy("cost category", "travel"),
    "external": pgettext_lazy("cost category", "external services"),
    "equipment": pgettext_lazy("cost category", "equipment"),
    "training": pgettext_lazy("cost category", "training"),
    "fairs": pgettext_lazy("cost category", "fairs"),
    "investment": pgettext_lazy("cost category", "investment"),
    "other": pgettext_lazy("cost category", "other costs"),
}
BONUSES: Final[Mapping[str, Any]] = {
    "collaboration": _("effective collaboration"),
    "dissemination": _("wide dissemination of results"),
    "licences": _("results open to licences"),
    "a_area": _("in an “a” area of the regional aid map"),
    "c_area": _("in a “c” area of the regional aid map"),
    "joint_call": _("joint call of three States, with all its conditions"),
    "cross_border": _("infrastructure paid by two States or selected by the Union"),
    "sme_capacity": _("infrastructure with capacity for small and medium-sized undertakings"),
    "disadvantaged": _("training of disadvantaged or disabled workers"),
}
LINKS: Final[Mapping[str, Any]] = {
    "exclusive": _("exclude each other"),
    "exclusive_per_partner": _("exclude each other for one partner"),
    "alternative": _("are alternatives"),
    "requires": _("the first needs the others"),
    "paired": _("go together in a fixed ratio"),
}
WISHES: Final[Mapping[str, Any]] = {
    "use": _("use an offer"),
    "avoid": _("leave an offer out"),
    "min_total": _("at least this much funding in all"),
    "min_partner": _("at least this much funding for a partner"),
    "max_offers": _("at most so many offers"),
    "fund_line": _("at least this much funding for a cost"),
}
# What the history says of each key that `change_case` was given.
REASONS: Final[Mapping[str, Any]] = {
    "case.start": _("Case begun"),
    "case.import": _("Case imported"),
    "case.duplicate": _("Made as a copy of another case"),
    "case.back": _("An earlier version was brought back."),
    "case.frame": _("Title or duration changed"),
    "case.upload": _("Workbook taken over"),
    "partner.add": _("Partner added"),
    "partner.change": _("Partner changed"),
    "partner.remove": _("Partner removed"),
    "application.change": _("Data of a partner for applications changed"),
    "package.add": _("Work package added"),
    "package.change": _("Work package changed"),
    "package.remove": _("Work package removed"),
    "cost.add": _("Cost added"),
    "cost.change": _("Cost changed"),
    "cost.remove": _("Cost removed"),
    "offer.take": _("Offers taken over from the catalogue"),
    "offer.leave": _("Offer left out"),
    "offer.newer": _("Newer version of an offer taken over"),
    "offer.days": _("Days of an application changed"),
    "offer.chance": _("Chance of an application changed"),
    "offer.conditions": _("Conditions of an offer entered"),
    "offer.conditions_back": _("Entered conditions of an offer taken back"),
    "link.add": _("Offers tied to each other"),
    "link.remove": _("Tie between offers removed"),
    "wish.add": _("Wish added"),
    "wish.remove": _("Wish removed"),
    "scenario.add": _("Scenario added"),
    "scenario.remove": _("Scenario removed"),
    "account.planned": _("What other cases plan for a partner: counted or left out"),
    "account.change": _("De minimis account of a partner changed"),
    "solver": _("Way of searching changed"),
    "answer": _("Question answered"),
}


def language() -> str:
    """Return the reader's language as the number formats know it."""
    return nearest_language(get_language())


def category_label(key: str) -> str:
    """Return the word of a cost category; one of a list of one's own stands as it is."""
    return str(CATEGORIES.get(key, key))


def euros(cents: int | None) -> str:
    """Write an amount, with cents only where there are any; a dash for what nobody knows."""
    if cents is None:
        return DASH
    return format_money(cents, "EUR", language(), 2 if cents % 100 else 0)


def quarter_name(periods: Periods, period: int) -> str:
    """Write a quarter: Q3 2026; one that begins within a quarter by its first month."""
    day = periods.first_day(period)
    if (day.month - 1) % MONTHS:
        return f"{day.month:02}/{day.year}"
    return gettext("Q%(quarter)s %(year)s") % {
        "quarter": (day.month - 1) // MONTHS + 1,
        "year": day.year,
    }


def span_name(periods: Periods, first: int, last: int) -> str:
    """Write from which quarter to which."""
    start = quarter_name(periods, first)
    return start if first == last else f"{start} – {quarter_name(periods, last)}"


def quarter_choices(periods: Periods) -> list[tuple[int, str]]:
    """List the quarters of a case for a form."""
    return [(period, quarter_name(periods, period)) for period in range(periods.count)]


def day_of(text: str | None) -> dt.date | None:
    """Return the day that a document holds as text."""
    return dt.date.fromisoformat(text) if text else None


def reason_words(reason: str) -> str:
    """Say what a version of the history changed."""
    key, _colon, about = reason.partition(":")
    words = str(REASONS.get(key, key))
    return f"{words}: {about}" if about else words


# --- Fetch the cases one may see, and the frame that their pages share ----------------------------


SEE = ""
WRITE = "funding.write_case"
UNPROCESSABLE = 422


def own_case(request: HttpRequest, pk: int, right: str = "") -> FundingCase:
    """Return a case of one's projects: 404 if not visible, 403 if not allowed."""
    cases = visible_cases(request.user).select_related("project", "action_tie__action")
    found = get_object_or_404(cases, pk=pk)
    if right and not request.user.has_perm(right, found):
        raise PermissionDenied
    return found


def list_crumbs(*last: Crumb) -> list[Crumb]:
    """Return the way to the cases."""
    return [
        Crumb(gettext("Workspace"), reverse("workspace:dashboard")),
        Crumb(gettext("Funding cases"), reverse("workspace:funding_cases") if last else ""),
        *last,
    ]


def case_crumbs(case: FundingCase, *last: Crumb) -> list[Crumb]:
    """Return the way to a page of a case."""
    address = reverse("workspace:funding_case", args=[case.pk]) if last else ""
    return list_crumbs(Crumb(case.title, address), *last)


def frame(
    request: HttpRequest, case: FundingCase, current: str = "", *last: Crumb
) -> dict[str, Any]:
    """Return head, place and tabs of a page of a case.

    Parameters
    ----------
    request : HttpRequest
    case : FundingCase
    current : str
        The step: ``partners`` or ``fits``; empty on a page below one.
    last : Crumb
        The way below the case.
    """
    runs = case.runs.only("pk", "case_id", "asked_at", "state")
    return {
        "case": case,
        "figures": head_figures(case.data),
        "latest_run": runs.order_by("-asked_at", "-pk").first(),
        "current": current,
        "crumbs": case_crumbs(case, *last),
        "simulated": case.is_simulated or bool(case.data.get("is_simulated")),
        "may_write": request.user.has_perm(WRITE, case),
        "section": "funding",
    }


def head_figures(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Say how large a case is: pairs of a number and its noun."""
    partners = data.get("partners", [])
    n_countries = len({partner["country"] for partner in partners})
    n_offers = len(data.get("offers", []))
    countries = ngettext("from %(n)s country", "from %(n)s countries", n_countries)
    noun = ngettext("partner", "partners", len(partners))
    if partners:
        noun = f"{noun} {countries % {'n': format_integer(n_countries, language())}}"
    return [
        (format_integer(len(partners), language()), noun),
        (euros(totals_of(data).total_ct), gettext("costs")),
        (
            format_integer(n_offers, language()),
            ngettext("offer examined", "offers examined", n_offers),
        ),
    ]


def changed(
    request: SignedInRequest,
    case: FundingCase,
    change: Callable[[Document], object],
    *,
    reason: str,
    version: int,
    part: Part | None = None,
    remember: Callable[[dict[str, Any]], object] | None = None,
) -> FundingCase:
    """Change a case as the person of a request, now."""
    return change_case(
        case,
        change,
        version=version,
        by=request.user,
        now=timezone.now(),
        reason=reason,
        part=part,
        remember=remember,
    )


def part_of(kind: str, key: str) -> Part:
    """Return the part of a document that a form about one thing rests on."""
    return lambda document: find(document, kind, key)


def item_or_404(case: FundingCase, kind: str, key: str) -> Item:
    """Return a thing of a case by its identifier."""
    found = find(case.data, kind, key)
    if found is None:
        raise Http404
    return found


def version_in(request: HttpRequest) -> int:
    """Return the version that a button was made from."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0  # noqa: PLR2004 - no such version


def refused(request: HttpRequest, error: AlpClustersError) -> None:
    """Say on the next page why nothing was changed."""
    messages.error(request, sentence(error))
