"""Members, management, money and services."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.actors.domain.named_lists import choice_label, choices_of
from alpclusters.platform.actors.models import ClusterOrganisation
from alpclusters.www.workspace.profiles.fields import (
    UNKNOWN,
    several_of,
)
from alpclusters.www.workspace.profiles.forms import PartForm

WHOLE: Final = 100
TOLERANCE: Final = 1
EMPTY_IS_UNKNOWN: Final = _("Leave a number empty if you do not know it. 0 means: none.")


class MembersForm(PartForm):
    """Members by type; empty is unknown, 0 is none."""

    PART = "members"
    NOTE = EMPTY_IS_UNKNOWN
    field_order = ("version", "n_sme", "n_start_up")

    def clean(self) -> dict[str, Any]:
        """Start-ups are counted among the small firms."""
        data = super().clean()
        start_ups, firms = data.get("n_start_up"), data.get("n_sme")
        if start_ups is not None and firms is not None and start_ups > firms:
            text = _("Start-ups are among the small and medium-sized firms: at most as many.")
            self.add_error("n_start_up", ValidationError(text))
        return data


class ManagementForm(PartForm):
    """Staff, board and strategy."""

    PART = "management"


class MoneyForm(PartForm):
    """Budget as a band and shares in per cent; shares may be filled bit by bit."""

    PART = "money"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key in choices_of("financing"):
            self.fields[f"share_{key}"] = _share(choice_label("financing", key, get_language()))

    def values_of(self, cluster: ClusterOrganisation) -> dict[str, Any]:
        """Spread the shares over their fields."""
        shares = {f"share_{key}": cluster.financing.get(key) for key in choices_of("financing")}
        return {**super().values_of(cluster), **shares}

    def clean(self) -> dict[str, Any]:
        """Refuse shares of more than the whole; less is not finished yet."""
        data = super().clean()
        given = self._shares(data)
        total = sum(given.values())
        if total > WHOLE + TOLERANCE:
            raise ValidationError(
                _("The shares are %(total)s per cent together. Take %(more)s away."),
                params={"total": total, "more": total - WHOLE},
            )
        data["financing"] = given
        return data

    @property
    def missing_share(self) -> int:
        """How much of the whole is not said yet; 0 where nothing is said at all."""
        total = sum(self.cluster.financing.values())
        return WHOLE - total if 0 < total < WHOLE - TOLERANCE else 0

    @staticmethod
    def _shares(data: dict[str, Any]) -> dict[str, int]:
        pairs = [(key, data.get(f"share_{key}")) for key in choices_of("financing")]
        return {key: share for key, share in pairs if share is not None}


class ServicesForm(PartForm):
    """What it does for its members."""

    PART = "services"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["services"] = several_of(_("Services"), "service")


def _share(label: str) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"inputmode": "numeric", "placeholder": UNKNOWN})
    return forms.IntegerField(
        label=_("%(what)s, per cent") % {"what": label},
        required=False,
        min_value=0,
        max_value=WHOLE,
        widget=widget,
    )
