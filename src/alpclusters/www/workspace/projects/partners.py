"""A partner: which organisation, where it sits, for which region it answers, what it does."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.actors.domain.partners import PARTNER_FIELDS
from alpclusters.platform.actors.models import Organisation, Partner
from alpclusters.platform.fields import length_of
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.territory.models import Region
from alpclusters.www.components.region_chooser import RegionField
from alpclusters.www.site.inputs import input_of, lazy_label_of
from alpclusters.www.workspace.translated import LanguagePart, language_parts


def _region(name: str) -> RegionField:
    column: Any = Partner._meta.get_field(name)
    return RegionField(label=column.verbose_name, help_text=column.help_text, required=False)


class PartnerForm(forms.Form):
    """A partner of a project; seat and region are two fields."""

    TEXTS: Final = ("tasks", "note")

    organisation = forms.CharField(
        label=lazy_label_of(Partner, "organisation"), max_length=length_of(Organisation, "name")
    )
    role = input_of(Partner, "role")
    seat_code = _region("seat")
    region_code = _region("region")
    source = input_of(Partner, "source")
    status = input_of(Partner, "status")

    tasks = input_of(Partner, "tasks", rows=3)
    note = input_of(Partner, "note", rows=2)

    def __init__(
        self, *args: Any, project: Project, partner: Partner | None = None, **kwargs: Any
    ) -> None:
        self.project, self.partner = project, partner
        super().__init__(*args, **kwargs | {"initial": _initial(partner) if partner else {}})
        if partner:
            self.fields["organisation"].disabled = True
            for name in ("seat", "region"):
                code: Any = self.fields[f"{name}_code"]
                code.keep(getattr(partner, name))

    @property
    def languages(self) -> list[LanguagePart]:
        """The cards of the five languages."""
        return language_parts(self, self.TEXTS)

    def clean_organisation(self) -> str:
        """Refuse an organisation that is a partner already."""
        name: str = self.cleaned_data["organisation"].strip()
        taken = self.project.partners.filter(organisation__name__iexact=name)
        if not self.partner and taken.exists():
            raise ValidationError(_("This organisation is a partner already. Edit its entry."))
        return name

    def clean_seat_code(self) -> str:
        """Hand the region on as ``seat``."""
        return self._hand_on("seat")

    def clean_region_code(self) -> str:
        """Hand the region on as ``region``."""
        return self._hand_on("region")

    def _hand_on(self, name: str) -> str:
        region: Region | None = self.cleaned_data[f"{name}_code"]
        self.cleaned_data[name] = region
        return region.code if region else ""


def _initial(partner: Partner) -> dict[str, Any]:
    values = {name: getattr(partner, name) for name in PARTNER_FIELDS}
    return {
        **values,
        "organisation": partner.organisation.name,
        "seat_code": partner.seat,
        "region_code": partner.region,
    }
