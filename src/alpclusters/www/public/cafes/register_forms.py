"""What somebody writes who comes to an AlpCafé."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from alpclusters.platform.actors.domain.groups import helix_choices, level_choices
from alpclusters.platform.cafe.domain.invitations import ASKED, TOLD
from alpclusters.platform.cafe.models import AlpCafe, Invitation
from alpclusters.platform.languages.codes import LANGUAGES, nearest_language
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.platform.territory.models import Region
from alpclusters.www.public.guarded_forms import GuardedForm
from alpclusters.www.site.inputs import input_of, lazy_label_of


class RegisterForm(GuardedForm):
    """Name, languages, and what the hosts should know; everything but the name may be skipped."""

    name = input_of(Invitation, "name", widget=forms.TextInput({"autocomplete": "name"}))
    email = input_of(
        Invitation,
        "email",
        help_text=gettext_lazy("For a reminder, nothing else."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    organisation_name = input_of(
        Invitation,
        "organisation_name",
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    region = input_of(Invitation, "region")
    helix = forms.ChoiceField(label=lazy_label_of(Invitation, "helix"), required=False)
    level = forms.ChoiceField(label=lazy_label_of(Invitation, "level"), required=False)
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("I speak"),
        choices=LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("So that you sit at tables where you understand the others."),
    )
    needs = input_of(
        Invitation,
        "needs",
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("For example: wheelchair, hearing, interpreter, food."),
    )

    def __init__(
        self, *args: Any, cafe: AlpCafe, invitation: Invitation | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, initial=_initial(invitation), **kwargs)
        own = get_language()
        regions = Region.objects.current().filter(level__gte=1, level__lte=2)
        region: Any = self.fields["region"]
        region.queryset = regions
        region.choices = _by_country(regions, own, cafe)
        for name, choices in (("helix", helix_choices(own)), ("level", level_choices(own))):
            field: Any = self.fields[name]
            field.choices = [("", _("skip")), *(one for one in choices if one[0] != "unknown")]

    def answer(self) -> dict[str, Any]:
        """Return what was said, by column."""
        return self.cleaned_data | {"language": nearest_language(get_language())}


def _initial(invitation: Invitation | None) -> dict[str, Any]:
    own = [nearest_language(get_language())]
    if invitation is None:
        return {"languages": own}
    shown = {name: getattr(invitation, name) for name in (*ASKED, *TOLD)}
    return shown | {"languages": invitation.languages or own}


def _by_country(regions: Any, language: str | None, cafe: AlpCafe) -> list[Any]:
    """Offer the region of the AlpCafé first, then all by country."""
    groups: dict[str, list[tuple[int, str]]] = {}
    for region in regions.order_by("country", "code"):
        groups.setdefault(region.country, []).append((region.pk, region.name))
    own = (cafe.region_id, cafe.region.name)
    first = [own] if any(own in group for group in groups.values()) else []
    return [
        ("", _("skip")),
        *first,
        *((country_name(country, language), group) for country, group in groups.items()),
    ]
