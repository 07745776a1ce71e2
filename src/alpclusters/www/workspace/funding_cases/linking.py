"""Ties between offers, wishes of the partnership, days of applications, and how to search."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.funding.domain.case_offers import offer_titles
from alpclusters.platform.funding.domain.casework.costs import entries_of
from alpclusters.platform.funding.domain.casework.documents import Document, periods_of
from alpclusters.platform.funding.domain.casework.offers import (
    add_link,
    add_scenario,
    add_wish,
    remove_link,
    remove_scenario,
    remove_wish,
    set_chance,
    set_days,
    set_solver,
)
from alpclusters.platform.funding.domain.demonstration import demonstration_links
from alpclusters.platform.funding.models import FundingCase
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.funding_cases.case_frame import (
    LINKS,
    UNPROCESSABLE,
    WISHES,
    WRITE,
    category_label,
    changed,
    day_of,
    euros,
    frame,
    language,
    own_case,
    quarter_name,
    version_in,
)
from alpclusters.www.workspace.funding_cases.conditions import ChanceForm, chance_rows
from alpclusters.www.workspace.initiatives.initiative_forms import Money
from alpclusters.www.workspace.sentences import sentence

type Act = Callable[[SignedInRequest, FundingCase, dict[str, forms.Form]], str]
MOST_SEED: Final = 2**31 - 1
SENT: Final = ("link", "wish", "solver", "scenario")


class LinkForm(forms.Form):
    """How two or more offers hang together."""

    use_required_attribute = False
    type = forms.ChoiceField(label=gettext_lazy("They"), choices=[*LINKS.items()])
    first = forms.ChoiceField(label=gettext_lazy("First offer"))
    others = forms.MultipleChoiceField(
        label=gettext_lazy("Other offers"), widget=forms.CheckboxSelectMultiple
    )
    ratio_first = forms.IntegerField(
        label=gettext_lazy("Ratio: part of the first"), min_value=1, max_value=1000, required=False
    )
    ratio_second = forms.IntegerField(
        label=gettext_lazy("Part of the second"), min_value=1, max_value=1000, required=False
    )

    def __init__(self, *args: Any, offers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first", "others"):
            field: Any = self.fields[name]
            field.choices = offers

    def clean(self) -> dict[str, Any]:
        """Ask for the ratio of a pair."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("type") == "paired":
            for name in ("ratio_first", "ratio_second"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("A pair needs its ratio, for example 2 and 1."))
        return data


class WishForm(forms.Form):
    """What the partnership wants."""

    use_required_attribute = False
    type = forms.ChoiceField(label=gettext_lazy("Wish"), choices=[*WISHES.items()])
    offer = forms.ChoiceField(label=gettext_lazy("Offer"), required=False)
    partner = forms.ChoiceField(label=gettext_lazy("Partner"), required=False)
    line = forms.ChoiceField(label=gettext_lazy("Cost"), required=False)
    amount = Money(label=gettext_lazy("Amount in euro"))
    count = forms.IntegerField(
        label=gettext_lazy("Number of offers"), min_value=0, max_value=1000, required=False
    )
    weight = Money(
        label=gettext_lazy("What missing it costs, in euro"),
        help_text=gettext_lazy(
            "Empty: it has to be. With an amount a mix may miss it at this price."
        ),
    )

    # Which fields a wish needs.
    NEEDS: Final[Mapping[str, tuple[str, ...]]] = {
        "use": ("offer",),
        "avoid": ("offer",),
        "min_total": ("amount",),
        "min_partner": ("partner", "amount"),
        "max_offers": ("count",),
        "fund_line": ("line", "amount"),
    }

    def __init__(self, *args: Any, offers: Any, partners: Any, lines: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("offer", offers), ("partner", partners), ("line", lines)):
            field: Any = self.fields[name]
            field.choices = [("", "–"), *choices]

    def clean(self) -> dict[str, Any]:
        """Ask for what the wish is about."""
        data: dict[str, Any] = super().clean() or {}
        for name in self.NEEDS.get(data.get("type", ""), ()):
            if data.get(name) in (None, "") and name not in self.errors:
                self.add_error(name, _("This wish needs it."))
        return data

    def stored(self) -> dict[str, Any]:
        """Return the wish as a case has it, with what it needs alone."""
        data = self.cleaned_data
        wanted = self.NEEDS[data["type"]]
        names = {"offer": "offer", "partner": "partner", "line": "line", "count": "count"}
        values = {target: data[name] for name, target in names.items() if name in wanted}
        if "amount" in wanted:
            values["amount_ct"] = data["amount"]
        return {"type": data["type"], **values, "weight": data["weight"]}


class ScenarioForm(forms.Form):
    """What if some offers are refused: a question by its own name."""

    use_required_attribute = False
    title = forms.CharField(label=gettext_lazy("Name of the scenario"), max_length=200)
    rejected = forms.MultipleChoiceField(
        label=gettext_lazy("Offers that are refused"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one offer.")},
    )

    def __init__(self, *args: Any, offers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["rejected"]
        field.choices = offers


class SolverForm(forms.Form):
    """How to search."""

    use_required_attribute = False
    seed = forms.IntegerField(
        label=gettext_lazy("Seed"),
        min_value=0,
        max_value=MOST_SEED,
        help_text=gettext_lazy("The same case with the same seed gives the same mix."),
    )
    theme_filter = forms.BooleanField(
        label=gettext_lazy("Compare the themes of offers with those of the work packages"),
        required=False,
    )
    assume_open = forms.BooleanField(
        label=gettext_lazy("Take open questions as answered well, and list them"), required=False
    )


class DaysForm(forms.Form):
    """Days of one's own application to an offer."""

    use_required_attribute = False
    offer = forms.ChoiceField(label=gettext_lazy("Offer"))
    applied_on = forms.DateField(
        label=gettext_lazy("Application on"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("State aid needs an application before the work starts."),
    )
    grant_date = forms.DateField(
        label=gettext_lazy("Granted on"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("The rules of this day hold; de minimis aid counts from it on."),
    )

    def __init__(self, *args: Any, offers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["offer"]
        field.choices = offers


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def funding_links(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show ties, wishes and options; do one thing with them."""
    case = own_case(request, pk, WRITE)
    wish = request.POST.get("do", "") if request.method == "POST" else ""
    bound = _forms(case, request, wish)
    act = ACTS.get(wish)
    if act is None:
        return _page(request, case, bound)
    try:
        said = act(request, case, bound)
    except AlpClustersError as error:
        return _page(request, case, bound, problem=sentence(error))
    if not said:
        return _page(request, case, bound)
    messages.success(request, said)
    return redirect("workspace:funding_links", pk=pk)


def _forms(case: FundingCase, request: HttpRequest, wish: str) -> dict[str, forms.Form]:
    data = case.data
    offers = list(offer_titles(data, language()).items())
    partners = [(one["id"], one["name"]) for one in data.get("partners", [])]
    sent = {name: request.POST if wish == name else None for name in SENT}
    solver = {"seed": 1, "theme_filter": True, "assume_open": False, **data.get("solver", {})}
    days = request.POST if wish == "days" else None
    chance = request.POST if wish == "chance" else None
    return {
        "link": LinkForm(sent["link"], offers=offers, prefix="link"),
        "wish": WishForm(
            sent["wish"], offers=offers, partners=partners, lines=_lines(data), prefix="wish"
        ),
        "solver": SolverForm(sent["solver"], initial=solver, prefix="solver"),
        "days": DaysForm(days, offers=offers, prefix="days"),
        "chance": ChanceForm(chance, offers=offers, prefix="chance"),
        "scenario": ScenarioForm(sent["scenario"], offers=offers, prefix="scenario"),
    }


def _lines(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the lines of a case by what people know them by."""
    names = {one["id"]: one["name"] for one in data.get("partners", [])}
    periods = periods_of(data)
    found = []
    for line in (line for entry in entries_of(data) for line in entry.lines):
        words = (
            names.get(line["partner"], ""),
            category_label(line["category"]),
            quarter_name(periods, line["period"]),
            euros(line["cost_ct"]),
        )
        found.append((line["id"], ", ".join(words)))
    return found


def _store(request: SignedInRequest, case: FundingCase, change: Any, reason: str) -> None:
    changed(request, case, change, reason=reason, version=version_in(request))


def _link(request: SignedInRequest, case: FundingCase, bound: dict[str, forms.Form]) -> str:
    form = bound["link"]
    if not form.is_valid():
        return ""
    data = form.cleaned_data
    offers = [data["first"], *(key for key in data["others"] if key != data["first"])]
    ratio = (data["ratio_first"], data["ratio_second"]) if data["type"] == "paired" else None

    def change(document: Document) -> None:
        add_link(document, data["type"], offers, ratio=ratio)

    _store(request, case, change, "link.add")
    return _("The offers are tied.")


def _known_links(
    request: SignedInRequest,
    case: FundingCase,
    bound: dict[str, forms.Form],  # noqa: ARG001 - all acts are called alike
) -> str:
    wanted = _suggested(case)

    def change(document: Document) -> None:
        document["links"] += wanted

    _store(request, case, change, "link.add")
    return _("The offers are tied.")


def _wish(request: SignedInRequest, case: FundingCase, bound: dict[str, forms.Form]) -> str:
    form: Any = bound["wish"]
    if not form.is_valid():
        return ""
    values = form.stored()
    _store(request, case, lambda document: add_wish(document, values), "wish.add")
    return _("The wish is kept.")


def _scenario(request: SignedInRequest, case: FundingCase, bound: dict[str, forms.Form]) -> str:
    form = bound["scenario"]
    if not form.is_valid():
        return ""
    title, rejected = form.cleaned_data["title"], form.cleaned_data["rejected"]
    reason = f"scenario.add:{title}"
    _store(request, case, lambda document: add_scenario(document, title, rejected), reason)
    return _("The next mix says what is left without these offers.")


def _unscenario(
    request: SignedInRequest,
    case: FundingCase,
    bound: dict[str, forms.Form],  # noqa: ARG001 - all acts are called alike
) -> str:
    place = _place(request)
    _store(request, case, lambda document: remove_scenario(document, place), "scenario.remove")
    return _("The scenario is gone.")


def _solver(request: SignedInRequest, case: FundingCase, bound: dict[str, forms.Form]) -> str:
    form = bound["solver"]
    if not form.is_valid():
        return ""
    values = form.cleaned_data
    _store(request, case, lambda document: set_solver(document, values), "solver")
    return _("Saved")


def _days(request: SignedInRequest, case: FundingCase, bound: dict[str, forms.Form]) -> str:
    form = bound["days"]
    if not form.is_valid():
        return ""
    data = form.cleaned_data
    days = {
        name: data[name].isoformat() if data[name] else None
        for name in ("applied_on", "grant_date")
    }
    key = data["offer"]
    _store(request, case, lambda document: set_days(document, key, days), f"offer.days:{key}")
    return _("Saved")


def _chance(request: SignedInRequest, case: FundingCase, bound: dict[str, forms.Form]) -> str:
    form: Any = bound["chance"]
    if not form.is_valid():
        return ""
    key, chance = form.cleaned_data["offer"], form.stored()
    reason = f"offer.chance:{key}"
    _store(request, case, lambda document: set_chance(document, key, chance), reason)
    return _("Saved")


def _unlink(
    request: SignedInRequest,
    case: FundingCase,
    bound: dict[str, forms.Form],  # noqa: ARG001 - all acts are called alike
) -> str:
    place = _place(request)
    _store(request, case, lambda document: remove_link(document, place), "link.remove")
    return _("The tie is gone.")


def _unwish(
    request: SignedInRequest,
    case: FundingCase,
    bound: dict[str, forms.Form],  # noqa: ARG001 - all acts are called alike
) -> str:
    place = _place(request)
    _store(request, case, lambda document: remove_wish(document, place), "wish.remove")
    return _("The wish is taken back.")


def _place(request: HttpRequest) -> int:
    text = request.POST.get("place", "")
    return int(text) if text.isdecimal() and len(text) < 6 else -1  # noqa: PLR2004 - no such place


ACTS: Final[Mapping[str, Act]] = {
    "link": _link,
    "known": _known_links,
    "unlink": _unlink,
    "wish": _wish,
    "unwish": _unwish,
    "scenario": _scenario,
    "unscenario": _unscenario,
    "solver": _solver,
    "days": _days,
    "chance": _chance,
}


def _suggested(case: FundingCase) -> list[dict[str, Any]]:
    """Return ties that the catalogue knows between offers of the case and that are not there."""
    keys = {offer["id"] for offer in case.data.get("offers", [])}
    there = {_key(link) for link in case.data.get("links", [])}
    return [
        link
        for link in demonstration_links()
        if set(link["offers"]) <= keys and _key(link) not in there
    ]


def _key(link: Mapping[str, Any]) -> tuple[str, frozenset[str]]:
    return link["type"], frozenset(link["offers"])


def _page(
    request: HttpRequest, case: FundingCase, bound: dict[str, forms.Form], *, problem: str = ""
) -> HttpResponse:
    data = case.data
    # Asked of the catalogue once, for the forms.
    offers: Any = bound["days"].fields["offer"]
    titles = dict(offers.choices)
    step = Crumb(_("What fits?"), reverse("workspace:funding_case_fits", args=[case.pk]))
    context = frame(request, case, "", step, Crumb(_("Ties and wishes")))
    context |= {
        "forms": bound,
        "problem": problem,
        "links": [_link_words(link, titles) for link in data.get("links", [])],
        "suggested": [_link_words(link, titles) for link in _suggested(case)],
        "wishes": [_wish_words(wish, data, titles) for wish in data.get("wishes", [])],
        "days": _days_rows(data, titles),
        "chances": chance_rows(data, titles),
        "scenarios": [_scenario_words(one, titles) for one in data.get("scenarios", [])],
        "has_two": len(titles) > 1,
        "has_offers": bool(titles),
    }
    is_wrong = problem or any(form.errors for form in bound.values())
    status = UNPROCESSABLE if is_wrong else 200
    return render(request, "workspace/funding_cases/links.html", context, status=status)


def _link_words(link: Mapping[str, Any], titles: Mapping[str, str]) -> dict[str, Any]:
    ratio = link.get("ratio")
    return {
        "word": LINKS[link["type"]],
        "offers": [titles.get(key, key) for key in link["offers"]],
        "ratio": f"{ratio[0]} : {ratio[1]}" if ratio else "",
    }


def _wish_words(
    wish: Mapping[str, Any], data: Mapping[str, Any], titles: Mapping[str, str]
) -> dict[str, Any]:
    names = {one["id"]: one["name"] for one in data.get("partners", [])}
    lines = dict(_lines(data)) if wish.get("line") else {}
    about = [
        titles.get(wish.get("offer", ""), ""),
        names.get(wish.get("partner", ""), ""),
        lines.get(wish.get("line", ""), ""),
        euros(wish["amount_ct"]) if wish.get("amount_ct") is not None else "",
        str(wish["count"]) if wish.get("count") is not None else "",
    ]
    weight = wish.get("weight")
    return {
        "word": WISHES[wish["type"]],
        "about": ", ".join(part for part in about if part),
        "weight": "" if weight is None else euros(weight),
    }


def _scenario_words(one: Mapping[str, Any], titles: Mapping[str, str]) -> dict[str, Any]:
    offers = [titles.get(key, key) for key in one["rejected"]]
    return {"title": one.get("title") or one["id"], "offers": offers}


def _days_rows(data: Mapping[str, Any], titles: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "title": titles[one["id"]],
            "applied_on": day_of(one.get("applied_on")),
            "grant_date": day_of(one.get("grant_date")),
        }
        for one in data.get("offers", [])
        if one.get("applied_on") or one.get("grant_date")
    ]
