"""What people write into an account of de minimis aid."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.fields import length_of
from alpclusters.platform.funding.models import DeMinimisAid
from alpclusters.www.site.inputs import input_of, lazy_label_of
from alpclusters.www.workspace.initiatives.initiative_forms import Money

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
