"""Attributes of schemes and calls in a form and in words: what is allowed, who decides."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from alpclusters.analysis.funding.schemes import (
    ATTRIBUTES,
    LEVELS,
    Binding,
    Change,
    Choices,
    Conflict,
    Days,
    Line,
    Span,
)
from alpclusters.platform.funding.domain.lists import THEMES, theme_groups, theme_label
from alpclusters.platform.languages.codes import LANGUAGES, nearest_language
from alpclusters.reports.numbers import EN_DASH, format_money, format_number
from alpclusters.sources.case_values import cents_of
from alpclusters.www.templatetags.figures import longdate
from alpclusters.www.workspace.funding_cases.case_frame import CATEGORIES, KINDS

# --- Words of joint calls: attributes, values, who decides, who binds -----------------------------


ATTRIBUTE_NAMES: Final[Mapping[str, Any]] = {
    "window": gettext_lazy("Window for applications"),
    "kinds": gettext_lazy("Who is funded"),
    "categories": gettext_lazy("Which costs"),
    "themes": gettext_lazy("Themes"),
    "rate_bp": gettext_lazy("Rate of funding"),
    "grant_ct": gettext_lazy("Grant for a partner"),
    "months": gettext_lazy("Duration in months"),
    "articles": gettext_lazy("Articles of State aid"),
    "partners": gettext_lazy("Number of partners"),
    "abroad": gettext_lazy("Spending abroad"),
    "languages": gettext_lazy("Languages of applications"),
}
ABROAD: Final[Mapping[str, Any]] = {
    "no": pgettext_lazy("spending abroad", "none"),
    "yes": pgettext_lazy("spending abroad", "allowed"),
}
LEVEL_NAMES: Final[Mapping[str, Any]] = {
    "call": gettext_lazy("text of the call"),
    "agency": gettext_lazy("guideline of the agency"),
    "region": gettext_lazy("decree of the region"),
    "nation": gettext_lazy("national law"),
    "union": gettext_lazy("law of the European Union"),
}
_BY_WEIGHT: Final = {weight: key for key, weight in LEVELS.items()}
_LANGUAGE_NAMES: Final = dict(LANGUAGES)
_HUNDREDTH: Final = 100

type Value = Choices | Span | Days


def language() -> str:
    """Return the reader's language as the number formats know it."""
    return nearest_language(get_language())


def key_text(attribute: str, key: str) -> str:
    """Return the name of one key of a set."""
    if attribute == "themes":
        return theme_label(key, get_language())
    tables: dict[str, Mapping[str, Any]] = {
        "kinds": KINDS,
        "categories": CATEGORIES,
        "abroad": ABROAD,
        "languages": _LANGUAGE_NAMES,
    }
    return str(tables.get(attribute, {}).get(key, key))


def value_text(attribute: str, value: Value | None) -> str:
    """Write a value; a dash for none."""
    if value is None:
        return EN_DASH
    if isinstance(value, Choices):
        return "; ".join(sorted(key_text(attribute, key) for key in value.values))
    if isinstance(value, Days):
        return f"{longdate(value.opens)} {EN_DASH} {longdate(value.closes)}"
    return _span(attribute, value)


def _span(attribute: str, value: Span) -> str:
    low = None if value.low is None else _words_number(attribute, value.low)
    high = None if value.high is None else _words_number(attribute, value.high)
    if low is None and high is None:
        return _("any")
    if low is None:
        return _("up to %(high)s") % {"high": high}
    if high is None:
        return _("from %(low)s") % {"low": low}
    return low if low == high else f"{low} {EN_DASH} {high}"


def _words_number(attribute: str, value: int) -> str:
    if attribute == "rate_bp":
        exact = value / _HUNDREDTH
        return f"{format_number(exact, language(), 0 if value % _HUNDREDTH == 0 else 2)}\u00a0%"
    if attribute == "grant_ct":
        return format_money(value, "EUR", language())
    return format_number(value, language(), 0)


def binding_texts(line: Line, names: Mapping[str, str]) -> list[str]:
    """Say who narrows a value, one line a scheme."""
    return [_binding(line.attribute, one, names[one.scheme]) for one in line.binding]


def _binding(attribute: str, one: Binding, name: str) -> str:
    if one.side == "values":
        lacking = "; ".join(key_text(attribute, key) for key in one.values)
        return _("%(name)s: not %(values)s") % {"name": name, "values": lacking}
    words = _side_words(attribute)[0 if one.side == "low" else 1]
    return f"{name}: {words}"


def _side_words(attribute: str) -> Sequence[str]:
    if attribute == "window":
        return _("first day"), _("last day")
    return _("lower end"), _("upper end")


def conflict_text(conflict: Conflict) -> str:
    """Say what does not fit."""
    words = {
        "attribute": ATTRIBUTE_NAMES[conflict.attribute],
        "wanted": value_text(conflict.attribute, conflict.wanted),
        "own": value_text(conflict.attribute, conflict.own),
    }
    if conflict.against == "call":
        return _("%(attribute)s: the call asks for %(wanted)s, the scheme has %(own)s") % words
    return _("%(attribute)s: the others have %(wanted)s in common, the scheme has %(own)s") % words


def level_text(weight: int) -> str:
    """Say who decides."""
    return str(LEVEL_NAMES.get(_BY_WEIGHT.get(weight, ""), weight))


def change_text(change: Change, labels: Mapping[str, Any]) -> str:
    """Say what would change: in the words of the scheme, else by its value."""
    attribute = ATTRIBUTE_NAMES[change.attribute]
    if change.value is None:
        return _("The call takes back what it asks for: %(attribute)s") % {"attribute": attribute}
    return label_text(labels.get(change.id)) or (
        f"{attribute}: {value_text(change.attribute, change.value)}"
    )


def label_text(label: Any) -> str:
    """Return a label of people, or of the demonstration in the reader's language."""
    if isinstance(label, Mapping):
        return str(label.get(language()) or label.get("en") or "")
    return str(label or "")


# --- Attributes in a form: what a scheme allows, or what a call asks, as people write it ----------


SPANS: Final = tuple(key for key, kind in ATTRIBUTES.items() if kind == "span")
MULTIPLE: Final = ("kinds", "categories", "themes", "languages")
_FACTOR: Final = {"rate_bp": 100, "grant_ct": 100, "months": 1, "partners": 1}
_UNIT: Final = {"rate_bp": "%", "grant_ct": "€"}
_MOST: Final = {"rate_bp": 100, "grant_ct": 10**9, "months": 240, "partners": 500}
_KEYS: Final = re.compile(r"[\w.'’()/ -]{1,20}")
_CUT: Final = re.compile(r"[,;\n]+")


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget)


def _attributes_number(key: str, label: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=0,
        max_value=_MOST[key],
        decimal_places=2 if key in _UNIT else 0,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        localize=True,
    )


def _several(label: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, required=False, widget=forms.CheckboxSelectMultiple
    )


class AttributesForm(forms.Form):
    """The attributes of a scheme; nothing filled in is "not stated"."""

    use_required_attribute = False
    window_low = _day(gettext_lazy("Applications from"))
    window_high = _day(gettext_lazy("Applications until"))
    kinds = _several(ATTRIBUTE_NAMES["kinds"])
    categories = _several(ATTRIBUTE_NAMES["categories"])
    themes = _several(ATTRIBUTE_NAMES["themes"])
    rate_bp_low = _attributes_number("rate_bp", gettext_lazy("Rate from, %"))
    rate_bp_high = _attributes_number("rate_bp", gettext_lazy("Rate up to, %"))
    grant_ct_low = _attributes_number("grant_ct", gettext_lazy("Grant from, euro"))
    grant_ct_high = _attributes_number("grant_ct", gettext_lazy("Grant up to, euro"))
    months_low = _attributes_number("months", gettext_lazy("Duration from, months"))
    months_high = _attributes_number("months", gettext_lazy("Duration up to, months"))
    partners_low = _attributes_number("partners", gettext_lazy("Partners from"))
    partners_high = _attributes_number("partners", gettext_lazy("Partners up to"))
    articles = forms.CharField(
        label=ATTRIBUTE_NAMES["articles"],
        help_text=gettext_lazy("With commas between, such as GB-25, DM-2"),
        required=False,
        max_length=200,
    )
    abroad = forms.ChoiceField(label=ATTRIBUTE_NAMES["abroad"], required=False)
    languages = _several(ATTRIBUTE_NAMES["languages"])

    def __init__(self, *args: Any, attributes: Mapping[str, Any] | None = None, **kw: Any) -> None:
        initial = {**form_values(attributes or {}), **kw.pop("initial", {})}
        super().__init__(*args, **kw | {"initial": initial})
        fields: dict[str, Any] = self.fields
        fields["kinds"].choices = list(KINDS.items())
        fields["categories"].choices = list(CATEGORIES.items())
        fields["themes"].choices = theme_choices()
        fields["languages"].choices = LANGUAGES
        fields["abroad"].choices = [("", gettext_lazy("not stated")), *ABROAD.items()]
        for key in MULTIPLE:
            _keep_own(fields[key], (attributes or {}).get(key, ()))

    @property
    def parts(self) -> list[tuple[Any, list[Any]]]:
        """The fields under their heads."""
        groups: tuple[tuple[Any, tuple[str, ...]], ...] = (
            (_("When"), ("window_low", "window_high", "months_low", "months_high")),
            (_("Money"), ("rate_bp_low", "rate_bp_high", "grant_ct_low", "grant_ct_high")),
            (_("Partners"), ("partners_low", "partners_high", "abroad", "articles")),
        )
        return [(head, [self[name] for name in names]) for head, names in groups]

    @property
    def lists(self) -> list[Any]:
        """The short lists to tick; themes are many and folded away."""
        return [self[name] for name in ("kinds", "categories", "languages")]

    @property
    def n_themes(self) -> int:
        """How many themes are chosen."""
        return len(self["themes"].value() or ())

    def clean_articles(self) -> list[str]:
        """Cut the keys apart."""
        return cut_keys(self.cleaned_data["articles"])

    def clean(self) -> dict[str, Any]:
        """Refuse ends in the wrong order, and a window with one end."""
        data = super().clean() or self.cleaned_data
        for key in ("window", *SPANS):
            low, high = data.get(f"{key}_low"), data.get(f"{key}_high")
            if low is not None and high is not None and low > high:
                self.add_error(f"{key}_high", _("The upper end is below the lower one."))
        low, high = data.get("window_low"), data.get("window_high")
        if (low is None) != (high is None) and not self.errors:
            self.add_error("window_high", _("Give both days, or none."))
        return data

    def attributes(self) -> dict[str, Any]:
        """Return what is stored."""
        data = self.cleaned_data
        found: dict[str, Any] = {key: sorted(data[key]) for key in MULTIPLE if data[key]}
        if data["articles"]:
            found["articles"] = data["articles"]
        if data["abroad"]:
            found["abroad"] = self.abroad_keys(data["abroad"])
        if data["window_low"]:
            found["window"] = [data[f"window_{end}"].isoformat() for end in ("low", "high")]
        for key in SPANS:
            ends = [data[f"{key}_{end}"] for end in ("low", "high")]
            if any(end is not None for end in ends):
                found[key] = [None if e is None else int(e * _FACTOR[key]) for e in ends]
        return {key: found[key] for key in ATTRIBUTES if key in found}

    def abroad_keys(self, value: str) -> list[str]:
        """Return what a scheme serves: one that allows spending abroad serves both calls."""
        return ["no", "yes"] if value == "yes" else ["no"]


class WishesForm(AttributesForm):
    """What a call asks: here "allowed" means that it has to be."""

    def abroad_keys(self, value: str) -> list[str]:
        """Return the one key that all must allow."""
        return [value]


def theme_choices() -> list[tuple[Any, list[tuple[str, str]]]]:
    """Return the themes under the lists they are of."""
    heads = {
        "ecosystems": _("Industrial ecosystems"),
        "technologies": _("Technologies"),
        "programmes": _("Broad themes of programmes"),
    }
    language = get_language()
    return [
        (heads[group], [(key, theme_label(key, language)) for key in keys])
        for group, keys in theme_groups().items()
    ]


def form_values(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """Return stored attributes as the fields show them."""
    found: dict[str, Any] = {key: attributes[key] for key in MULTIPLE if key in attributes}
    if "articles" in attributes:
        found["articles"] = ", ".join(attributes["articles"])
    if "abroad" in attributes:
        found["abroad"] = "yes" if "yes" in attributes["abroad"] else "no"
    if "window" in attributes:
        found["window_low"], found["window_high"] = attributes["window"]
    for key in SPANS:
        for end, value in zip(("low", "high"), attributes.get(key, (None, None)), strict=True):
            if value is not None:
                found[f"{key}_{end}"] = _plain(Decimal(value) / _FACTOR[key])
    return found


def _plain(value: Decimal) -> Decimal:
    whole = value.to_integral_value()
    return whole if whole == value else value


def _keep_own(field: Any, keys: Any) -> None:
    """Offer keys that are stored and not in our list, so that saving does not lose them."""
    known = {
        key
        for value, label in field.choices
        for key in ([v for v, _ in label] if isinstance(label, list) else [value])
    }
    extra = [(key, key) for key in keys if key not in known]
    if extra:
        field.choices = [*field.choices, *extra]


def cut_keys(text: str) -> list[str]:
    """Cut keys apart that stand with commas between."""
    keys = [one.strip() for one in _CUT.split(text) if one.strip()]
    if any(not _KEYS.fullmatch(key) for key in keys):
        raise ValidationError(_("Write short keys with commas between."), code="keys")
    return list(dict.fromkeys(keys))


def parse_value(attribute: str, text: str) -> list[Any]:
    """Read a value that is written in one line: keys, two numbers or two days.

    Raises
    ------
    ValidationError
        It is none.
    """
    kind = ATTRIBUTES[attribute]
    if kind == "choices":
        keys = cut_keys(text)
        unknown = [key for key in keys if attribute == "themes" and key not in THEMES]
        if not keys or unknown:
            raise ValidationError(_("Write short keys with commas between."), code="keys")
        return keys
    parts = [one.strip() for one in re.split(r"\s+[-–]\s+|\s*\.\.\s*|;", text.strip())]
    if len(parts) != len(("low", "high")):
        raise ValidationError(_("Write both ends with a semicolon between."), code="ends")
    return parts if kind == "days" else [_whole(attribute, one) for one in parts]


def _whole(attribute: str, text: str) -> int | None:
    if not text:
        return None
    cents = cents_of(text.removesuffix("%").strip())
    if cents is None or (_FACTOR[attribute] == 1 and cents % 100):
        raise ValidationError(_("“%(text)s” is no number.") % {"text": text}, code="number")
    return cents if _FACTOR[attribute] != 1 else cents // 100


def written_value(attribute: str, value: Any) -> str:
    """Write a stored value as `parse_value` reads it."""
    if ATTRIBUTES.get(attribute) == "choices":
        return ", ".join(map(str, value))
    if ATTRIBUTES.get(attribute) == "days":
        return "; ".join(map(str, value))
    factor = _FACTOR.get(attribute, 1)
    return "; ".join("" if one is None else f"{_plain(Decimal(one) / factor):f}" for one in value)
