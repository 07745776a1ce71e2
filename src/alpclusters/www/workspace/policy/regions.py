"""Regions of a plan or an action: those the partners answer for, and others by code."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.partnership.models import Project
from alpclusters.platform.territory.models import Region


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
