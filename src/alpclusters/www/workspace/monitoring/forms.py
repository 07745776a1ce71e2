"""Dates of a round, whom to ask, corrections of a status, decisions about values."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from alpclusters.platform.fields import length_of
from alpclusters.platform.policy.domain.monitoring.overrides import CHOICES, SHORTEST_REASON
from alpclusters.platform.policy.models import (
    Action,
    IndicatorValue,
    MonitoringRound,
    Override,
    ReportLink,
)
from alpclusters.reports.plan_status import colour_word
from alpclusters.www.site.inputs import Day, input_of, lazy_label_of

ROUND_LASTS: Final = timedelta(days=30)


class RoundForm(forms.Form):
    """From when to when bodies are asked."""

    use_required_attribute = False
    opens_on = input_of(MonitoringRound, "opens_on", form_class=Day)
    closes_on = input_of(MonitoringRound, "closes_on", form_class=Day)

    def __init__(
        self, *args: Any, today: date, round_: MonitoringRound | None = None, **kwargs: Any
    ) -> None:
        opens_on = round_.opens_on if round_ else today
        closes_on = round_.closes_on if round_ else today + ROUND_LASTS
        initial = {"opens_on": opens_on, "closes_on": closes_on}
        super().__init__(*args, **kwargs | {"initial": initial})

    def clean(self) -> dict[str, Any]:
        """Refuse a round that closes before it opens."""
        cleaned = super().clean() or self.cleaned_data
        opens_on, closes_on = cleaned.get("opens_on"), cleaned.get("closes_on")
        if opens_on and closes_on and closes_on <= opens_on:
            self.add_error("closes_on", _("Give a day after the one on which it opens."))
        return cleaned


@dataclass(frozen=True)
class AddressRow:
    """One action with whom to ask about it, and what came of it."""

    action: Action
    link: ReportLink | None
    is_answered: bool
    email: BoundField
    language: BoundField


@dataclass(frozen=True)
class Address:
    """Whom to ask about an action."""

    action: Action
    email: str
    language: str


class AddressesForm(forms.Form):
    """Whom to ask about each action, and in which language."""

    use_required_attribute = False

    def __init__(
        self,
        *args: Any,
        actions: Sequence[Action],
        links: Sequence[ReportLink],
        answered: set[int],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.actions, self.answered = actions, answered
        self.links = {link.action_id: link for link in links}
        for action in actions:
            self._add(action, self.links.get(action.pk))

    def _add(self, action: Action, link: ReportLink | None) -> None:
        named = {"code": action.code}
        self.fields[f"email_{action.pk}"] = input_of(
            ReportLink,
            "email",
            label=_("E-mail of the body for %(code)s") % named,
            required=False,
            initial=link.email if link else "",
        )
        self.fields[f"language_{action.pk}"] = input_of(
            ReportLink,
            "language",
            label=_("Language of the mail for %(code)s") % named,
            initial=link.language if link else "en",
        )

    def rows(self) -> Iterator[AddressRow]:
        """Return the actions with their fields."""
        for action in self.actions:
            yield AddressRow(
                action,
                self.links.get(action.pk),
                action.pk in self.answered,
                self[f"email_{action.pk}"],
                self[f"language_{action.pk}"],
            )

    def changed_addresses(self) -> Iterator[Address]:
        """Return what differs from what is stored."""
        for action in self.actions:
            email = self.cleaned_data[f"email_{action.pk}"]
            language = self.cleaned_data[f"language_{action.pk}"]
            link = self.links.get(action.pk)
            stored = (link.email, link.language) if link else ("", language)
            if (email, language) != stored:
                yield Address(action, email, language)


class OverrideForm(forms.Form):
    """Another status than the computed one, and why."""

    use_required_attribute = False
    shown = forms.ChoiceField(
        label=lazy_label_of(Override, "shown"),
        choices=lambda: [(one.value, colour_word(one, get_language() or "en")) for one in CHOICES],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=lazy_label_of(Override, "reason"),
        max_length=length_of(Override, "reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=Override._meta.get_field("reason").help_text,
    )
    rounds = forms.TypedChoiceField(
        label=gettext_lazy("How long it lasts"),
        choices=[
            (1, gettext_lazy("until the round that is open or comes next closes")),
            (2, gettext_lazy("one round longer")),
        ],
        coerce=int,
        initial=1,
    )

    def clean_reason(self) -> str:
        """Ask for a reason that says something."""
        reason = str(self.cleaned_data["reason"]).strip()
        if len(reason) < SHORTEST_REASON:
            text = ngettext(
                "Write at least %(n)s character.",
                "Write at least %(n)s characters.",
                SHORTEST_REASON,
            )
            raise ValidationError(text % {"n": SHORTEST_REASON})
        return reason


class CorrectionForm(forms.Form):
    """Why a report that was kept was wrong."""

    use_required_attribute = False
    reason = forms.CharField(
        label=gettext_lazy("What was wrong"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It becomes part of the new report. The wrong one stays readable."),
    )


class RejectionForm(forms.Form):
    """Why a value is not taken."""

    use_required_attribute = False
    note = input_of(IndicatorValue, "note", label=gettext_lazy("Reason, if you reject it"))
