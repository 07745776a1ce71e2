"""What to look for in the security log."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.trust.models import SecurityEvent


class LogFilter(forms.Form):
    """Kind, person and days."""

    kind = forms.ChoiceField(label=_("What happened"), required=False)
    person = forms.CharField(label=_("Person"), max_length=254, required=False)
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["kind"].choices = [("", _("Everything")), *SecurityEvent.Kind.choices]
        # Whoever looks for something knows that a filter may stay empty.
        for field in fields.values():
            field.is_awaited = True

    def found(self) -> QuerySet[SecurityEvent]:
        """Return the entries that fit, the newest first."""
        events = SecurityEvent.objects.select_related("actor", "about").order_by("-number")
        if not self.is_valid():
            return events.none()
        data = self.cleaned_data
        if data["kind"]:
            events = events.filter(kind=data["kind"])
        if data["person"]:
            wanted = Q()
            for who in ("actor", "about"):
                wanted |= Q(**{f"{who}__name__icontains": data["person"]})
                wanted |= Q(**{f"{who}__email__icontains": data["person"]})
            events = events.filter(wanted)
        if data["since"]:
            events = events.filter(at__date__gte=data["since"])
        if data["until"]:
            events = events.filter(at__date__lte=data["until"])
        return events
