"""All that a person can say about an initiative, with its texts in five languages."""

import re
from collections.abc import Sequence
from typing import Any, Final, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alpclusters.platform.accounts.models import User
from alpclusters.platform.evidence.domain.initiatives.editing import newest_version
from alpclusters.platform.evidence.domain.initiatives.fields import FIELDS, TRANSLATED
from alpclusters.platform.evidence.domain.initiatives.programmes import ensure_programme
from alpclusters.platform.evidence.models import Initiative, Programme
from alpclusters.platform.languages.inputs import TextsField, by_language
from alpclusters.platform.territory.models import Standing
from alpclusters.www.components.compare import compare
from alpclusters.www.components.parts import Side
from alpclusters.www.forms import Field, put_sent
from alpclusters.www.workspace.initiatives.dates import KnownDate, written
from alpclusters.www.workspace.initiatives.money import Money
from alpclusters.www.workspace.initiatives.money import written as amount
from alpclusters.www.workspace.translated import LanguagePart, language_parts

NEW: Final = "new"
_LIST_BREAK: Final = re.compile(r"[,;\n]+")
_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_SECTOR: Final = re.compile(r"[A-Z]|\d{2}")
_DATES_HELP: Final = gettext_lazy("As exactly as it is known: 2014, 2014-05 or 2014-05-12.")


class InitiativeForm(forms.Form):
    """The facts of an initiative; only its acronym and its kind must be there."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    acronym = forms.CharField(
        label=gettext_lazy("Acronym"),
        max_length=80,
        help_text=gettext_lazy("Or the short name under which it is known."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=Initiative.Kind.choices,
        help_text=gettext_lazy(
            "Programmes and calls are never counted as evidence that something worked."
        ),
    )
    programme = forms.ChoiceField(label=gettext_lazy("Programme"), required=False)
    programme_name = forms.CharField(
        label=gettext_lazy("Name of the new programme"), required=False, max_length=160
    )
    programme_period = forms.RegexField(
        r"^\d{4}(-\d{4})?$",
        label=gettext_lazy("Its period"),
        required=False,
        help_text=gettext_lazy("For example 2014-2020."),
        error_messages={"invalid": gettext_lazy("Write the period like 2014-2020.")},
    )
    programme_family = forms.ChoiceField(
        label=gettext_lazy("Kind of programme"), required=False, choices=Programme.Family.choices
    )
    call = forms.CharField(label=gettext_lazy("Call"), required=False, max_length=120)
    reference = forms.CharField(
        label=gettext_lazy("Number of the grant"), required=False, max_length=60
    )
    start = KnownDate(label=gettext_lazy("Start"), help_text=_DATES_HELP)
    end = KnownDate(label=gettext_lazy("End of the funding"), help_text=_DATES_HELP, is_end=True)
    status = forms.ChoiceField(
        label=gettext_lazy("State of the funding"), choices=Initiative.Status.choices
    )
    budget = Money(
        label=gettext_lazy("Budget"),
        help_text=gettext_lazy("Empty means unknown; that is not zero."),
    )
    eu = Money(label=gettext_lazy("Share of the EU"))
    currency = forms.RegexField(
        r"^[A-Z]{3}$", label=gettext_lazy("Currency"), required=False, initial="EUR"
    )
    countries = forms.CharField(
        label=gettext_lazy("Countries"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Two letters each, the lead first: AT DE IT."),
    )
    sectors = forms.CharField(
        label=gettext_lazy("Sectors"),
        required=False,
        help_text=gettext_lazy("Sections or divisions of NACE, with commas: C, 16, 31."),
    )
    keywords = forms.CharField(
        label=gettext_lazy("Keywords"),
        required=False,
        help_text=gettext_lazy("With commas between them."),
    )
    follows = forms.CharField(
        label=gettext_lazy("Continues"),
        required=False,
        help_text=gettext_lazy(
            "Acronym of the earlier initiative. The two then count as one when evidence is counted."
        ),
    )
    website = forms.URLField(
        label=gettext_lazy("Website"), required=False, max_length=300, assume_scheme="https"
    )
    source = forms.CharField(
        label=gettext_lazy("Source"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("Where these facts stand."),
    )
    licence = forms.CharField(
        label=gettext_lazy("Licence of the facts"), required=False, max_length=300
    )
    is_verified = forms.BooleanField(
        label=gettext_lazy("I compared these facts with their source"), required=False
    )
    is_published = forms.BooleanField(label=gettext_lazy("Published"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("What was changed, and why"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Shown in the history."),
    )

    title = TextsField(label=gettext_lazy("Title"), max_length=400)
    topic = TextsField(label=gettext_lazy("Topic"), max_length=300)
    aims = TextsField(label=gettext_lazy("Aims"), max_length=20_000, rows=6)
    note = TextsField(label=gettext_lazy("Note"), max_length=2000, rows=3)

    MONEY: Final = ("programme", "call", "reference", "start", "end", "status", "budget", "eu")
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

    def group(self, names: Sequence[str]) -> list[forms.BoundField]:
        """Return some fields in their order."""
        return [self[name] for name in names]

    @property
    def what(self) -> list[forms.BoundField]:
        """What it was."""
        return self.group(("acronym", "kind", "countries", "sectors", "keywords", "follows"))

    @property
    def money(self) -> list[forms.BoundField]:
        """Who paid, how much, from when to when."""
        return self.group((*self.MONEY, "currency"))

    @property
    def new_programme(self) -> list[forms.BoundField]:
        """A programme that is not in the list."""
        return self.group(self.NEW_PROGRAMME)

    @property
    def sources(self) -> list[forms.BoundField]:
        """Where it stands, and whether somebody compared it."""
        names = ("website", "source", "licence", "is_verified", "is_published")
        return self.group(names if self.initiative is None else (*names, "reason"))

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
            text = _("“%(code)s” is no code of a country. Write two letters each: AT DE IT.")
            raise ValidationError(text % {"code": wrong[0]})
        return " ".join(dict.fromkeys(filter(None, codes)))

    def clean_sectors(self) -> list[str]:
        """Take sections (a letter) and divisions (two digits) of NACE."""
        codes = [code.upper() for code in _listed(self.cleaned_data["sectors"])]
        wrong = [code for code in codes if not _SECTOR.fullmatch(code)]
        if wrong:
            text = _("“%(code)s” is no sector. Write a letter or two digits of NACE.")
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
            self.add_error("programme_name", _("Name the programme, or choose one."))
        if self.initiative is not None and data.get("version") != self.newest:
            # The next attempt is made with both texts in sight.
            put_sent(self, "version", str(self.newest))
            raise ValidationError(_("This entry was changed in the meantime."), code="conflict")
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
        "start": written(initiative.start, initiative.start_precision),
        "end": written(initiative.end, initiative.end_precision),
        "budget": amount(initiative.budget_cents),
        "eu": amount(initiative.eu_cents),
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
        text = _("Several initiatives are called “%(name)s”. Write one of these: %(keys)s.")
        raise ValidationError(text % {"name": name, "keys": keys})
    text = _("No initiative is called “%(name)s”. Compare the spelling, or make it first.")
    raise ValidationError(text % {"name": name})


def _programmes() -> list[tuple[str, Any]]:
    known = [(str(one.pk), str(one)) for one in Programme.objects.order_by("name", "period", "pk")]
    return [("", _("none, or unknown")), *known, (NEW, _("A programme that is not in the list"))]


def _listed(text: str) -> list[str]:
    return [part.strip()[:80] for part in _LIST_BREAK.split(text) if part.strip()]


def _sides(code: str, theirs: str, mine: str) -> tuple[Side, Side]:
    left, right = compare(theirs, mine)
    return (Side(_("Saved by somebody else"), left, code), Side(_("Your text"), right, code))
