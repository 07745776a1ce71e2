"""Forms of joint calls, schemes and tables of budgets; who may fill them in."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alpclusters.analysis.funding.schemes import SIX_WEEKS
from alpclusters.platform.fields import length_of
from alpclusters.platform.funding.domain.policy_mixing.budgets import known_regions
from alpclusters.platform.funding.domain.schemes import MOST_SCHEMES, DesignFacts, SchemeFacts
from alpclusters.platform.funding.models import RegionalScheme, SynchronisedScheme
from alpclusters.platform.funding.rules import PLANNERS, visible_schemes
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.partnership.roles import project_ids
from alpclusters.www.components.parts import Crumb
from alpclusters.www.site.inputs import input_of, lazy_label_of
from alpclusters.www.workspace.funding_entries.form_fields import EuroField
from alpclusters.www.workspace.schemes.attributes import (
    ATTRIBUTE_NAMES,
    LEVEL_NAMES,
    AttributesForm,
    WishesForm,
    label_text,
    parse_value,
    written_value,
)

# --- Fetch a joint call with a right, and the place of its pages ----------------------------------


UNPROCESSABLE = 422
CONFLICT = 409


def require_role(request: HttpRequest) -> None:
    """Answer 403 to people without a role in any project."""
    if project_ids(request.user) == []:
        raise PermissionDenied


def require_keeper(request: HttpRequest) -> None:
    """Answer 403 to people who do not keep the catalogue."""
    if not request.user.has_perm("funding.keep_catalogue"):
        raise PermissionDenied


def seen_design(request: HttpRequest, pk: int) -> SynchronisedScheme:
    """Return a joint call of a project in which one has a role; others do not exist."""
    rows = visible_schemes(request.user).select_related("project")
    return get_object_or_404(rows, pk=pk)


def written_design(request: HttpRequest, pk: int) -> SynchronisedScheme:
    """Return a joint call one may change."""
    design = seen_design(request, pk)
    if not request.user.has_perm("funding.write_scheme", design):
        raise PermissionDenied
    return design


def own_projects(request: HttpRequest) -> QuerySet[Project]:
    """List the projects for which one may design a joint call."""
    wanted = project_ids(request.user, *PLANNERS)
    rows = Project.objects.exclude(kind=Project.Kind.HISTORIC)
    return rows if wanted is None else rows.filter(pk__in=wanted)


def crumbs(*steps: Crumb) -> list[Crumb]:
    """Return the way to a page of joint calls."""
    here = Crumb(_("Joint calls"), reverse("workspace:schemes") if steps else "")
    return [Crumb(_("Workspace"), reverse("workspace:dashboard")), here, *steps]


# --- Forms of joint calls, of regional schemes with their changes, and of a table of budgets ------


SPARE_CHANGES: Final = 3


class SchemesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # takes none when run
    """Schemes to choose from, with their regions."""

    def label_from_instance(self, scheme: Any) -> str:
        """Name a scheme with the code of its region."""
        return f"{scheme.name} ({scheme.region})"


class DesignForm(WishesForm):
    """A joint call: over which schemes, and what it asks beyond them."""

    project = forms.ModelChoiceField(
        Project.objects.none(), label=gettext_lazy("Project"), empty_label=None
    )
    title = input_of(SynchronisedScheme, "title")
    schemes = SchemesField(
        RegionalScheme.objects.none(),
        label=gettext_lazy("Schemes of the regions"),
        help_text=gettext_lazy("Two or more. Which of them fit together is computed."),
        to_field_name="key",
        widget=forms.CheckboxSelectMultiple,
    )
    min_days = forms.IntegerField(
        label=gettext_lazy("Shortest common window, days"),
        help_text=gettext_lazy("Six weeks are 42 days."),
        min_value=1,
        max_value=366,
        initial=SIX_WEEKS,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, initial=1, min_value=1)

    def __init__(
        self,
        *args: Any,
        projects: QuerySet[Project] | None = None,
        design: SynchronisedScheme | None = None,
        **kw: Any,
    ) -> None:
        wishes: Mapping[str, Any] = {} if design is None else design.wishes
        initial = {} if design is None else _design_values(design)
        initial |= kw.pop("initial", {})
        super().__init__(*args, attributes=wishes.get("attributes", {}), initial=initial, **kw)
        fields: dict[str, Any] = self.fields
        fields["schemes"].queryset = RegionalScheme.objects.all()
        if projects is None:
            del self.fields["project"]
        else:
            fields["project"].queryset = projects

    def clean_schemes(self) -> Any:
        """Ask for two to many."""
        chosen = self.cleaned_data["schemes"]
        if len(chosen) < 2:  # noqa: PLR2004 - a joint call has two sides
            raise ValidationError(_("Choose at least two schemes."), code="few")
        if len(chosen) > MOST_SCHEMES:
            text = _("Choose at most %(n)s schemes.") % {"n": MOST_SCHEMES}
            raise ValidationError(text, code="many")
        return chosen

    def facts(self) -> DesignFacts:
        """Return what the domain stores."""
        data = self.cleaned_data
        return DesignFacts(
            title=data["title"],
            schemes=tuple(scheme.key for scheme in data["schemes"]),
            attributes=self.attributes(),
            min_days=data["min_days"],
        )


def _design_values(design: SynchronisedScheme) -> dict[str, Any]:
    keys = design.schemes.values_list("key", flat=True).order_by()
    min_days = design.wishes.get("min_days", SIX_WEEKS)
    return {
        "title": design.title,
        "schemes": list(keys),
        "min_days": min_days,
        "version": design.version,
    }


class ChangeForm(forms.Form):
    """A change of one rule that is thinkable, with who decides it."""

    use_required_attribute = False
    label = forms.CharField(label=gettext_lazy("In words"), max_length=160, required=False)
    attribute = forms.ChoiceField(
        label=gettext_lazy("Which rule"),
        choices=[("", "–"), *ATTRIBUTE_NAMES.items()],
        required=False,
    )
    value = forms.CharField(
        label=gettext_lazy("What would be allowed as well"),
        help_text=gettext_lazy("Keys with commas, or both ends with a semicolon: 20; 50"),
        max_length=300,
        required=False,
    )
    level = forms.ChoiceField(
        label=gettext_lazy("Who decides"),
        choices=[(key, name) for key, name in LEVEL_NAMES.items() if key != "call"],
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Read the value by its rule."""
        data = super().clean() or self.cleaned_data
        attribute, text = data.get("attribute"), data.get("value")
        if bool(attribute) != bool(text):
            self.add_error("value" if attribute else "attribute", _("Say both: rule and value."))
        elif attribute and text:
            try:
                data["parsed"] = parse_value(attribute, text)
            except ValidationError as error:
                self.add_error("value", error)
        return data

    @property
    def is_stated(self) -> bool:
        """Whether a change is written here."""
        return bool(self.cleaned_data.get("attribute"))


class SchemeForm(AttributesForm):
    """How one region funds joint projects today."""

    name = forms.CharField(
        label=lazy_label_of(RegionalScheme, "name"), max_length=length_of(RegionalScheme, "name")
    )
    region = input_of(
        RegionalScheme,
        "region",
        help_text=gettext_lazy("Code of the country or region, such as AT33 or SI"),
    )
    budget = EuroField(
        label=lazy_label_of(RegionalScheme, "budget_ct"),
        help_text=gettext_lazy("Empty: not known"),
    )
    source = input_of(RegionalScheme, "source", required=True)
    source_url = input_of(RegionalScheme, "source_url")
    version = forms.IntegerField(widget=forms.HiddenInput, initial=1, min_value=1)

    def __init__(self, *args: Any, scheme: RegionalScheme | None = None, **kw: Any) -> None:
        attributes = {} if scheme is None else scheme.attributes
        initial = {} if scheme is None else _scheme_values(scheme)
        super().__init__(*args, attributes=attributes, initial=initial, **kw)

    def clean_region(self) -> str:
        """Let only codes through that are in use."""
        code = str(self.cleaned_data["region"]).strip().upper()
        if code not in known_regions():
            text = _("“%(code)s” is no code of NUTS 2021.") % {"code": code}
            raise ValidationError(text, code="region")
        return code

    def facts(self, changes: Sequence[Mapping[str, Any]]) -> SchemeFacts:
        """Return what the domain stores."""
        data = self.cleaned_data
        return SchemeFacts(
            name=data["name"],
            region=data["region"],
            attributes=self.attributes(),
            changes=changes,
            budget_ct=data["budget"],
            source=data["source"],
            source_url=data["source_url"],
        )


def _scheme_values(scheme: RegionalScheme) -> dict[str, Any]:
    return {
        "name": scheme.name,
        "region": scheme.region,
        "budget": scheme.budget_ct,
        "source": scheme.source,
        "source_url": scheme.source_url,
        "version": scheme.version,
    }


ChangeForms = forms.formset_factory(ChangeForm, extra=SPARE_CHANGES, max_num=40, absolute_max=40)


def change_values(scheme: RegionalScheme | None) -> list[dict[str, Any]]:
    """Return the stored changes as the forms show them."""
    return [
        {
            "label": label_text(one.get("label")),
            "attribute": one.get("attribute"),
            "value": written_value(str(one.get("attribute")), one.get("value", ())),
            "level": one.get("level"),
        }
        for one in ([] if scheme is None else scheme.changes)
    ]


def stored_changes(changes: Any, scheme: RegionalScheme | None) -> list[dict[str, Any]]:
    """Return the changes of valid forms as they are stored.

    A change whose words are as they were keeps them in all languages.
    """
    before = [] if scheme is None else scheme.changes
    found = []
    for n, form in enumerate(changes.forms):
        if not form.is_stated:
            continue
        data = form.cleaned_data
        old = before[n] if n < len(before) else {}
        label = data["label"]
        kept = old.get("label") if label_text(old.get("label")) == label else label
        found.append(
            {
                "id": old.get("id") or f"{slugify(label)[:40] or data['attribute']}-{n + 1}",
                "attribute": data["attribute"],
                "value": data["parsed"],
                "level": data["level"],
                "label": kept,
            }
        )
    return found


class BudgetsForm(forms.Form):
    """A table of budgets."""

    use_required_attribute = False
    file = forms.FileField(
        label=gettext_lazy("Table"),
        help_text=gettext_lazy("CSV or XLSX, at most 2 MB and 5,000 rows"),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )
