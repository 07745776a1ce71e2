"""Forms of rounds, corrections and values; what a person may see and do with them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.forms import BoundField
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.fields import length_of
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.partnership.rules import visible_to as visible_projects
from alpclusters.platform.policy.domain.monitoring.reports import CHOICES, SHORTEST_REASON
from alpclusters.platform.policy.models import (
    Action,
    ActionPlan,
    IndicatorValue,
    MonitoringRound,
    Override,
    PlanSnapshot,
    ReportLink,
    Solution,
)
from alpclusters.platform.policy.rules import visible_plans
from alpclusters.reports.errors import phrase
from alpclusters.reports.plan_words.status import colour_word
from alpclusters.www.components.parts import Crumb
from alpclusters.www.site.inputs import Day, input_of, lazy_label_of

# --- Fetch what a person may see, then ask one right by name --------------------------------------


VIEW = "policy.view_drafts"
WRITE = "policy.write_policy"
MONITOR = "policy.monitor"
UNPROCESSABLE = 422


def require(request: HttpRequest, right: str, obj: Model) -> None:
    """Answer 403 without the right."""
    if not request.user.has_perm(right, obj):
        raise PermissionDenied


def own_plan(request: HttpRequest, pk: int, *, to_change: bool = False) -> ActionPlan:
    """Return a plan of a project in which one has a role, or whose monitoring one may change."""
    plan = get_object_or_404(visible_plans(request.user).select_related("project"), pk=pk)
    require(request, VIEW, plan.project)
    if to_change:
        require(request, MONITOR, plan)
    return plan


def own_round(request: HttpRequest, pk: int, *, to_change: bool = False) -> MonitoringRound:
    """Return a round of such a plan."""
    rows = MonitoringRound.objects.filter(plan__in=visible_plans(request.user))
    found = get_object_or_404(rows.select_related("plan__project"), pk=pk)
    require(request, VIEW, found.plan.project)
    if to_change:
        require(request, MONITOR, found.plan)
    return found


def own_action(request: HttpRequest, pk: int) -> Action:
    """Return an action of a plan whose monitoring one may change."""
    rows = Action.objects.filter(plan__in=visible_plans(request.user))
    found = get_object_or_404(rows.select_related("plan__project"), pk=pk)
    require(request, MONITOR, found.plan)
    return found


def own_override(request: HttpRequest, pk: int) -> Override:
    """Return a correction in a plan whose monitoring one may change."""
    rows = Override.objects.filter(action__plan__in=visible_plans(request.user))
    found = get_object_or_404(rows.select_related("action__plan__project"), pk=pk)
    require(request, MONITOR, found.action.plan)
    return found


def own_value(request: HttpRequest, pk: int) -> IndicatorValue:
    """Return a value in a plan whose monitoring one may change."""
    rows = IndicatorValue.objects.filter(indicator__plan__in=visible_plans(request.user))
    found = get_object_or_404(rows.select_related("indicator__plan__project"), pk=pk)
    require(request, MONITOR, found.indicator.plan)
    return found


def own_snapshot(request: HttpRequest, pk: int) -> PlanSnapshot:
    """Return a snapshot of a plan whose monitoring one may change."""
    rows = PlanSnapshot.objects.filter(plan__in=visible_plans(request.user))
    found = get_object_or_404(rows.select_related("plan__project", "round"), pk=pk)
    require(request, MONITOR, found.plan)
    return found


def own_project(request: HttpRequest, slug: str, right: str = VIEW) -> Project:
    """Return a project in which one has a right."""
    project = get_object_or_404(visible_projects(request.user), slug=slug)
    require(request, right, project)
    return project


def own_solution(request: HttpRequest, pk: int) -> Solution:
    """Return a solution of a project whose recommendations and plans one may write."""
    rows = Solution.objects.filter(project__in=visible_projects(request.user))
    found = get_object_or_404(rows.select_related("project"), pk=pk)
    require(request, WRITE, found.project)
    return found


def explain(error: AlpClustersError) -> str:
    """Say what is wrong and what to do."""
    return phrase(error, get_language() or "en")


def monitoring_crumbs(plan: ActionPlan, *last: Crumb) -> list[Crumb]:
    """Return the way to the monitoring of a plan."""
    address = reverse("workspace:monitoring", args=[plan.pk]) if last else ""
    return [
        Crumb(_("Workspace"), reverse("workspace:dashboard")),
        Crumb(_("Action plans"), reverse("workspace:plans")),
        Crumb(str(plan), reverse("workspace:plan", args=[plan.pk])),
        Crumb(_("Monitoring"), address),
        *last,
    ]


def interreg_crumbs(project: Project, *last: Crumb) -> list[Crumb]:
    """Return the way to the Interreg indicators of a project."""
    address = reverse("workspace:interreg", args=[project.slug]) if last else ""
    return [
        Crumb(_("Workspace"), reverse("workspace:dashboard")),
        Crumb(_("Projects"), reverse("workspace:projects")),
        Crumb(_("Interreg indicators: %(project)s") % {"project": project.acronym}, address),
        *last,
    ]


# --- Dates of a round, whom to ask, corrections of a status, decisions about values ---------------


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
