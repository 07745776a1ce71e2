"""What people write into an account of de minimis aid, and what other cases plan."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.fields import length_of
from alpclusters.platform.funding.domain.accounts.planned import (
    KEPT,
    Plan,
    PlannedGrant,
    count_plan,
    leave_plan,
    plans_of,
)
from alpclusters.platform.funding.domain.accounts.undertakings import undertaking_of
from alpclusters.platform.funding.models import DeMinimisAid, FundingCase
from alpclusters.platform.funding.rules import visible_cases
from alpclusters.www.public.funding.asking import article_name
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.site.inputs import input_of, lazy_label_of
from alpclusters.www.workspace.funding_cases.case_frame import CATEGORIES, euros
from alpclusters.www.workspace.initiatives.initiative_forms import Money

# --- What people write into an account of de minimis aid ------------------------------------------


MOST_BYTES: Final = 50_000_000
FIRST_DAY: Final = dt.date(2007, 1, 1)
LAST_DAY: Final = dt.date(2099, 12, 31)


def day_field(**kwargs: Any) -> forms.DateField:
    """Return a field for a day as the browser's calendar gives it."""
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(widget=widget, **kwargs)


class DayForm(forms.Form):
    """The day of the grant that is thought of."""

    use_required_attribute = False
    on = day_field(label=_("Day of the new grant"))

    def day(self) -> dt.date | None:
        """Return the day, None where none was written that the rules may know."""
        if not self.is_bound or not self.is_valid():
            return None
        day: dt.date = self.cleaned_data["on"]
        return day if FIRST_DAY <= day <= LAST_DAY else None


class EntryForm(forms.Form):
    """One de minimis aid, typed from a letter or a declaration."""

    use_required_attribute = False
    granted_on = day_field(
        label=lazy_label_of(DeMinimisAid, "granted_on"),
        help_text=_("The day of the decision, not of the payment."),
    )
    amount = Money(label=_("Amount in euro"))
    state = forms.RegexField(
        r"^[A-Za-z]{2}$",
        label=lazy_label_of(DeMinimisAid, "state"),
        max_length=length_of(DeMinimisAid, "state"),
        help_text=_("Two letters, for example SI."),
        error_messages={"invalid": _("Write the two letters of the state.")},
    )
    regulation = input_of(DeMinimisAid, "regulation", help_text=_("It stands in the decision."))
    authority = input_of(
        DeMinimisAid,
        "authority",
        help_text=_("The authority, no names of persons."),
    )
    source = forms.ChoiceField(
        label=lazy_label_of(DeMinimisAid, "source"),
        choices=[
            (value, label)
            for value, label in DeMinimisAid.Source.choices
            if value in {DeMinimisAid.Source.TYPED, DeMinimisAid.Source.REGISTER}
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"].required = True

    def clean_amount(self) -> int:
        """Ask for an amount above zero."""
        amount: int | None = self.cleaned_data["amount"]
        if not amount:
            raise ValidationError(_("Write an amount above zero."))
        return amount

    def clean_granted_on(self) -> dt.date:
        """Refuse days that no rule can know."""
        day: dt.date = self.cleaned_data["granted_on"]
        if not FIRST_DAY <= day <= LAST_DAY:
            raise ValidationError(_("Write a day between 2007 and 2099."))
        return day

    def entry(self, organisation: Organisation, today: dt.date) -> DeMinimisAid:
        """Return what was written as an entry of an organisation."""
        data = self.cleaned_data
        return DeMinimisAid(
            organisation=organisation,
            state=data["state"].upper(),
            regulation=data["regulation"],
            granted_on=data["granted_on"],
            amount_ct=data["amount"],
            authority=data["authority"],
            source=data["source"],
            read_on=today,
        )


class ControlForm(forms.Form):
    """Which organisation controls this one."""

    use_required_attribute = False
    controlled_by = forms.TypedChoiceField(
        label=_("It is controlled by"), coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args: Any, others: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["controlled_by"]
        field.choices = [("", _("nobody here")), *others]


class RegisterForm(forms.Form):
    """The file of a register, and the day on which it was fetched."""

    use_required_attribute = False
    file = forms.FileField(
        label=_("File of the register"),
        help_text=_("CSV, at most 50 MB."),
        widget=forms.FileInput({"accept": ".csv"}),
    )
    read_on = day_field(label=_("Fetched from the register on"))

    def clean_file(self) -> Any:
        """Refuse what is too large before it is looked at."""
        upload = self.cleaned_data["file"]
        if upload.size > MOST_BYTES:
            raise ValidationError(_("The file is larger than 50 MB."))
        return upload

    def clean_read_on(self) -> dt.date:
        """Refuse days that no rule can know."""
        day: dt.date = self.cleaned_data["read_on"]
        if not FIRST_DAY <= day <= LAST_DAY:
            raise ValidationError(_("Write a day between 2007 and 2099."))
        return day


# --- What other cases plan for a partner's undertaking, in words, and the choice to count it ------


@dataclass(frozen=True)
class GrantRow:
    """A planned grant in words; ``article`` is empty for de minimis."""

    offer: str
    article: str
    state: str
    day: dt.date | None
    amount: str
    costs: str
    categories: str


@dataclass(frozen=True)
class PlanRow:
    """The plan of another case in words."""

    plan: Plan
    de_minimis: Sequence[GrantRow]
    exempted: Sequence[GrantRow]


def plan_rows(request: HttpRequest, case: FundingCase, members: frozenset[int]) -> list[PlanRow]:
    """Return what other cases that a person may see plan for an undertaking."""
    plans = plans_of(members, case, visible_cases(request.user))
    return [
        PlanRow(
            plan,
            [_row(one) for one in plan.grants if one.is_de_minimis],
            [_row(one) for one in plan.grants if not one.is_de_minimis],
        )
        for plan in plans
    ]


def unseen_plans(case: FundingCase, members: frozenset[int], rows: Sequence[PlanRow]) -> list[str]:
    """Return the keys of plans that count for an undertaking and stand in no row."""
    seen = {str(row.plan.case.pk) for row in rows}
    return [
        key
        for key, aid in (case.taken.get(KEPT) or {}).items()
        if key not in seen and any(one["organisation"] in members for one in aid)
    ]


def choose_plan(request: SignedInRequest, case: FundingCase, organisation: Organisation) -> None:
    """Count what another case plans, or no longer, as a form asks."""
    members, now = undertaking_of(organisation), timezone.now()
    text = request.POST.get("case", "")
    if request.POST.get("do") == "leave" and text.isdecimal():
        leave_plan(case, int(text), members, by=request.user, now=now)
        messages.success(request, gettext("What that case plans no longer counts here."))
        return
    plans = plans_of(members, case, visible_cases(request.user))
    plan = next((one for one in plans if str(one.case.pk) == text), None)
    if plan is None:
        messages.info(request, gettext("This case plans nothing for the organisation."))
        return
    count_plan(case, plan, members, by=request.user, now=now)
    messages.success(request, gettext("What that case plans counts here. Compute the mix again."))


def _row(grant: PlannedGrant) -> GrantRow:
    names: list[Any] = [CATEGORIES.get(one, one) for one in grant.categories]
    return GrantRow(
        grant.offer,
        "" if grant.is_de_minimis else article_name(grant.article),
        grant.state,
        grant.day,
        euros(grant.amount_ct),
        euros(grant.costs_ct),
        ", ".join(str(one) for one in names),
    )
