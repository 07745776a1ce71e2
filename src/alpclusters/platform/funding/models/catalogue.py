"""The catalogue: programmes with their figures, calls with their days, offers with their terms."""

import datetime as dt
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.languages.codes import DEFAULT_LANGUAGE, LANGUAGE_CODES, language_choices
from alpclusters.platform.languages.text import TranslatedText

STALE_PROGRAMME = dt.timedelta(days=730)
STALE_CALL = dt.timedelta(days=180)
LONGEST_TITLE = 300


class Status(models.TextChoices):
    """How sure a figure is; a figure without a source is unverified."""

    VERIFIED = "verified", _("verified")
    UNVERIFIED = "unverified", _("unverified")
    DEMONSTRATION = "demonstration", _("simulated, for the demonstration")


class Level(models.TextChoices):
    """Whose money it is, from far to near."""

    EUROPEAN = "european", _("European")
    MACRO_REGIONAL = "macro_regional", _("macro-regional")
    CROSS_BORDER = "cross_border", _("cross-border")
    NATIONAL = "national", _("national")
    REGIONAL = "regional", _("regional")


class Provenance(models.Model):
    """Where an entry is from, who looked at it and when."""

    source = models.CharField(_("Source"), max_length=300, blank=True)
    source_url = models.URLField(_("Address of the source"), max_length=500, blank=True)
    source_language = models.CharField(
        _("Language of the source"),
        max_length=2,
        choices=language_choices,
        default=DEFAULT_LANGUAGE,
    )
    licence = models.CharField(_("Licence"), max_length=80, blank=True)
    status = models.CharField(
        _("Status"), max_length=13, choices=Status.choices, default=Status.UNVERIFIED
    )
    checked_on = models.DateField(_("Checked on"), null=True, blank=True)
    # Goes up with each change; cases keep the version they took.
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField()

    class Meta:
        abstract = True


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    """Programmes in the words of the field."""

    def published(self) -> Self:
        """Those a visitor finds."""
        return self.filter(is_published=True)


ProgrammeManager = models.Manager.from_queryset(ProgrammeQuerySet)


class Programme(Provenance):
    """A funding programme in one period, or one family of national or regional support."""

    key = models.SlugField(_("Key"), max_length=60, unique=True)
    name = TranslatedText(_("Name"), max_length=200)
    summary = TranslatedText(_("Summary"), max_length=2000, blank=True)
    level = models.CharField(_("Level"), max_length=14, choices=Level.choices)
    # "2007-2013"; empty where it has no fixed period.
    period = models.CharField(_("Period"), max_length=9, blank=True)
    starts_on = models.DateField(_("Start"), null=True, blank=True)
    ends_on = models.DateField(_("End"), null=True, blank=True)
    # Codes of countries or regions in which it funds, and the programme area where there is one.
    territory = models.JSONField(_("Where"), default=list, blank=True)
    area = models.ForeignKey(
        "territory.ProgrammeArea",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="programmes",
    )
    # The same programme in the evidence base: what earlier projects of it did.
    evidence = models.ForeignKey(
        "evidence.Programme",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="funding_programmes",
    )
    website = models.URLField(_("Website"), max_length=300, blank=True)
    # Keys of `domain.themes`.
    themes = models.JSONField(_("Themes"), default=list, blank=True)
    is_published = models.BooleanField(default=True)

    objects: ClassVar[ProgrammeManager["Programme"]] = ProgrammeManager()

    class Meta:
        ordering = ["name__shown", "period", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(starts_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="programme_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.period}".strip()

    @property
    def is_simulated(self) -> bool:
        """Say whether it was invented for the demonstration."""
        return self.status == Status.DEMONSTRATION


class Call(Provenance):
    """An invitation to apply, with its days."""

    key = models.SlugField(_("Key"), max_length=80, unique=True)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="calls")
    # As the source writes it, in `source_language`.
    title = models.CharField(_("Title"), max_length=300)
    # The same in other languages, by code: {"de": "..."}.
    titles = models.JSONField(_("Title in other languages"), default=dict, blank=True)
    summary = models.TextField(_("Summary"), max_length=4000, blank=True)
    opens = models.DateField(_("Opens"), null=True, blank=True)
    closes = models.DateField(_("Closes"), null=True, blank=True)
    # Brussels time; None where only the day is known.
    closes_at = models.TimeField(_("Hour of closing"), null=True, blank=True)
    budget_ct = models.BigIntegerField(_("Budget in cents of euro"), null=True, blank=True)
    # The topic's identifier in the portal it was imported from.
    external_id = models.CharField(max_length=120, blank=True)
    website = models.URLField(_("Website"), max_length=500, blank=True)
    is_published = models.BooleanField(default=True)

    class Meta:
        ordering = ["closes", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "external_id"],
                condition=~models.Q(external_id=""),
                name="call_external_once",
            ),
            models.CheckConstraint(
                condition=models.Q(closes__isnull=True)
                | models.Q(opens__isnull=True)
                | models.Q(closes__gte=models.F("opens")),
                name="call_closes_after_opening",
            ),
        ]

    def __str__(self) -> str:
        return self.named(get_language() or DEFAULT_LANGUAGE)[0]

    @property
    def is_simulated(self) -> bool:
        """Say whether it was invented for the demonstration."""
        return self.status == Status.DEMONSTRATION

    def clean(self) -> None:
        """Let only titles of our languages through, by code."""
        is_right = isinstance(self.titles, dict) and all(
            code in LANGUAGE_CODES and isinstance(text, str) and 0 < len(text) <= LONGEST_TITLE
            for code, text in self.titles.items()
        )
        if not is_right:
            text = _("Titles stand by the two letters of their language.")
            raise ValidationError({"titles": text})

    def named(self, language: str) -> tuple[str, str]:
        """Return its title in a language if there is one, else the source's, and which it is."""
        if language != self.source_language and self.titles.get(language):
            return self.titles[language], language
        return self.title, self.source_language


class Parameter(models.Model):
    """One figure or term of a programme or call, with what says so; absent is not 0."""

    class Unit(models.TextChoices):
        """What its value counts."""

        EUR = "eur", _("euro")
        CHF = "chf", _("Swiss francs")
        PERCENT = "percent", _("per cent")
        COUNT = "count", _("number")
        MONTHS = "months", _("months")
        DAY = "day", _("day")
        TEXT = "text", _("words")

    class Precision(models.TextChoices):
        """How the source words a number that is not exact."""

        EXACT = "", _("exact")
        ABOUT = "about", _("about")
        ALMOST = "almost", _("almost")
        ABOVE = "above", _("above")
        AT_LEAST = "at_least", _("at least")
        UP_TO = "up_to", _("up to")
        AS_A_RULE = "as_a_rule", _("as a rule")

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="parameters")
    call = models.ForeignKey(
        Call, on_delete=models.CASCADE, null=True, blank=True, related_name="parameters"
    )
    # Key of `domain.parameters`, which has its label in five languages.
    name = models.CharField(_("Name"), max_length=60)
    # Digits with a point for numbers, an ISO day, or own words; empty where nobody knows.
    value = models.CharField(_("Value"), max_length=300, blank=True)
    unit = models.CharField(_("Unit"), max_length=7, choices=Unit.choices)
    precision = models.CharField(
        _("Precision"), max_length=9, choices=Precision.choices, blank=True, default=""
    )
    period = models.CharField(_("Period"), max_length=20, blank=True)
    status = models.CharField(max_length=13, choices=Status.choices, default=Status.UNVERIFIED)
    source = models.CharField(_("Source"), max_length=300, blank=True)
    checked_on = models.DateField(_("Checked on"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.programme}: {self.name}"


class OfferQuerySet(models.QuerySet["Offer"]):
    """Offers in the words of the field."""

    def published(self) -> Self:
        """Those a visitor finds."""
        return self.filter(is_published=True, programme__is_published=True)


OfferManager = models.Manager.from_queryset(OfferQuerySet)


class Offer(Provenance):
    """What somebody can get: rates, ceilings, conditions, as the format of cases has them.

    ``terms`` is an offer of ``alpclusters-case/1`` without id, programme, level and window; days
    instead of periods (``starts``, ``ends`` of the costs that count). A case takes a copy.
    """

    key = models.SlugField(_("Key"), max_length=80, unique=True)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="offers")
    call = models.ForeignKey(
        Call, on_delete=models.SET_NULL, null=True, blank=True, related_name="offers"
    )
    title = TranslatedText(_("Title"), max_length=200)
    summary = TranslatedText(_("Summary"), max_length=2000, blank=True)
    terms = models.JSONField(_("Terms"), default=dict)
    # Taken out of the terms for the search: kinds of bodies, categories, themes, best rate.
    kinds = models.JSONField(default=list, blank=True)
    categories = models.JSONField(default=list, blank=True)
    themes = models.JSONField(default=list, blank=True)
    best_rate_bp = models.PositiveIntegerField(null=True, blank=True)
    cap_ct = models.BigIntegerField(null=True, blank=True)
    is_published = models.BooleanField(default=True)

    objects: ClassVar[OfferManager["Offer"]] = OfferManager()

    class Meta:
        ordering = ["title__shown", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_simulated(self) -> bool:
        """Say whether it was invented for the demonstration."""
        return self.status == Status.DEMONSTRATION
