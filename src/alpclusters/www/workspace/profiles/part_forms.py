"""Forms of a part of a profile: nothing is required; unknown is apart from zero and from no."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.actors.domain.editing import (
    ORGANISATION_FIELDS,
    changed_since,
    columns_in,
    model_of,
    names_in,
    newest_version,
)
from alpclusters.platform.actors.domain.named_lists import choices_of
from alpclusters.platform.actors.models import ClusterOrganisation
from alpclusters.platform.fields import YearField
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.languages.text import field_of, read_input
from alpclusters.www.forms import put_sent
from alpclusters.www.site.organisation_links import LogoView
from alpclusters.www.workspace.translated import LanguagePart

# --- Kinds of fields of a profile: each tells unknown apart from zero and from no -----------------


UNKNOWN: Final = _("unknown")
MOST: Final = 1_000_000


def yes_no(label: Any, help_text: Any = "") -> forms.TypedChoiceField:
    """Return a choice of yes, no and unknown."""
    return forms.TypedChoiceField(
        label=label,
        help_text=help_text,
        required=False,
        choices=[("", UNKNOWN), ("yes", _("yes")), ("no", _("no"))],
        coerce=lambda text: text == "yes",
        empty_value=None,
    )


def said(value: bool | None) -> str:  # noqa: FBT001 - the value of a field
    """Write a yes, no or unknown as the choice has it."""
    return "" if value is None else ("yes" if value else "no")


def count_field(label: Any, help_text: Any = "") -> forms.IntegerField:
    """Return a number of members or people; empty is unknown."""
    widget = forms.NumberInput(attrs={"inputmode": "numeric", "placeholder": UNKNOWN})
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        required=False,
        min_value=0,
        max_value=MOST,
        widget=widget,
    )


def day_field(label: Any, help_text: Any = "") -> forms.DateField:
    """Return a day with the browser's own calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, required=False, widget=widget)


def year_field(label: Any, help_text: Any = "") -> forms.IntegerField:
    """Return a year of our times."""
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        required=False,
        validators=YearField.default_validators,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


def address_field(label: Any, help_text: Any = "", *, length: int | None = None) -> forms.URLField:
    """Return an address on the web; the protocol may be left out."""
    widget = forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "none"})
    return forms.URLField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=length,
        widget=widget,
        assume_scheme="https",
    )


def text_field(
    label: Any, *, length: int | None, help_text: Any = "", required: bool = False
) -> forms.CharField:
    """Return one line of text."""
    return forms.CharField(label=label, max_length=length, required=required, help_text=help_text)


def decimal_field(label: Any, help_text: Any = "", *, most: int, places: int) -> forms.DecimalField:
    """Return a number with decimals, written as the language does; empty is unknown."""
    widget = forms.TextInput(attrs={"inputmode": "decimal", "placeholder": UNKNOWN})
    return forms.DecimalField(
        label=label,
        help_text=help_text,
        required=False,
        min_value=0,
        max_value=most,
        decimal_places=places,
        localize=True,
        widget=widget,
    )


def choice_field(label: Any, help_text: Any = "", *, choices: Sequence[Any]) -> forms.ChoiceField:
    """Return a choice of one value or unknown."""
    return forms.ChoiceField(
        label=label, help_text=help_text, choices=[("", UNKNOWN), *choices], required=False
    )


def lines_field(label: Any, help_text: Any = "") -> forms.CharField:
    """Return a text with one thing a line."""
    widget = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(
        label=label, required=False, help_text=help_text, max_length=4000, widget=widget
    )


def lines_of(text: str) -> list[str]:
    """Split a text into its lines, each once."""
    return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def several_of(label: Any, list_: str) -> forms.MultipleChoiceField:
    """Return boxes for the values of one of the seed lists."""
    language = nearest_language(get_language())
    choices = [(key, names[language]) for key, names in choices_of(list_).items()]
    return several(label, choices)


def several(label: Any, choices: list[tuple[str, str]]) -> forms.MultipleChoiceField:
    """Return boxes to tick."""
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple
    )


def _choice_or_text(column: Any, about: dict[str, Any]) -> forms.Field:
    if column.choices:
        return choice_field(choices=list(column.choices), **about)
    return text_field(length=column.max_length, required=not column.blank, **about)


def _decimal(column: Any, about: dict[str, Any]) -> forms.Field:
    limits = [v.limit_value for v in column.validators if isinstance(v, MaxValueValidator)]
    most = min([10 ** (column.max_digits - column.decimal_places) - 1, *limits])
    return decimal_field(most=most, places=column.decimal_places, **about)


# Kind of a column: what makes its input; the first that fits.
_INPUTS: Final[dict[type[models.Field[Any, Any]], Callable[[Any, dict[str, Any]], forms.Field]]] = {
    models.URLField: lambda column, about: address_field(length=column.max_length, **about),
    models.CharField: _choice_or_text,
    models.BooleanField: lambda _column, about: yes_no(**about),
    YearField: lambda _column, about: year_field(**about),
    models.PositiveIntegerField: lambda _column, about: count_field(**about),
    models.PositiveSmallIntegerField: lambda _column, about: count_field(**about),
    models.DecimalField: _decimal,
    models.DateField: lambda _column, about: day_field(**about),
}


def input_of(column: models.Field[Any, Any]) -> forms.Field | None:
    """Return the input for a column, as its kind, label and limits say; None for other kinds.

    Lists, texts in several languages and relations have inputs of their part.
    """
    about = {"label": column.verbose_name, "help_text": column.help_text}
    makers = (make for kind, make in _INPUTS.items() if isinstance(column, kind))
    make = next(makers, None)
    return None if make is None else make(column, about)


# --- One small form for each part of a profile: nothing is required, each part saves by itself


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
