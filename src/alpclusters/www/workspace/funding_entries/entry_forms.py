"""Forms of a programme, a call and an offer, with the faults of their record."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alpclusters.analysis.funding.case_files.format import MOST_APPLICATIONS
from alpclusters.platform.fields import fields_of, label_of
from alpclusters.platform.funding.domain.entries import Entry, EntryFault
from alpclusters.platform.funding.models import Call, ChangeProposal, Offer, Programme
from alpclusters.platform.funding.models.catalogue import CHECK, LONGEST_TITLE, Level, Provenance
from alpclusters.platform.languages.codes import LANGUAGE_CODES, LANGUAGES
from alpclusters.platform.languages.inputs import TextsField, error_in, input_name
from alpclusters.platform.territory.models import ProgrammeArea
from alpclusters.www.public.funding.asking import CATEGORIES, ORIGINS
from alpclusters.www.public.funding.terms import AWARDS
from alpclusters.www.site.inputs import input_of, lazy_label_of
from alpclusters.www.workspace.funding_entries.field_words import (
    SUCCESS_NAMES,
    TERM_NAMES,
    entry_fault_words,
)
from alpclusters.www.workspace.funding_entries.form_fields import (
    DayField,
    EuroField,
    FigureForm,
    JsonField,
    PlacesField,
    ThemesField,
    stated,
)
from alpclusters.www.workspace.translated import LanguagePart, language_parts

# --- Forms of a programme, a call and an offer; what they say is a record of the entry ------------


FULL_BP: Final = 100
# Members of a chance and their fields.
SUCCESS_FIELDS: Final[Mapping[str, str]] = {
    "granted": "success_granted",
    "applied": "success_applied",
    "share_bp": "success_percent",
    "source": "success_source",
    "checked_on": "success_checked_on",
}


class EntryForm(forms.Form):
    """What every entry has: where it is from. Without an entry it asks for the key."""

    use_required_attribute = False
    texts: ClassVar[tuple[str, ...]] = ()
    has_figures: ClassVar[bool] = False

    source = input_of(Provenance, "source")
    source_url = input_of(Provenance, "source_url")
    source_language = input_of(Provenance, "source_language")
    licence = input_of(Provenance, "licence")
    status = input_of(Provenance, "status")
    checked_on = input_of(Provenance, "checked_on", form_class=DayField)
    change_source = input_of(ChangeProposal, "source", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self, *args: Any, record: Mapping[str, Any], entry: Entry | None = None, **kwargs: Any
    ) -> None:
        self.entry, self.before = entry, record
        values = {name: value for name, value in record.items() if value is not None}
        texts = {name: _texts_in(record, name) for name in self.texts}
        initial = {**values, **texts, **self.given(record)}
        initial["version"] = entry.version if entry else 0
        super().__init__(*args, **kwargs | {"initial": {**initial, **kwargs.pop("initial", {})}})
        if entry is None:
            self._ask_for_key()

    def given(self, record: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ARG002 - offers need it
        """Return initial values of fields that are not called as in the record."""
        return {}

    def proposed(self) -> None:
        """Make it the form of somebody who proposes: a source is wanted, the standing is not."""
        for column in fields_of(Provenance, lambda one: one.part == CHECK):
            del self.fields[column.name]
        self.fields["change_source"].required = True
        self.fields["change_note"] = input_of(
            ChangeProposal, "note", widget=forms.Textarea({"rows": 3})
        )

    @property
    def languages(self) -> list[LanguagePart]:
        """The cards of the five languages."""
        return language_parts(self, self.texts)

    @property
    def own(self) -> list[forms.BoundField]:
        """The fields of this kind of entry, in their order."""
        left_out = {*EntryForm.base_fields, "change_note", "terms", "key", "programme"}
        return [self[name] for name in self.fields if name not in left_out | {*self.texts}]

    @property
    def provenance(self) -> list[forms.BoundField]:
        """The fields that say where it is from."""
        left_out = {"change_source", "version"}
        return [self[n] for n in EntryForm.base_fields if n in self.fields and n not in left_out]

    def record(self) -> dict[str, Any]:
        """Return what the form says, as the domain stores it."""
        before, data = self.before, dict(self.cleaned_data)
        for name in self.texts:
            data |= {input_name(name, code): text for code, text in data.pop(name).items()}
        return {
            name: stated(before.get(name), getattr(value, "key", value))
            for name, value in data.items()
            if name in before
        }

    def _ask_for_key(self) -> None:
        del self.fields["change_source"]
        self.fields["key"] = forms.SlugField(
            label=label_of(Programme, "key"),
            max_length=60,
            help_text=_("Small letters, digits and hyphens: the address of the entry, for good"),
        )
        if not isinstance(self, ProgrammeForm):
            self.fields["programme"] = forms.ModelChoiceField(
                Programme.objects.all(),
                label=label_of(Call, "programme"),
                to_field_name="key",
                empty_label="–",
            )


class ProgrammeForm(EntryForm):
    """A programme."""

    texts = ("name", "summary")
    has_figures = True
    level = input_of(Programme, "level", initial=Level.EUROPEAN)
    period = input_of(
        Programme, "period", help_text=gettext_lazy("Such as 2021-2027; empty: no fixed period")
    )
    starts_on = input_of(Programme, "starts_on", form_class=DayField)
    ends_on = input_of(Programme, "ends_on", form_class=DayField)
    territory = PlacesField(
        label=lazy_label_of(Programme, "territory"),
        max_length=400,
        required=False,
        help_text=gettext_lazy("Codes with commas, such as AT32, DE; EU: the whole Union"),
    )
    area = forms.ModelChoiceField(
        ProgrammeArea.objects.all(),
        label=lazy_label_of(Programme, "area"),
        to_field_name="key",
        empty_label="–",
        required=False,
    )
    themes = ThemesField(
        label=lazy_label_of(Programme, "themes"),
        max_length=2000,
        required=False,
        help_text=gettext_lazy("Names with semicolons"),
    )
    website = input_of(Programme, "website")

    name = input_of(Programme, "name")
    summary = input_of(Programme, "summary", rows=3)


class CallForm(EntryForm):
    """A call, in the words of its source; its title may stand in other languages as well."""

    texts = ("titles",)
    has_figures = True
    title = input_of(Call, "title")
    summary = input_of(Call, "summary", widget=forms.Textarea({"rows": 4}))
    opens = input_of(Call, "opens", form_class=DayField)
    closes = input_of(Call, "closes", form_class=DayField)
    closes_at = input_of(
        Call,
        "closes_at",
        help_text=gettext_lazy("Brussels time"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    budget_ct = EuroField(
        label=lazy_label_of(Call, "budget_ct"), help_text=gettext_lazy("Empty: not known")
    )
    external_id = input_of(Call, "external_id")
    website = input_of(Call, "website")

    titles = TextsField(label=lazy_label_of(Call, "titles"), max_length=LONGEST_TITLE)

    @property
    def languages(self) -> list[LanguagePart]:
        """The cards of the five languages; in the source's own nothing is missing."""
        own = self["source_language"].value()
        return [
            replace(part, is_missing=part.is_missing and part.code != own)
            for part in super().languages
        ]

    def given(self, record: Mapping[str, Any]) -> dict[str, Any]:
        """Take the titles as they are."""
        return {"titles": record.get("titles") or {}}

    def record(self) -> dict[str, Any]:
        """Return what the form says, with the titles put together."""
        titles = {code: text for code, text in self.cleaned_data["titles"].items() if text}
        return {**super().record(), "titles": titles}


class OfferForm(EntryForm):
    """An offer: simple terms in fields, conditions and the rest as JSON."""

    texts = ("title", "summary")
    # Fields that are names of the terms.
    SIMPLE: ClassVar = (
        "starts", "ends", "origin", "grants_from", "categories", "themes", "cap_ct", "floor_ct",
        "award",
    )  # fmt: skip

    call = forms.ModelChoiceField(
        Call.objects.all(),
        label=lazy_label_of(Offer, "call"),
        to_field_name="key",
        empty_label="–",
        required=False,
    )
    starts = DayField(label=TERM_NAMES["starts"])
    ends = DayField(label=TERM_NAMES["ends"])
    origin = forms.ChoiceField(label=TERM_NAMES["origin"], choices=list(ORIGINS.items()))
    grants_from = forms.CharField(
        label=TERM_NAMES["grants_from"],
        max_length=2,
        help_text=gettext_lazy("Two letters, such as AT"),
    )
    rate = forms.DecimalField(
        label=gettext_lazy("Funding rate in per cent"),
        help_text=gettext_lazy("One rate for all; several rates stand in the JSON below"),
        min_value=0,
        max_value=100,
        decimal_places=2,
        required=False,
    )
    cap_ct = EuroField(label=gettext_lazy("Highest grant in euro"))
    floor_ct = EuroField(label=gettext_lazy("Lowest grant in euro"))
    award = forms.ChoiceField(
        label=TERM_NAMES["award"],
        choices=[("", gettext_lazy("not known")), *AWARDS.items()],
        required=False,
    )
    success_granted = forms.IntegerField(
        label=SUCCESS_NAMES["granted"],
        help_text=gettext_lazy("Of the last call, or of the programme"),
        min_value=0,
        max_value=MOST_APPLICATIONS,
        required=False,
    )
    success_applied = forms.IntegerField(
        label=SUCCESS_NAMES["applied"], min_value=1, max_value=MOST_APPLICATIONS, required=False
    )
    success_percent = forms.DecimalField(
        label=gettext_lazy("Share of applications granted, in per cent"),
        help_text=gettext_lazy("Only where the source states no numbers"),
        min_value=0,
        max_value=100,
        decimal_places=2,
        required=False,
    )
    success_source = forms.CharField(
        label=SUCCESS_NAMES["source"],
        help_text=gettext_lazy("Title and page of the report, or its address"),
        max_length=500,
        required=False,
    )
    success_checked_on = DayField(label=SUCCESS_NAMES["checked_on"])
    categories = forms.MultipleChoiceField(
        label=TERM_NAMES["categories"],
        help_text=gettext_lazy("None chosen: all kinds"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    themes = ThemesField(
        label=TERM_NAMES["themes"],
        max_length=2000,
        required=False,
        help_text=gettext_lazy("Names with semicolons; empty: any theme"),
    )
    terms = JsonField(
        label=gettext_lazy("Conditions and other terms (JSON)"),
        help_text=gettext_lazy("As in the format of funding cases; the manual describes it"),
    )
    title = input_of(Offer, "title")
    summary = input_of(Offer, "summary", rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        own = [one for one in self._terms().get("categories") or [] if one not in CATEGORIES]
        fields["categories"].choices = [*CATEGORIES.items(), *((one, one) for one in own)]
        if self.entry is not None:
            programme: Any = getattr(self.entry, "programme", None)
            fields["call"].queryset = Call.objects.filter(programme=programme)

    def given(self, record: Mapping[str, Any]) -> dict[str, Any]:
        """Take the terms apart: simple ones, one rate, the rest."""
        terms = dict(record.get("terms") or {})
        simple = {name: terms.pop(name) for name in self.SIMPLE if name in terms}
        if _is_one_rate(terms.get("rates")):
            simple["rate"] = f"{terms.pop('rates')[0]['bp'] / FULL_BP:g}"
        if isinstance(terms.get("success"), dict):
            simple |= _success_initial(terms.pop("success"))
        return {**simple, "terms": terms}

    def clean(self) -> dict[str, Any]:
        """Refuse a term that is said twice."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        written = data.get("terms") or {}
        twice = [name for name in self.SIMPLE if name in written]
        if "rates" in written and data.get("rate") is not None:
            twice.append("rates")
        said = [data.get(name) for name in SUCCESS_FIELDS.values()]
        if "success" in written and any(value not in (None, "") for value in said):
            twice.append("success")
        if twice:
            text = _("Has a field above; take it out of the JSON: %(names)s")
            message = text % {"names": ", ".join(twice)}
            self.add_error("terms", ValidationError(message, code="twice"))
        return data

    def record(self) -> dict[str, Any]:
        """Return what the form says, with the terms put together."""
        data, before = self.cleaned_data, self._terms()
        terms = dict(data["terms"])
        if data.get("rate") is not None:
            terms["rates"] = [{"bp": round(data["rate"] * FULL_BP)}]
        if success := _success_of(data):
            terms["success"] = success
        for name in self.SIMPLE:
            value = stated(before.get(name), data[name])
            if name in before and not value and not before[name]:
                terms[name] = before[name]
            elif value not in (None, "", []):
                terms[name] = value
        return {**super().record(), "terms": terms}

    def _terms(self) -> dict[str, Any]:
        return dict(self.before.get("terms") or {})


FORMS: Final[Mapping[str, type[EntryForm]]] = {
    "programme": ProgrammeForm,
    "call": CallForm,
    "offer": OfferForm,
}


def _texts_in(record: Mapping[str, Any], name: str) -> dict[str, str]:
    """Return the languages of a text of a record."""
    return {code: record.get(input_name(name, code)) or "" for code, _language in LANGUAGES}


def _success_initial(success: Mapping[str, Any]) -> dict[str, Any]:
    found = {
        SUCCESS_FIELDS[name]: value for name, value in success.items() if name in SUCCESS_FIELDS
    }
    if isinstance(share := success.get("share_bp"), int):
        found["success_percent"] = f"{share / FULL_BP:g}"
    return found


def _success_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """Put the fields of a chance together; what is empty is left out."""
    said = {name: data.get(field) for name, field in SUCCESS_FIELDS.items()}
    success = {name: value for name, value in said.items() if value not in (None, "")}
    if "share_bp" in success:
        success["share_bp"] = round(success["share_bp"] * FULL_BP)
    if "checked_on" in success:
        success["checked_on"] = success["checked_on"].isoformat()
    return success


def _is_one_rate(rates: Any) -> bool:
    return (
        isinstance(rates, list)
        and len(rates) == 1
        and isinstance(rates[0], dict)
        and set(rates[0]) == {"bp"}
        and isinstance(rates[0]["bp"], int)
    )


# --- Faults of a record put where they belong in the form -----------------------------------------


def add_faults(
    form: EntryForm, figures: Sequence[FigureForm], faults: Sequence[EntryFault]
) -> None:
    """Tell each fault at its field; what has none is told above the form."""
    for fault in faults:
        place, words = fault.pointer.split("/")[1:], entry_fault_words(fault)
        figure = _figure(place, figures)
        if figure is not None:
            figure.add_error(place[2] if len(place) > 2 else None, words)  # noqa: PLR2004 - 3 parts
            continue
        name, code = _field(place, form)
        told = f"{fault.pointer}: {words}" if name in {None, "terms"} and place else words
        form.add_error(name, error_in(code, told) if code else told)


def _figure(place: Sequence[str], figures: Sequence[FigureForm]) -> FigureForm | None:
    if len(place) > 1 and place[0] == "parameters" and place[1].isdecimal():
        number = int(place[1])
        return figures[number] if number < len(figures) else None
    return None


def _field(place: Sequence[str], form: EntryForm) -> tuple[str | None, str]:
    """Return the field that a fault is about, and the language of a text."""
    if not place:
        return None, ""
    name = place[0]
    if name == "terms" and len(place) > 1:
        return _term(place[1:], form), ""
    text, _dash, code = name.rpartition("_")
    if text in form.texts and code in LANGUAGE_CODES:
        return text, code
    return (name if name in form.fields else None), ""


def _term(place: Sequence[str], form: Any) -> str:
    name, *rest = place
    if name == "success" and "success" not in (form.cleaned_data.get("terms") or {}):
        return SUCCESS_FIELDS.get(rest[0] if rest else "", "success_granted")
    if name == "rates" and form.cleaned_data.get("rate") is not None:
        return "rate"
    return name if name in OfferForm.SIMPLE else "terms"
