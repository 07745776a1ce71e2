"""One small form for each part of a profile: nothing is required, each part saves by itself."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.actors.domain.editing import (
    ORGANISATION_FIELDS,
    changed_since,
    columns_in,
    model_of,
    names_in,
    newest_version,
)
from alpclusters.platform.actors.models import ClusterOrganisation
from alpclusters.platform.languages.text import field_of, read_input
from alpclusters.www.forms import put_sent
from alpclusters.www.site.logos import LogoView
from alpclusters.www.workspace.profiles.fields import input_of, said
from alpclusters.www.workspace.translated import LanguagePart


class PartForm(forms.Form):
    """A part of a profile: an input for each column of ``PART``.

    A part has inputs of its own where a column's kind does not say enough: those it declares, and
    those of the columns in ``OWN``, which it makes itself. ``LABELS`` are shorter than the labels
    of the columns, where the part says the rest.

    It carries the version it was opened with: what somebody else saved in the same part in the
    meantime is shown and not written over.
    """

    PART: ClassVar[str] = ""
    OWN: ClassVar[frozenset[str]] = frozenset()
    LABELS: ClassVar[Mapping[str, Any]] = {}
    NOTE: ClassVar[Any] = ""

    version = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, cluster: ClusterOrganisation, **kwargs: Any) -> None:
        self.cluster = cluster
        self.newest = newest_version(cluster)
        self.theirs: dict[str, Any] = {}
        super().__init__(
            *args, **kwargs | {"initial": {**self.values_of(cluster), "version": self.newest}}
        )
        self._add_columns()

    @property
    def names(self) -> tuple[str, ...]:
        """The fields of the profile that it holds."""
        return names_in(self.PART)

    def _add_columns(self) -> None:
        """Put an input for each column before those of the part itself."""
        own = self.fields
        columns = {column.name: column for column in columns_in(self.PART)}
        made = {
            name: own.pop(name, None) or input_of(column)
            for name, column in columns.items()
            if name not in self.OWN
        }
        self.fields = {
            "version": own.pop("version"),
            **{name: field for name, field in made.items() if field is not None},
            **own,
        }
        for name, label in self.LABELS.items():
            self.fields[name].label = label
        self.order_fields(self.field_order)

    def values_of(self, cluster: ClusterOrganisation) -> dict[str, Any]:
        """Return what the fields show at first."""
        values = {name: value_of(cluster, name) for name in self.names}
        return {n: said(v) if is_yes_no(n) else v for n, v in values.items()}

    def clean(self) -> dict[str, Any]:
        """Refuse to write over what somebody else saved in this part."""
        data: dict[str, Any] = super().clean() or {}
        self.theirs = changed_since(self.cluster, data.get("version", ""), self.names)
        if self.theirs:
            # The next attempt is made with both in sight.
            put_sent(self, "version", self.newest)
            raise ValidationError(_("This entry was changed in the meantime."), code="conflict")
        return data

    def changes(self) -> dict[str, Any]:
        """Return the fields that `change_profile` stores; those with an error are left out."""
        return {n: self.cleaned_data[n] for n in self.names if n in self.cleaned_data}

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
    return read_input(cluster.organisation if name in ORGANISATION_FIELDS else cluster, name)


def is_yes_no(name: str) -> bool:
    """Say whether a field is a choice of yes, no and unknown."""
    return isinstance(field_of(model_of(name), name), models.BooleanField)
