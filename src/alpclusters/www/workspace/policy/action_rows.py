"""The rows of an action: one small form each, with fields for amounts, days and regions."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, ClassVar, Final

from django import forms
from django.db.models import Model, Q
from django.utils.formats import number_format
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.fields import fields_of, label_of, length_of
from alpclusters.platform.funding.models import Offer
from alpclusters.platform.languages.codes import LANGUAGE_CODES, nearest_language
from alpclusters.platform.languages.inputs import input_name, input_names
from alpclusters.platform.languages.text import TranslatedText
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.parts import check_indicator_row
from alpclusters.platform.policy.models import (
    Action,
    Cost,
    Dependency,
    FundingLine,
    Indicator,
    Milestone,
    Player,
    Risk,
)
from alpclusters.platform.territory.models import Region
from alpclusters.reports.errors import what
from alpclusters.www.site.inputs import input_of, lazy_label_of
from alpclusters.www.workspace.initiatives.initiative_forms import Money
from alpclusters.www.workspace.translated import TextGroup, five_fields, text_group

# --- Regions of a plan or an action: those the partners answer for, and others by code ------------


class RegionsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # takes none when run
    """Regions to tick, named in the reader's language with their code."""

    def label_from_instance(self, region: Any) -> str:
        """Name a region."""
        return f"{region.name} ({region.code})"


def region_field(project: Project, chosen: Collection[Region]) -> RegionsField:
    """Return a field for the regions of a project's partners and AlpCafés and those chosen."""
    near = Q(partners__project=project) | Q(pk__in=[region.pk for region in chosen])
    of_cafes = Q(pk__in=project.cafes.order_by().values("region"))
    large = Region.objects.filter(near | of_cafes).distinct().order_by("country", "code", "pk")
    return RegionsField(
        large, label=_("Regions"), required=False, widget=forms.CheckboxSelectMultiple
    )


# --- Fields of the rows of an action: amounts as people write them, days, figures -----------------


CENTS: Final = 100


class AmountField(Money):
    """An amount in cents that has to be given: 12.500,00 or 12,500.00 or 12500."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.required = True

    def prepare_value(self, value: Any) -> Any:
        """Write cents as the reader's language does; what was typed stays."""
        return amount_text(value) if isinstance(value, int) else value


class DayField(forms.DateField):
    """A day, or none."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, **kwargs)


class FigureField(forms.DecimalField):
    """A number with up to four decimals, in the writing of the reader's language."""

    def __init__(self, **kwargs: Any) -> None:
        known = {"required": False, "max_digits": 18, "decimal_places": 4, "localize": True}
        super().__init__(**{**known, **kwargs})
        self.widget = forms.TextInput({"inputmode": "decimal"})
        self.widget.is_localized = True

    def prepare_value(self, value: Any) -> Any:
        """Leave out zeros at the end."""
        if value is None or isinstance(value, str):
            return value
        return value.quantize(1) if value == value.to_integral() else value.normalize()


def amount_text(cents: int) -> str:
    """Write cents without currency, as the field takes them."""
    whole, rest = divmod(cents, CENTS)
    decimals = 2 if rest else 0
    value = whole if not rest else cents / CENTS
    return number_format(value, decimals, use_l10n=bool(get_language()), force_grouping=True)


# --- The rows of an action: one small form each, with its uuid; an empty one is none --------------


MOST_ROWS: Final = 60
SPARE_TARGETS: Final = 2
MOST_TARGETS: Final = 20
SCALE: Final = [(1, _("1 low")), (2, _("2 middle")), (3, _("3 high"))]
_BIG: Final = 1_000


class RowForm(forms.Form):
    """One row; its uuid stays with it."""

    model: ClassVar[type[Model]]
    use_required_attribute = False
    uuid = forms.CharField(widget=forms.HiddenInput, required=False, max_length=36)
    # Only some kinds have them; the template asks every kind.
    targets: ClassVar[Any] = ()
    offer_key: ClassVar[Any] = ""
    offer_title: ClassVar[Any] = ""

    def __init__(self, *args: Any, original: str = "en", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.original = original
        for place, name in enumerate(self.text_names()):
            needed_in = original if place == 0 else ""
            label, longest = label_of(self.model, name), length_of(self.model, name)
            self.fields.update(five_fields(name, label, longest, needed_in=needed_in))
        self._begin_choices()

    @property
    def is_started(self) -> bool:
        """Whether something stands in it."""
        return bool(self.initial) or (self.is_bound and self.has_changed())

    @classmethod
    def text_names(cls) -> list[str]:
        """Return the texts in five languages."""
        return [one.name for one in fields_of(cls.model) if isinstance(one, TranslatedText)]

    @property
    def texts(self) -> list[TextGroup]:
        """The texts in five languages, the original in front."""
        return [
            text_group(self, name, label_of(self.model, name), self.original)
            for name in self.text_names()
        ]

    @property
    def others(self) -> list[forms.BoundField]:
        """The other fields that are shown."""
        own = set(input_names(self.text_names()))
        return [one for one in self.visible_fields() if one.name not in own | {"DELETE"}]

    def clean(self) -> dict[str, Any]:
        """Ask for the first text in at least one language."""
        super().clean()
        if (names := self.text_names()) and self.has_changed():
            name = names[0]
            texts = [self.cleaned_data.get(input_name(name, code)) or "" for code in LANGUAGE_CODES]
            if not any(text.strip() for text in texts):
                self.add_error(
                    input_name(name, self.original), gettext("Write it in one language.")
                )
        return self.cleaned_data

    def _begin_choices(self) -> None:
        """Begin with the first choice, as a browser sends it: an untouched row stays empty."""
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField) and field.initial is None:
                is_of_table = isinstance(field, forms.ModelChoiceField)
                choices: Any = field.choices
                field.initial = None if is_of_table else next(iter(choices))[0]

    def row(self) -> dict[str, Any]:
        """Return the row as the domain stores it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "DELETE"}


class PlayerForm(RowForm):
    """A body with a part in the action."""

    model = Player
    body = input_of(Player, "body")
    role = input_of(Player, "role")


class MilestoneForm(RowForm):
    """What has to be reached by a date."""

    model = Milestone
    due = input_of(Milestone, "due", form_class=DayField)
    weight = input_of(Milestone, "weight", max_value=_BIG)
    done_on = input_of(Milestone, "done_on", form_class=DayField)
    evidence = input_of(Milestone, "evidence")
    critical = input_of(Milestone, "critical")


class WaitingForm(RowForm):
    """An action that has to end first."""

    model = Dependency
    before = forms.ModelChoiceField(
        Action.objects.none(), label=lazy_label_of(Dependency, "before")
    )
    lag_days = input_of(Dependency, "lag_days", min_value=-_BIG, max_value=_BIG)

    def __init__(self, *args: Any, others_of_plan: Sequence[Action], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["before"]
        field.queryset = Action.objects.filter(pk__in=[other.pk for other in others_of_plan])
        # Read once for all rows, not by every row again.
        field.widget.choices = [("", "–"), *((one.pk, str(one)) for one in others_of_plan)]


class CostForm(RowForm):
    """What it costs in a year, by type."""

    model = Cost
    year = input_of(Cost, "year")
    type = input_of(Cost, "type", initial=Cost.Type.STAFF)
    amount_cents = AmountField(label=lazy_label_of(Cost, "amount_cents"))
    currency = input_of(Cost, "currency")


class FundingForm(RowForm):
    """Where money comes from: free words, or an offer that was looked up."""

    model = FundingLine
    source = input_of(FundingLine, "source")
    offer = forms.ModelChoiceField(
        Offer.objects.all(), to_field_name="key", required=False, widget=forms.HiddenInput
    )
    amount_cents = AmountField(label=lazy_label_of(FundingLine, "amount_cents"))
    currency = input_of(FundingLine, "currency")
    status = input_of(FundingLine, "status")

    @property
    def offer_key(self) -> str:
        """The key of the offer it is tied to."""
        value = self["offer"].value()
        return str(getattr(value, "key", value) or "")

    @property
    def offer_title(self) -> str:
        """How the source calls it."""
        return str(self["source"].value() or self.offer_key)


class RiskForm(RowForm):
    """What could go wrong, and the answer to it."""

    model = Risk
    likelihood = forms.TypedChoiceField(
        label=lazy_label_of(Risk, "likelihood"), choices=SCALE, coerce=int
    )
    impact = forms.TypedChoiceField(label=lazy_label_of(Risk, "impact"), choices=SCALE, coerce=int)


class IndicatorForm(RowForm):
    """What is measured: baseline, dated targets, source, how often."""

    model = Indicator
    code = input_of(Indicator, "code", help_text=_("As RCO83, where it has one"))
    stage = input_of(Indicator, "stage")
    direction = input_of(Indicator, "direction")
    path = input_of(Indicator, "path")
    baseline = input_of(Indicator, "baseline", form_class=FigureField)
    baseline_on = input_of(Indicator, "baseline_on", form_class=DayField)
    frequency_days = input_of(Indicator, "frequency_days", min_value=1, max_value=3660)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stored = list(self.initial.get("targets", ()))
        self.n_targets = min(max(len(stored), self._n_sent()) + SPARE_TARGETS, MOST_TARGETS)
        for place in range(self.n_targets):
            due, value = stored[place] if place < len(stored) else (None, None)
            words = {"n": place + 1}
            self.fields[f"due_{place}"] = DayField(
                label=gettext("Target %(n)s: date") % words, initial=due
            )
            self.fields[f"value_{place}"] = FigureField(
                label=gettext("Target %(n)s: value") % words, initial=value
            )

    @property
    def others(self) -> list[forms.BoundField]:
        """The fields that stand beside the texts; targets come by themselves."""
        return [one for one in super().others if not one.name.startswith(("due_", "value_"))]

    @property
    def targets(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Date and value of each target."""
        return [(self[f"due_{n}"], self[f"value_{n}"]) for n in range(self.n_targets)]

    def clean(self) -> dict[str, Any]:
        """Ask for both halves of a target, and for targets that can be judged."""
        super().clean()
        for place in range(self.n_targets):
            self._check_pair(place)
        if not self.errors and self.has_changed():
            try:
                check_indicator_row(self.row())
            except AlpClustersError as refused:
                language = nearest_language(get_language())
                self.add_error("direction", what(refused, language))
        return self.cleaned_data

    def row(self) -> dict[str, Any]:
        """Return the indicator with its targets in the order of their days."""
        values = super().row()
        pairs = [
            (values.pop(f"due_{n}", None), values.pop(f"value_{n}", None))
            for n in range(self.n_targets)
        ]
        targets = sorted((due, value) for due, value in pairs if due and value is not None)
        return {**values, "targets": targets}

    def _n_sent(self) -> int:
        """Count the targets in which something was sent."""
        sent = [
            place
            for place in range(MOST_TARGETS)
            if any(self.data.get(self.add_prefix(f"{name}_{place}")) for name in ("due", "value"))
        ]
        return sent[-1] + 1 if sent else 0

    def _check_pair(self, place: int) -> None:
        due, value = (self.cleaned_data.get(f"{name}_{place}") for name in ("due", "value"))
        if (due is None) != (value is None) and not self.errors:
            missing = f"due_{place}" if due is None else f"value_{place}"
            self.add_error(missing, gettext("Give both: date and value."))


type Kind = tuple[type[RowForm], int]

# Kind of rows: its form, and how many empty ones wait.
KINDS: Final[Mapping[str, Kind]] = {
    "players": (PlayerForm, 1),
    "milestones": (MilestoneForm, 1),
    "dependencies": (WaitingForm, 1),
    "costs": (CostForm, 1),
    "funding": (FundingForm, 1),
    "indicators": (IndicatorForm, 1),
    "risks": (RiskForm, 1),
}


def row_forms(
    name: str,
    action: Action,
    rows: Sequence[Mapping[str, Any]],
    data: Any,
    *,
    original: str,
) -> Any:
    """Build the forms of one kind of rows; without data for them they show what is stored."""
    form, extra = KINDS[name]
    factory = forms.formset_factory(
        form, extra=extra, max_num=MOST_ROWS, absolute_max=MOST_ROWS, can_delete=True
    )
    given: dict[str, Any] = {"original": original}
    if form is WaitingForm:
        own = Action.objects.filter(plan=action.plan_id).exclude(pk=action.pk)
        given["others_of_plan"] = list(own)
    is_sent = data is not None and f"{name}-TOTAL_FORMS" in data
    return factory(
        data if is_sent else None,
        initial=[dict(row) for row in rows],
        prefix=name,
        form_kwargs=given,
    )


def stored_rows(forms_of_kind: Any) -> list[dict[str, Any]]:
    """Return the rows that are filled in and not removed."""
    return [
        form.row()
        for form in forms_of_kind.forms
        if form.cleaned_data and not form.cleaned_data.get("DELETE") and _is_filled(form)
    ]


def _is_filled(form: RowForm) -> bool:
    return bool(form.cleaned_data.get("uuid") or form.has_changed())
