"""Fields of the rows of an action: amounts as people write them, days, figures."""

from typing import Any, Final

from django import forms
from django.utils.formats import number_format
from django.utils.translation import get_language

from alpclusters.www.workspace.initiatives.initiative_forms import Money

CENTS: Final = 100


class AmountField(Money):
    """An amount in cents that has to be given: 12.500,00 or 12,500.00 or 12500."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.required = True

    def prepare_value(self, value: Any) -> Any:
        """Write cents as the reader's language does; what was typed stays."""
        return amount_text(value) if isinstance(value, int) else value


class DayField(forms.DateField):
    """A day, or none."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, **kwargs)


class FigureField(forms.DecimalField):
    """A number with up to four decimals, in the writing of the reader's language."""

    def __init__(self, **kwargs: Any) -> None:
        known = {"required": False, "max_digits": 18, "decimal_places": 4, "localize": True}
        super().__init__(**{**known, **kwargs})
        self.widget = forms.TextInput({"inputmode": "decimal"})
        self.widget.is_localized = True

    def prepare_value(self, value: Any) -> Any:
        """Leave out zeros at the end."""
        if value is None or isinstance(value, str):
            return value
        return value.quantize(1) if value == value.to_integral() else value.normalize()


def amount_text(cents: int) -> str:
    """Write cents without currency, as the field takes them."""
    whole, rest = divmod(cents, CENTS)
    decimals = 2 if rest else 0
    value = whole if not rest else cents / CENTS
    return number_format(value, decimals, use_l10n=bool(get_language()), force_grouping=True)
