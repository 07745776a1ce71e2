"""Forms of the stakeholder map: a judgement with its reason, a new organisation, the aims."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from alpclusters.platform.actors.domain.groups import helix_choices, level_choices
from alpclusters.platform.actors.domain.stakeholders.bodies import FACTS, open_facts
from alpclusters.platform.actors.models import CoverageTarget, Organisation, Person, Stakeholder
from alpclusters.platform.fields import fields_of
from alpclusters.platform.territory.models import Region
from alpclusters.www.site.inputs import choice_of, input_of, lazy_label_of, several_of
from alpclusters.www.workspace.profiles.fields import said, yes_no
from alpclusters.www.workspace.project_regions import region_choices

GRADES = (("", gettext_lazy("unknown")), *Stakeholder.Grade.choices)


def audience_field() -> forms.MultipleChoiceField:
    """Return the field for whom the project addresses; several may be true."""
    return several_of(Stakeholder, "audience", Stakeholder.Audience.choices)


class FactsForm(forms.Form):
    """Group of society, level and region of an organisation."""

    helix = forms.ChoiceField(label=gettext_lazy("Sector"))
    level = choice_of(Organisation, "level")
    region = forms.ModelChoiceField(
        Region.objects.none(), label=lazy_label_of(Organisation, "region"), required=False
    )

    def __init__(self, *args: Any, project_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        helix: Any = self.fields["helix"]
        named = [pair for pair in helix_choices(get_language()) if pair[0] != "unknown"]
        helix.choices = [("unknown", _("unknown")), *named]
        level: Any = self.fields["level"]
        level.choices = [("", _("unknown")), *level_choices(get_language())]
        region: Any = self.fields["region"]
        region.queryset, region.choices = region_choices(project_id)


class StakeholderForm(FactsForm):
    """What the project thinks of a stakeholder; a judgement needs its reason."""

    audience = audience_field()
    benefits_from_results = yes_no(lazy_label_of(Stakeholder, "benefits_from_results"))
    influence = input_of(Stakeholder, "influence", choices=GRADES)
    interest = input_of(Stakeholder, "interest", choices=GRADES)
    reason = input_of(Stakeholder, "reason", widget=forms.Textarea({"rows": 3}))
    person = forms.ModelChoiceField(
        Person.objects.none(), label=lazy_label_of(Stakeholder, "person"), required=False
    )
    mapped_on = input_of(
        Stakeholder,
        "mapped_on",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, stakeholder: Stakeholder, **kwargs: Any) -> None:
        body = stakeholder.organisation
        super().__init__(
            *args, project_id=stakeholder.project_id, initial=_initial(stakeholder), **kwargs
        )
        self.stakeholder = stakeholder
        people: Any = self.fields["person"]
        people.queryset = Person.objects.filter(organisation=body, consents__withdrawn_at=None)
        people.queryset = people.queryset.distinct().order_by("name", "pk")
        people.empty_label = _("nobody in particular")
        self._keep_region(body.region)
        for name in set(FACTS) - set(open_facts(body)):
            self.fields[name].disabled = True

    def _keep_region(self, region: Region | None) -> None:
        """Offer the region the organisation has, even if it is smaller than those of the list."""
        field: Any = self.fields["region"]
        if region and not field.queryset.filter(pk=region.pk).exists():
            field.choices = [*field.choices, (region.pk, f"{region.name} ({region.code})")]
            field.queryset = Region.objects.all()

    def clean(self) -> dict[str, Any]:
        """Ask for the reason of a judgement; one contact per organisation stands once."""
        data: dict[str, Any] = super().clean() or {}
        if (data.get("influence") or data.get("interest")) and not data.get("reason", "").strip():
            text = _("Say what the judgement rests on. It is part of a personal export.")
            self.add_error("reason", ValidationError(text))
        others = Stakeholder.objects.filter(
            project=self.stakeholder.project,
            organisation=self.stakeholder.organisation,
            person=data.get("person"),
        ).exclude(pk=self.stakeholder.pk)
        if others.exists():
            text = _("This organisation is on the map already with this contact.")
            self.add_error("person", ValidationError(text))
        return data


def _initial(one: Stakeholder) -> dict[str, Any]:
    return {
        **{name: getattr(one.organisation, name) for name in FACTS},
        **{column.name: getattr(one, column.name) for column in fields_of(one)},
        "benefits_from_results": said(one.benefits_from_results),
    }


class NewBodyForm(FactsForm):
    """An organisation that is in no list yet."""

    name = input_of(Organisation, "name")
    type = input_of(Organisation, "type")
    is_other = forms.BooleanField(
        label=gettext_lazy("It is another organisation than those listed"),
        required=False,
        widget=forms.HiddenInput,
    )

    field_order = ("name", "type", "helix", "level", "region", "is_other")


class TargetsForm(forms.ModelForm):  # type: ignore[type-arg]
    """The aims of a project."""

    class Meta:
        model = CoverageTarget
        fields = tuple(column.name for column in fields_of(CoverageTarget))
