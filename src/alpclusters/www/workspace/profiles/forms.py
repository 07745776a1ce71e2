"""One small form for each part of a profile: nothing is required, each part saves by itself."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.actors.domain.editing import (
    ORGANISATION_FIELDS,
    changed_since,
    newest_version,
)
from alpclusters.platform.actors.models import ClusterOrganisation
from alpclusters.www.site.logos import LogoView
from alpclusters.www.workspace.profiles.fields import said
from alpclusters.www.workspace.translated import LanguagePart


class PartForm(forms.Form):
    """A part of a profile; ``NAMES`` are the fields of the profile that it holds.

    It carries the version it was opened with: what somebody else saved in the same part in the
    meantime is shown and not written over.
    """

    NAMES: ClassVar[tuple[str, ...]] = ()
    YES_NO: ClassVar[tuple[str, ...]] = ()
    NOTE: ClassVar[Any] = ""

    version = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, cluster: ClusterOrganisation, **kwargs: Any) -> None:
        self.cluster = cluster
        self.newest = newest_version(cluster)
        self.theirs: dict[str, Any] = {}
        super().__init__(
            *args, initial={**self.values_of(cluster), "version": self.newest}, **kwargs
        )

    def values_of(self, cluster: ClusterOrganisation) -> dict[str, Any]:
        """Return what the fields show at first."""
        values = {name: value_of(cluster, name) for name in self.NAMES}
        return {n: said(v) if n in self.YES_NO else v for n, v in values.items()}

    def clean(self) -> dict[str, Any]:
        """Refuse to write over what somebody else saved in this part."""
        data: dict[str, Any] = super().clean() or {}
        self.theirs = changed_since(self.cluster, data.get("version", ""), self.NAMES)
        if self.theirs:
            # The next attempt is made with both in sight.
            self.data = self.data.copy()
            self.data["version"] = self.newest
            raise ValidationError(_("This entry was changed in the meantime."), code="conflict")
        return data

    def changes(self) -> dict[str, Any]:
        """Return the fields that `change_profile` stores; those with an error are left out."""
        return {n: self.cleaned_data[n] for n in self.NAMES if n in self.cleaned_data}

    @property
    def cards(self) -> list[LanguagePart]:
        """A card per language, where the part is a text in five languages."""
        return []

    @property
    def logo(self) -> LogoView | None:
        """The logo there is, where the part is about it."""
        return None

    @property
    def missing_share(self) -> int:
        """How much of a whole is not said yet, where the part has shares."""
        return 0

    @property
    def is_conflict(self) -> bool:
        """Whether somebody else saved this part."""
        return bool(self.theirs)


def value_of(cluster: ClusterOrganisation, name: str) -> Any:
    """Return a field of a profile or of its organisation."""
    return getattr(cluster.organisation if name in ORGANISATION_FIELDS else cluster, name)
