"""What one says of a link, and whether it is alive."""

from dataclasses import replace
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.evidence.models import Initiative
from alpclusters.platform.network.domain.links.entering import FIELDS, LinkFacts
from alpclusters.platform.network.models import Link, LinkReport
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.partnership.rules import visible_to
from alpclusters.www.site.inputs import Day, input_of, lazy_label_of

ONE: Final = 1


class LinkForm(forms.Form):
    """The facts of a link; only its kind must be there."""

    use_required_attribute = False
    type = input_of(Link, "type")
    topic = input_of(Link, "topic")
    started_on = input_of(Link, "started_on", form_class=Day)
    initiative = forms.CharField(
        label=lazy_label_of(Link, "initiative"),
        max_length=120,
        required=False,
        help_text=_("Its acronym, as in the list of initiatives; empty if there is none."),
    )
    funding = input_of(Link, "funding")
    funding_ends_on = input_of(Link, "funding_ends_on", form_class=Day)
    agreed_on = input_of(Link, "agreed_on", form_class=Day)
    project = forms.ModelChoiceField(
        Project.objects.none(),
        label=lazy_label_of(Link, "project"),
        required=False,
        empty_label=_("none"),
    )
    note = input_of(Link, "note", widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, user: User, link: Link | None = None, **kwargs: Any) -> None:
        self.link = link
        super().__init__(*args, **kwargs | {"initial": _initial(link)})
        shown: Any = self.fields["project"]
        shown.queryset = visible_to(user).running().order_by("acronym", "pk")

    def clean_initiative(self) -> Initiative | None:
        """Find the initiative by its acronym or its key."""
        text = str(self.cleaned_data["initiative"]).strip()
        if not text:
            return None
        before: Initiative | None = self.link.initiative if self.link is not None else None
        if before is not None and text == before.acronym:
            return before
        published = Initiative.objects.published()
        exact = published.filter(key=text.lower()).first()
        if exact is not None:
            return exact
        found = list(published.filter(acronym__iexact=text).order_by("pk")[: ONE + 1])
        if not found:
            raise ValidationError(
                _("No published initiative has this acronym. Leave it empty and write by whom.")
            )
        if len(found) > ONE:
            raise ValidationError(
                _("Several initiatives have this acronym. Write the last part of its address.")
            )
        return found[0]

    def facts(self) -> LinkFacts:
        """Return what the domain stores."""
        before = LinkFacts.of(self.link) if self.link else LinkFacts()
        return replace(before, **{k: v for k, v in self.cleaned_data.items() if k in FIELDS})


class NewLinkForm(LinkForm):
    """The same, and whether it is alive today."""

    status = input_of(Link, "status", label=_("State today"))


class ReportForm(forms.Form):
    """Whether a link is alive, as one side sees it on a day."""

    use_required_attribute = False
    side = forms.ChoiceField(label=_("For"))
    status = input_of(
        LinkReport,
        "status",
        choices=[c for c in Link.Status.choices if c[0] != Link.Status.UNKNOWN],
        widget=forms.RadioSelect,
    )
    said_on = input_of(LinkReport, "said_on", form_class=Day)
    note = input_of(LinkReport, "note")

    def __init__(self, *args: Any, sides: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"initial": {"said_on": timezone.localdate()}})
        field: Any = self.fields["side"]
        field.choices = [(str(side.pk), side.name) for side in sides]
        self.sides = sides
        if len(sides) == ONE:
            field.widget = forms.HiddenInput()
            field.initial = str(sides[0].pk)

    @property
    def organisation(self) -> Organisation:
        """The side for which it is said."""
        return next(one for one in self.sides if str(one.pk) == self.cleaned_data["side"])


class DecisionForm(forms.Form):
    """Confirm with the state as one sees it, refuse with a word, or withdraw."""

    use_required_attribute = False
    do = forms.ChoiceField(choices=[("confirm", ""), ("refuse", ""), ("withdraw", "")])
    status = forms.ChoiceField(
        label=_("State, as you see it"), choices=Link.Status.choices, required=False
    )
    note = forms.CharField(
        label=_("If you refuse: why"),
        max_length=500,
        required=False,
        help_text=_("The other side can read it."),
    )


def _initial(link: Link | None) -> dict[str, Any]:
    if link is None:
        return {}
    values = {name: getattr(link, name) for name in FIELDS}
    return {**values, "initiative": link.initiative.acronym if link.initiative else ""}
