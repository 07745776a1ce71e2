"""All that a person can say about an initiative: texts, dates as exactly as known, money."""

import calendar
import re
from datetime import date
from typing import Any, Final, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import get_format
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.accounts.models import User
from alpclusters.platform.evidence.domain.initiatives.editing import (
    FIELDS,
    TRANSLATED,
    newest_version,
)
from alpclusters.platform.evidence.domain.initiatives.partners import ensure_programme
from alpclusters.platform.evidence.models import Initiative, Programme
from alpclusters.platform.fields import fields_of, length_of
from alpclusters.platform.languages.inputs import by_language
from alpclusters.platform.territory.models import Standing
from alpclusters.www.components.marked_text import compare
from alpclusters.www.components.parts import Side
from alpclusters.www.forms import Field, put_sent
from alpclusters.www.site.inputs import input_of, lazy_label_of
from alpclusters.www.workspace.translated import LanguagePart, language_parts

# --- Dates as exactly as people know them: a year, a month or a day in one field ------------------


Precision = Initiative.Precision
type Dated = tuple[date, str] | None

_FORMS: Final = (
    re.compile(r"(?P<y>\d{4})"),
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})"),
    re.compile(r"(?P<m>\d{1,2})[./](?P<y>\d{4})"),
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"),
    re.compile(r"(?P<d>\d{1,2})[./]\s?(?P<m>\d{1,2})[./]\s?(?P<y>\d{4})"),
)


class KnownDate(forms.CharField):
    """A date and how exactly it is known.

    Parameters
    ----------
    is_end : bool
        A year or a month alone stands for its last day instead of its first.
    """

    default_error_messages = {
        "invalid": _("Write a year, a month or a day: 2014, 2014-05 or 2014-05-12."),
    }

    def __init__(self, *, is_end: bool = False, **kwargs: Any) -> None:
        super().__init__(max_length=12, required=False, **kwargs)
        self.is_end = is_end

    def clean(self, value: Any) -> Dated:
        """Return the date with its precision; None where nothing is written."""
        text = super().clean(value)
        if not text:
            return None
        found = next((match for form in _FORMS if (match := form.fullmatch(text))), None)
        if found is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        try:
            return _dated(found.groupdict(), is_end=self.is_end)
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error


def written_date(day: date | None, precision: str) -> str:
    """Write a date as the field takes it."""
    if day is None:
        return ""
    lengths = {Precision.YEAR: 4, Precision.MONTH: 7}
    return day.isoformat()[: lengths.get(Precision(precision), 10)]


def _dated(parts: dict[str, str], *, is_end: bool) -> Dated:
    year = int(parts["y"])
    if "m" not in parts:
        return date(year, 12, 31) if is_end else date(year, 1, 1), Precision.YEAR
    month = int(parts["m"])
    if "d" not in parts:
        last = calendar.monthrange(year, month)[1]
        return date(year, month, last if is_end else 1), Precision.MONTH
    return date(year, month, int(parts["d"])), Precision.DAY


# --- Amounts of money as people write them in five languages, held in cents -----------------------


MOST_CENTS: Final = 9 * 10**15
_GAPS: Final = re.compile(r"[\s'\u2019]")
# Thousands in groups of three, cents with one or two digits: never both readings at once.
_AMOUNT: Final = re.compile(r"(?P<whole>\d+|\d{1,3}(?:[.,]\d{3})+)(?:[.,](?P<part>\d{1,2}))?")


class Money(forms.CharField):
    """An amount; empty means unknown, which is not zero.

    Dots, commas, blanks and apostrophes part thousands; one or two digits after the last dot or
    comma are cents.
    """

    default_error_messages = {
        "invalid": _("Write the amount in figures, for example 1250000 or 1250000.50."),
    }

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal"})
        super().__init__(max_length=24, required=False, widget=widget, **kwargs)

    def clean(self, value: Any) -> int | None:
        """Return the amount in cents; None where nothing is written."""
        text = _GAPS.sub("", super().clean(value))
        if not text:
            return None
        found = _AMOUNT.fullmatch(text)
        cents = _cents(found) if found else MOST_CENTS + 1
        if cents > MOST_CENTS:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return cents


def written_amount(cents: int | None) -> str:
    """Write an amount as the field takes it, with the decimal sign of the reader's language."""
    if cents is None:
        return ""
    whole, part = divmod(cents, 100)
    return f"{whole}{get_format('DECIMAL_SEPARATOR')}{part:02}" if part else str(whole)


def _cents(found: re.Match[str]) -> int:
    whole = re.sub(r"[.,]", "", found["whole"])
    return int(whole) * 100 + int((found["part"] or "").ljust(2, "0"))


# --- All that a person can say about an initiative, with its texts in five languages --------------


NEW: Final = "new"
# Inputs that are not called as their column.
INPUTS: Final = {"budget_cents": "budget", "eu_cents": "eu", "standing": "is_verified"}
_LIST_BREAK: Final = re.compile(r"[,;\n]+")
_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_SECTOR: Final = re.compile(r"[A-Z]|\d{2}")
_DATES_HELP: Final = gettext_lazy("As exactly as it is known: 2014, 2014-05 or 2014-05-12.")


class InitiativeForm(forms.Form):
    """The facts of an initiative; only its acronym and its kind must be there."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    acronym = input_of(
        Initiative,
        "acronym",
        help_text=gettext_lazy("Or the short name under which it is known."),
    )
    kind = input_of(
        Initiative,
        "kind",
        help_text=gettext_lazy(
            "Programmes and calls are never counted as evidence that something worked."
        ),
    )
    programme = forms.ChoiceField(label=lazy_label_of(Initiative, "programme"), required=False)
    programme_name = input_of(
        Programme, "name", label=gettext_lazy("Name of the new programme"), required=False
    )
    programme_period = forms.RegexField(
        r"^\d{4}(-\d{4})?$",
        label=gettext_lazy("Its period"),
        max_length=length_of(Programme, "period"),
        required=False,
        help_text=gettext_lazy("For example 2014-2020."),
        error_messages={"invalid": gettext_lazy("Write the period like 2014-2020.")},
    )
    programme_family = input_of(
        Programme, "family", required=False, choices=Programme.Family.choices
    )
    call = input_of(Initiative, "call")
    reference = input_of(Initiative, "reference")
    start = KnownDate(label=lazy_label_of(Initiative, "start"), help_text=_DATES_HELP)
    end = KnownDate(label=lazy_label_of(Initiative, "end"), help_text=_DATES_HELP, is_end=True)
    status = input_of(Initiative, "status")
    budget = Money(
        label=lazy_label_of(Initiative, "budget_cents"),
        help_text=gettext_lazy("Empty means unknown; that is not zero."),
    )
    eu = Money(label=lazy_label_of(Initiative, "eu_cents"))
    currency = forms.RegexField(
        r"^[A-Z]{3}$",
        label=lazy_label_of(Initiative, "currency"),
        max_length=length_of(Initiative, "currency"),
        required=False,
        initial="EUR",
    )
    countries = input_of(
        Initiative,
        "countries",
        help_text=gettext_lazy("Two letters each, the lead first: AT DE IT."),
    )
    sectors = forms.CharField(
        label=lazy_label_of(Initiative, "sectors"),
        required=False,
        help_text=gettext_lazy("Sections or divisions of NACE, with commas: C, 16, 31."),
    )
    keywords = forms.CharField(
        label=lazy_label_of(Initiative, "keywords"),
        required=False,
        help_text=gettext_lazy("With commas between them."),
    )
    follows = forms.CharField(
        label=lazy_label_of(Initiative, "follows"),
        required=False,
        help_text=gettext_lazy(
            "Acronym of the earlier initiative. The two then count as one when evidence is counted."
        ),
    )
    website = input_of(Initiative, "website", assume_scheme="https")
    source = input_of(Initiative, "source", help_text=gettext_lazy("Where these facts stand."))
    licence = input_of(Initiative, "licence")
    is_verified = forms.BooleanField(
        label=gettext_lazy("I compared these facts with their source"), required=False
    )
    is_published = input_of(Initiative, "is_published")
    reason = forms.CharField(
        label=gettext_lazy("What was changed, and why"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Shown in the history."),
    )

    title = input_of(Initiative, "title")
    topic = input_of(Initiative, "topic")
    aims = input_of(Initiative, "aims", rows=6)
    note = input_of(Initiative, "note", rows=3)

    COMPARED: Final = (
        *TRANSLATED, "acronym", "countries", "keywords", "source", "licence", "website",
    )  # fmt: skip
    NEW_PROGRAMME: Final = ("programme_name", "programme_period", "programme_family")

    def __init__(self, *args: Any, initiative: Initiative | None = None, **kwargs: Any) -> None:
        self.initiative = initiative
        self.newest = newest_version(initiative) if initiative else 0
        initial = said(initiative) if initiative else {"is_published": True, "currency": "EUR"}
        super().__init__(*args, **kwargs | {"initial": {**initial, "version": self.newest}})
        programme: Any = self.fields["programme"]
        programme.choices = _programmes()
        if initiative is None:
            del self.fields["reason"]

    @property
    def languages(self) -> list[LanguagePart]:
        """The cards of the five languages."""
        return language_parts(self, TRANSLATED)

    def part(self, name: str) -> list[forms.BoundField]:
        """Return the inputs of a part, in the order of the columns."""
        columns = fields_of(Initiative, lambda one: one.part == name)
        names = (INPUTS.get(column.name, column.name) for column in columns)
        return [self[one] for one in names if one in self.fields]

    @property
    def what(self) -> list[forms.BoundField]:
        """What it was."""
        return self.part("what")

    @property
    def money(self) -> list[forms.BoundField]:
        """Who paid, how much, from when to when."""
        return self.part("funding")

    @property
    def new_programme(self) -> list[forms.BoundField]:
        """A programme that is not in the list."""
        return [self[name] for name in self.NEW_PROGRAMME]

    @property
    def sources(self) -> list[forms.BoundField]:
        """Where it stands, and whether somebody compared it."""
        reason = [] if self.initiative is None else [self["reason"]]
        return [*self.part("sources"), *reason]

    @property
    def conflicts(self) -> list[tuple[Side, Side]]:
        """What the other person wrote, beside one's own text; only after a conflict."""
        if not self.is_bound or self.initiative is None:
            return []
        if not self.has_error("__all__", "conflict"):
            return []
        now = said(self.initiative)
        pairs = [
            (code, str(by_language(now[name]).get(code, "") if code else now[name]), one.value())
            for name in self.COMPARED
            for code, one in cast("Field", self[name]).parts.items()
        ]
        return [_sides(code, theirs, mine or "") for code, theirs, mine in pairs if theirs != mine]

    def clean_countries(self) -> str:
        """Take codes of two letters, with blanks or commas between them."""
        codes = re.split(r"[\s,;]+", self.cleaned_data["countries"].strip().upper())
        wrong = [code for code in codes if code and not _COUNTRY.fullmatch(code)]
        if wrong:
            text = gettext("“%(code)s” is no code of a country. Write two letters each: AT DE IT.")
            raise ValidationError(text % {"code": wrong[0]})
        return " ".join(dict.fromkeys(filter(None, codes)))

    def clean_sectors(self) -> list[str]:
        """Take sections (a letter) and divisions (two digits) of NACE."""
        codes = [code.upper() for code in _listed(self.cleaned_data["sectors"])]
        wrong = [code for code in codes if not _SECTOR.fullmatch(code)]
        if wrong:
            text = gettext("“%(code)s” is no sector. Write a letter or two digits of NACE.")
            raise ValidationError(text % {"code": wrong[0]})
        return list(dict.fromkeys(codes))

    def clean_keywords(self) -> list[str]:
        """Part the words at commas."""
        return list(dict.fromkeys(_listed(self.cleaned_data["keywords"])))[:50]

    def clean_currency(self) -> str:
        """Amounts without a currency are in euro."""
        return self.cleaned_data["currency"] or "EUR"

    def clean_follows(self) -> Initiative | None:
        """Find the earlier initiative by acronym or key."""
        name = self.cleaned_data["follows"].strip()
        return found_initiative(name) if name else None

    def clean(self) -> dict[str, Any]:
        """Ask for the name of a new programme; refuse to write over somebody else's change."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("programme") == NEW and not data.get("programme_name"):
            self.add_error("programme_name", gettext("Name the programme, or choose one."))
        if self.initiative is not None and data.get("version") != self.newest:
            # The next attempt is made with both texts in sight.
            put_sent(self, "version", str(self.newest))
            raise ValidationError(
                gettext("This entry was changed in the meantime."), code="conflict"
            )
        return data

    def values(self, by: User) -> dict[str, Any]:  # noqa: ARG002 - programmes have no history
        """Return what `create_initiative` and `change_initiative` take; makes a new programme."""
        data = self.cleaned_data
        taken = {name: data[name] for name in FIELDS if name in data}
        start, end = (data[name] or (None, "") for name in ("start", "end"))
        return {
            **taken,
            "programme_id": self._programme_id(),
            "follows_id": data["follows"].pk if data["follows"] else None,
            "start": start[0],
            "start_precision": start[1] or Initiative.Precision.DAY,
            "end": end[0],
            "end_precision": end[1] or Initiative.Precision.DAY,
            "budget_cents": data["budget"],
            "eu_cents": data["eu"],
            "standing": Standing.VERIFIED if data["is_verified"] else Standing.UNVERIFIED,
        }

    def _programme_id(self) -> int | None:
        data = self.cleaned_data
        if data["programme"] == NEW:
            name, period = data["programme_name"], data["programme_period"]
            return ensure_programme(name, period, family=data["programme_family"]).pk
        return int(data["programme"]) if data["programme"] else None


def said(initiative: Initiative) -> dict[str, Any]:
    """Return an initiative as the form shows it."""
    plain = {name: getattr(initiative, name) for name in FIELDS}
    return {
        **plain,
        "programme": str(initiative.programme_id or ""),
        "start": written_date(initiative.start, initiative.start_precision),
        "end": written_date(initiative.end, initiative.end_precision),
        "budget": written_amount(initiative.budget_cents),
        "eu": written_amount(initiative.eu_cents),
        "sectors": ", ".join(initiative.sectors),
        "keywords": ", ".join(initiative.keywords),
        "follows": unique_name(initiative.follows) if initiative.follows else "",
        "is_verified": initiative.standing == Standing.VERIFIED,
    }


def unique_name(initiative: Initiative) -> str:
    """Return the acronym, or the key where the acronym does not tell one from another."""
    same = Initiative.objects.filter(acronym__iexact=initiative.acronym)
    is_plain = "," not in initiative.acronym and same.count() == 1
    return initiative.acronym if is_plain else initiative.key


def found_initiative(name: str) -> Initiative:
    """Return the initiative with an acronym or a key.

    Raises
    ------
    ValidationError
        There is none, or more than one.
    """
    by_key = Initiative.objects.filter(key=name).first()
    if by_key is not None:
        return by_key
    found = list(Initiative.objects.filter(acronym__iexact=name).order_by("pk")[:5])
    if len(found) == 1:
        return found[0]
    if found:
        keys = ", ".join(one.key for one in found)
        text = gettext("Several initiatives are called “%(name)s”. Write one of these: %(keys)s.")
        raise ValidationError(text % {"name": name, "keys": keys})
    text = gettext("No initiative is called “%(name)s”. Compare the spelling, or make it first.")
    raise ValidationError(text % {"name": name})


def _programmes() -> list[tuple[str, Any]]:
    known = [(str(one.pk), str(one)) for one in Programme.objects.order_by("name", "period", "pk")]
    return [
        ("", gettext("none, or unknown")),
        *known,
        (NEW, gettext("A programme that is not in the list")),
    ]


def _listed(text: str) -> list[str]:
    return [part.strip()[:80] for part in _LIST_BREAK.split(text) if part.strip()]


def _sides(code: str, theirs: str, mine: str) -> tuple[Side, Side]:
    left, right = compare(theirs, mine)
    return (
        Side(gettext("Saved by somebody else"), left, code),
        Side(gettext("Your text"), right, code),
    )
