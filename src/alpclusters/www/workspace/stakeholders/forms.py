"""Forms of the stakeholder map: a judgement with its reason, a new organisation, the aims."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from alpclusters.platform.actors.domain.groups import helix_choices, level_choices
from alpclusters.platform.actors.domain.stakeholders.bodies import FACTS, open_facts
from alpclusters.platform.actors.models import (
    CoverageTarget,
    OrganisationType,
    Person,
    Stakeholder,
)
from alpclusters.platform.territory.models import Region
from alpclusters.www.workspace.project_regions import region_choices

YES_NO = (("", gettext_lazy("unknown")), ("yes", gettext_lazy("yes")), ("no", gettext_lazy("no")))
GRADES = (("", gettext_lazy("unknown")), *Stakeholder.Grade.choices)


def audience_field() -> forms.MultipleChoiceField:
    """Return the field for whom the project addresses; several may be true."""
    return forms.MultipleChoiceField(
        label=gettext_lazy("Addressed as"),
        choices=Stakeholder.Audience.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Whom the project speaks to. Not the same as who gains from it."),
    )


class FactsForm(forms.Form):
    """Group of society, level and region of an organisation."""

    helix = forms.ChoiceField(label=gettext_lazy("Sector"))
    level = forms.ChoiceField(label=gettext_lazy("Level"), required=False)
    region = forms.ModelChoiceField(
        Region.objects.none(), label=gettext_lazy("Region"), required=False
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
    benefits = forms.ChoiceField(
        label=gettext_lazy("Gains from the results"), choices=YES_NO, required=False
    )
    influence = forms.ChoiceField(label=gettext_lazy("Influence"), choices=GRADES, required=False)
    interest = forms.ChoiceField(label=gettext_lazy("Interest"), choices=GRADES, required=False)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy(
            "One sentence that the organisation may read: what the judgement rests on."
        ),
    )
    person = forms.ModelChoiceField(
        Person.objects.none(), label=gettext_lazy("Contact person"), required=False
    )
    mapped_on = forms.DateField(
        label=gettext_lazy("Mapped on"),
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
        for name in ("influence", "interest"):
            data[name] = int(data[name]) if data.get(name) else None
        data["benefits_from_results"] = {"yes": True, "no": False}.get(data.get("benefits", ""))
        if (data["influence"] or data["interest"]) and not data.get("reason", "").strip():
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
    body = one.organisation
    return {
        "helix": body.helix,
        "level": body.level,
        "region": body.region_id,
        "audience": one.audience,
        "benefits": {True: "yes", False: "no", None: ""}[one.benefits_from_results],
        "influence": one.influence or "",
        "interest": one.interest or "",
        "reason": one.reason,
        "person": one.person_id,
        "mapped_on": one.mapped_on,
    }


class NewBodyForm(FactsForm):
    """An organisation that is in no list yet."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    type = forms.ChoiceField(
        label=gettext_lazy("Type"), choices=OrganisationType.choices, initial="unknown"
    )
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
        fields = (
            "least_helixes",
            "least_share",
            "least_levels",
            "least_of_region",
            "least_of_cell",
        )
