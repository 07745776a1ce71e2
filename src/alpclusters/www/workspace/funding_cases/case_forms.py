"""What people write into a case: frame, partners, work packages, costs."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alpclusters.analysis.funding.case import Conversion, Periods
from alpclusters.analysis.funding.rulebooks import BY_DATE, RULES
from alpclusters.platform.funding.domain.casework.documents import LONGEST
from alpclusters.platform.funding.domain.casework.partners import vintage_of
from alpclusters.platform.funding.domain.territory import territory
from alpclusters.platform.funding.models import FundingCase
from alpclusters.platform.territory.models import CURRENT_VINTAGE, Region
from alpclusters.reports.funding.law_in_time import READINGS
from alpclusters.sources.case_values import in_euro, rate_of
from alpclusters.www.components.region_chooser import RegionField
from alpclusters.www.forms import put_sent
from alpclusters.www.site.inputs import input_of
from alpclusters.www.workspace.funding_cases.case_frame import (
    BONUSES,
    CATEGORIES,
    KINDS,
    SIZES,
    category_label,
    quarter_choices,
)
from alpclusters.www.workspace.initiatives.initiative_forms import Money

UNKNOWN: Final = ("", _("not known"))
YES_NO: Final = (UNKNOWN, ("yes", _("yes")), ("no", _("no")))
FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2099
MOST_SITES: Final = 50


class CaseForm(forms.Form):
    """A form that knows the version of the case it was made from."""

    use_required_attribute = False
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, version: int, **kwargs: Any) -> None:
        initial = {"version": version, **(kwargs.pop("initial", None) or {})}
        super().__init__(*args, **kwargs | {"initial": initial})

    def accept_version(self, version: int) -> None:
        """Let the next try begin from what is stored now."""
        put_sent(self, "version", str(version))

    def values(self) -> dict[str, Any]:
        """Return what was written, without the version."""
        return {k: v for k, v in self.cleaned_data.items() if k != "version"}


class FrameForm(CaseForm):
    """Title, duration, and how law that ends is read."""

    title = input_of(FundingCase, "title")
    year = forms.TypedChoiceField(label=_("Begins in"), coerce=int)
    quarter = forms.TypedChoiceField(
        label=_("Quarter"), choices=[(n, f"Q{n}") for n in range(1, 5)], coerce=int
    )
    count = forms.IntegerField(
        label=_("Number of quarters"),
        min_value=1,
        max_value=LONGEST,
        help_text=_("At most 40. Costs keep their place: with a later start all of them move."),
    )

    rulebook = forms.ChoiceField(
        label=_("Law after the end of an act"),
        help_text=_(
            "The General Block Exemption Regulation ends on 31 December 2026, the regulation on de "
            "minimis aid on 31 December 2030; successors are not known."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reading: Any = self.fields["rulebook"]
        given = {str(self.initial.get("rulebook", BY_DATE))} - READINGS.keys()
        reading.choices = [*((key, gettext(words)) for key, words in READINGS.items()),
                           *((key, key) for key in given)]  # fmt: skip
        field: Any = self.fields["year"]
        field.choices = [(year, str(year)) for year in range(FIRST_YEAR, LAST_YEAR + 1)]

    @property
    def start(self) -> dt.date:
        """The first day of the case."""
        return dt.date(self.cleaned_data["year"], 3 * self.cleaned_data["quarter"] - 2, 1)


def frame_initial(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return title and duration as the form begins."""
    start = dt.date.fromisoformat(data["periods"]["start"])
    return {
        "title": data.get("title", ""),
        "year": start.year,
        "quarter": (start.month + 2) // 3,
        "count": data["periods"]["count"],
        "rulebook": data.get("rulebook", BY_DATE),
    }


class SitesField(forms.CharField):
    """Codes of regions with commas; its value is a list of places, each with its vintage."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=400, required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Write places in one line."""
        return ", ".join(one["nuts"] for one in value) if isinstance(value, list) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what stands in the box."""
        return super().has_changed(self.prepare_value(initial), data)

    def clean(self, value: Any) -> Any:
        """Read codes, each in the newest vintage that has it."""
        text = str(super().clean(value)).replace(";", ",")
        codes = dict.fromkeys(one.strip().upper() for one in text.split(",") if one.strip())
        if len(codes) > MOST_SITES:
            raise ValidationError(_("Write at most %(n)s codes.") % {"n": MOST_SITES})
        return [_site(code) for code in codes]


def _site(code: str) -> dict[str, Any]:
    vintage = vintage_of(code, territory())
    if vintage is None:
        raise ValidationError(_("“%(code)s” is no code of a region.") % {"code": code})
    return {"nuts": code, "vintage": vintage}


class PartnerForm(CaseForm):
    """A partner, the size of its undertaking, and the money it has."""

    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind of partner"), choices=[*KINDS.items()])
    size = forms.ChoiceField(
        label=_("Size of its undertaking"),
        choices=[*SIZES.items()],
        help_text=_(
            "Small: fewer than 50 people and at most 10 million euro turnover or balance; medium: "
            "fewer than 250 people and at most 50 million turnover or 43 million balance. Firms "
            "that belong together are counted together."
        ),
    )
    region = RegionField(label=_("Region of its seat"))
    lead = forms.BooleanField(label=_("Leads the partnership"), required=False)
    own = Money(
        label=_("Own means in euro"),
        help_text=_("What it can pay itself over the whole time. Empty: no limit is examined."),
    )
    credit = Money(
        label=_("Credit line in euro"),
        help_text=_("How much it can lay out until a grant is paid. Empty: no limit is examined."),
    )
    vat = forms.ChoiceField(label=_("Recovers VAT"), choices=YES_NO, required=False)
    shares = forms.ChoiceField(
        label=_("Belongs to the same undertaking as"),
        required=False,
        help_text=_("Partners of one undertaking have one account of de minimis aid."),
    )
    controlled_by = forms.ChoiceField(
        label=_("Its undertaking is controlled by"),
        required=False,
        help_text=_(
            "By votes, appointments, contract or agreement. All that hang together so count as one "
            "undertaking for de minimis aid."
        ),
    )
    fiscal_year = forms.TypedChoiceField(
        label=_("Its fiscal year begins in"),
        choices=[*MONTHS.items()],
        coerce=int,
        initial=1,
        required=False,
        empty_value=1,  # type: ignore[arg-type]  # stubs: texts only
    )
    sites = SitesField(
        label=_("Further sites"),
        help_text=_(
            "Codes of NUTS with commas, for example AT323, SI042. Offers for sites look at them."
        ),
    )

    def __init__(
        self,
        *args: Any,
        others: Sequence[tuple[str, str]] = (),
        controllers: Sequence[tuple[str, str]] = (),
        code: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        shares: Any = self.fields["shares"]
        shares.choices = [("", _("no other partner")), *others]
        if not others:
            del self.fields["shares"]
        control: Any = self.fields["controlled_by"]
        control.choices = [("", _("nobody in this case")), *controllers]
        if not controllers:
            del self.fields["controlled_by"]
        self.code = code
        region: Any = self.fields["region"]
        if code:
            kept = self.initial.get("region")
            region.keep(kept if isinstance(kept, Region) else None)
            region.required = isinstance(kept, Region)

    def stored(self) -> dict[str, Any]:
        """Return the fields of a partner as a case has them."""
        data = self.cleaned_data
        values = {
            "name": data["name"],
            "kind": data["kind"],
            "lead": data["lead"],
            "own_ct": data["own"],
            "credit_ct": data["credit"],
            "vat_recoverable": {"yes": True, "no": False}.get(data["vat"]),
            "sites": data["sites"],
        }
        region: Region | None = data["region"]
        return values if region is None else {**values, **place_of(region)}


def place_of(region: Region) -> dict[str, Any]:
    """Return code, vintage and state of a region."""
    vintage = min(max(CURRENT_VINTAGE, region.first_vintage), region.last_vintage)
    return {"nuts": region.code, "vintage": vintage, "country": region.country}


def region_of(item: Mapping[str, Any]) -> Region | None:
    """Return the region that a partner's code means, None where the tables do not have it."""
    found = Region.objects.filter(code=item.get("nuts", ""))
    return found.in_vintage(item.get("vintage", CURRENT_VINTAGE)).first()


class PastAidForm(forms.Form):
    """One de minimis aid that was granted before."""

    use_required_attribute = False
    state = forms.RegexField(
        r"^[A-Za-z]{2}$",
        label=_("State that granted it"),
        required=False,
        help_text=_("Two letters, for example SI."),
        error_messages={"invalid": _("Write the two letters of the state.")},
    )
    granted_on = forms.DateField(
        label=_("Granted on"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    amount = Money(label=_("Amount in euro"))
    declared = forms.ChoiceField(
        label=_("Known from"),
        choices=[
            ("self", _("own declaration")),
            ("register", _("register")),
            ("planned", _("planned, not granted")),
        ],
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for all three, or for none."""
        data: dict[str, Any] = super().clean() or {}
        parts = [data.get("state"), data.get("granted_on"), data.get("amount")]
        if any(part not in (None, "") for part in parts) and not self.errors:
            for name, part in zip(("state", "granted_on", "amount"), parts, strict=True):
                if part in (None, ""):
                    self.add_error(name, _("Write state, day and amount, or empty all three."))
        return data

    def stored(self) -> dict[str, Any] | None:
        """Return the aid as a case has it, None for an empty row."""
        data = self.cleaned_data
        if not data.get("state"):
            return None
        return {
            "state": data["state"].upper(),
            "granted_on": data["granted_on"].isoformat(),
            "amount_ct": data["amount"],
            "declared": data["declared"] or "self",
        }


PastAidFormSet = forms.formset_factory(PastAidForm, extra=2, max_num=40, absolute_max=40)


class PackageForm(CaseForm):
    """A work package with its quarters and themes."""

    title = forms.CharField(label=_("Title"), max_length=200)
    themes = forms.CharField(
        label=_("Themes"),
        max_length=400,
        required=False,
        help_text=_(
            "Several are parted by commas. Offers for certain themes are compared with them."
        ),
    )
    start = forms.TypedChoiceField(label=_("From"), required=False, coerce=int, empty_value=None)
    end = forms.TypedChoiceField(label=_("To"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, periods: Periods, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("start", "end"):
            field: Any = self.fields[name]
            field.choices = [("", _("not fixed")), *quarter_choices(periods)]

    def clean_themes(self) -> list[str]:
        """Part them."""
        words = [word.strip() for word in self.cleaned_data["themes"].split(",")]
        return list(dict.fromkeys(word for word in words if word))

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the start."""
        data: dict[str, Any] = super().clean() or {}
        _refuse_reversed(self, data)
        return data


class CostForm(CaseForm):
    """A cost over one or several quarters."""

    partner = forms.ChoiceField(label=_("Partner"))
    wp = forms.ChoiceField(label=_("Work package"))
    category = forms.ChoiceField(label=_("Cost category"))
    amount = Money(label=_("Amount"))
    currency = forms.ChoiceField(
        label=_("Currency"), choices=[("EUR", _("euro")), ("CHF", _("Swiss francs"))]
    )
    rate = forms.CharField(
        label=_("Rate: euro for 1 franc"),
        max_length=16,
        required=False,
        widget=forms.TextInput({"inputmode": "decimal"}),
        help_text=_("Only for Swiss francs, with its day: both stay with the cost."),
    )
    rate_on = forms.DateField(
        label=_("Day of the rate"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    start = forms.TypedChoiceField(label=_("From"), coerce=int)
    end = forms.TypedChoiceField(
        label=_("To"),
        coerce=int,
        help_text=_(
            "Over several quarters the amount is split evenly, the last one takes the rest."
        ),
    )
    economic = forms.BooleanField(
        label=_("For an economic activity"),
        required=False,
        help_text=_("Then a grant may be State aid."),
    )
    article = forms.ChoiceField(
        label=_("State aid article, if it is not the usual one"), required=False
    )
    bonuses = forms.MultipleChoiceField(
        label=_("What raises the aid intensity"),
        choices=[*BONUSES.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    place = forms.RegexField(
        r"^[A-Za-z]{2}[A-Za-z0-9]{0,3}$",
        label=_("Region in which it is spent, if it is not the partner's"),
        required=False,
        help_text=_("Code of NUTS, for example AT323."),
        error_messages={"invalid": _("Write a code of NUTS: two letters, then up to three more.")},
    )
    outside = forms.BooleanField(label=_("Spent outside the programme's area"), required=False)

    def __init__(
        self,
        *args: Any,
        periods: Periods,
        partners: Sequence[tuple[str, str]],
        packages: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        given = {str(self.initial.get("category", ""))} - {""}
        categories = [*CATEGORIES, *sorted(given - CATEGORIES.keys())]
        choices = {
            "partner": partners,
            "wp": packages,
            "category": [(key, category_label(key)) for key in categories],
            "start": quarter_choices(periods),
            "end": quarter_choices(periods),
            "article": [("", _("as the offer says")), *_articles(self.initial.get("article"))],
        }
        for name, values in choices.items():
            field: Any = self.fields[name]
            field.choices = values
        self.fields["amount"].required = True

    def clean_place(self) -> str:
        """Write the code in capitals."""
        return str(self.cleaned_data["place"]).upper()

    def clean_rate(self) -> str:
        """Take a rate with point or comma."""
        text = self.cleaned_data["rate"]
        rate = rate_of(text) if text else ""
        if rate is None:
            raise ValidationError(_("Write the rate in figures, for example 1.0412."))
        return rate

    def clean(self) -> dict[str, Any]:
        """Ask for rate and day of francs, and for quarters in order."""
        data: dict[str, Any] = super().clean() or {}
        _refuse_reversed(self, data)
        if data.get("currency") == "CHF":
            for name in ("rate", "rate_on"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("Francs need a rate and its day."))
        return data

    def stored(self) -> dict[str, Any]:
        """Return the cost as a case has it."""
        data = self.cleaned_data
        foreign = None
        cost = data["amount"]
        if data["currency"] == "CHF":
            foreign = Conversion("CHF", cost, data["rate"], data["rate_on"])
            cost = in_euro(cost, data["rate"])
        names = ("partner", "wp", "category", "start", "end", "economic", "outside", "bonuses")
        return {
            **{name: data[name] for name in names},
            "article": data["article"] or None,
            "place": data["place"] or None,
            "cost_ct": cost,
            "converted": foreign,
        }


def _articles(given: str | None) -> list[tuple[str, str]]:
    known = {rule.id: rule for rule in RULES if rule.params.get("kind") == "article"}
    found = [(key, f"{key} ({rule.act}, {rule.article})") for key, rule in known.items()]
    extra = [(given, given)] if given and given not in known else []
    return [*found, *extra]


def _refuse_reversed(form: forms.Form, data: Mapping[str, Any]) -> None:
    start, end = data.get("start"), data.get("end")
    if start is not None and end is not None and end < start:
        form.add_error("end", _("The end is before the start. Choose a later quarter."))
