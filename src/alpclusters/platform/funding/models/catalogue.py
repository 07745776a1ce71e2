"""The catalogue: programmes with their figures, calls with their days, offers with their terms."""

import datetime as dt
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.fields import about, fact
from alpclusters.platform.languages.codes import DEFAULT_LANGUAGE, LANGUAGE_CODES, language_choices
from alpclusters.platform.languages.text import TranslatedText

STALE_PROGRAMME = dt.timedelta(days=730)
STALE_CALL = dt.timedelta(days=180)
LONGEST_TITLE = 300
# Parts of the forms: asked once and for good; said by those alone who keep the catalogue.
NEW = "new"
CHECK = "check"


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

    source = fact(models.CharField(_("Source"), max_length=300, blank=True), "provenance")
    source_url = fact(
        models.URLField(_("Address of the source"), max_length=500, blank=True), "provenance"
    )
    source_language = fact(
        models.CharField(
            _("Language of the source"),
            max_length=2,
            choices=language_choices,
            default=DEFAULT_LANGUAGE,
        ),
        "provenance",
    )
    licence = fact(models.CharField(_("Licence"), max_length=80, blank=True), "provenance")
    status = fact(
        models.CharField(
            _("Status"), max_length=13, choices=Status.choices, default=Status.UNVERIFIED
        ),
        CHECK,
    )
    checked_on = fact(models.DateField(_("Checked on"), null=True, blank=True), CHECK)
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

    key = fact(models.SlugField(_("Key"), max_length=60, unique=True), NEW, words="names")
    name = fact(TranslatedText(_("Name"), max_length=200), "texts", words="names")
    summary = fact(
        TranslatedText(_("Summary"), max_length=2000, blank=True), "texts", exported=False
    )
    level = fact(models.CharField(_("Level"), max_length=14, choices=Level.choices), "facts")
    # "2007-2013"; empty where it has no fixed period.
    period = fact(models.CharField(_("Period"), max_length=9, blank=True), "facts")
    starts_on = fact(models.DateField(_("Start"), null=True, blank=True), "facts", exported=False)
    ends_on = fact(models.DateField(_("End"), null=True, blank=True), "facts", exported=False)
    # Codes of countries or regions in which it funds, and the programme area where there is one.
    territory = fact(models.JSONField(_("Where"), default=list, blank=True), "facts")
    area = fact(
        models.ForeignKey(
            "territory.ProgrammeArea",
            on_delete=models.SET_NULL,
            null=True,
            blank=True,
            related_name="programmes",
            verbose_name=_("Programme area"),
        ),
        "facts",
        exported=False,
    )
    # The same programme in the evidence base: what earlier projects of it did.
    evidence = about(
        models.ForeignKey(
            "evidence.Programme",
            on_delete=models.SET_NULL,
            null=True,
            blank=True,
            related_name="funding_programmes",
            verbose_name=_("Evidence base"),
        ),
        public=True,
    )
    # Keys of `domain.themes`.
    themes = fact(models.JSONField(_("Themes"), default=list, blank=True), "facts")
    website = fact(models.URLField(_("Website"), max_length=300, blank=True), "facts")
    is_published = about(models.BooleanField(_("Published"), default=True))

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

    key = fact(models.SlugField(_("Key"), max_length=80, unique=True), NEW, words="names")
    programme = fact(
        models.ForeignKey(
            Programme,
            on_delete=models.CASCADE,
            related_name="calls",
            verbose_name=_("Programme"),
        ),
        NEW,
    )
    # As the source writes it, in `source_language`.
    title = fact(models.CharField(_("Title"), max_length=LONGEST_TITLE), "facts", words="names")
    # The same in other languages, by code: {"de": "..."}.
    titles = fact(
        models.JSONField(
            _("Title, where it is not the source's language"), default=dict, blank=True
        ),
        "texts",
        exported=False,
    )
    summary = fact(
        models.TextField(_("Summary"), max_length=4000, blank=True), "facts", exported=False
    )
    opens = fact(models.DateField(_("Opens"), null=True, blank=True), "facts")
    closes = fact(models.DateField(_("Closes"), null=True, blank=True), "facts")
    # Brussels time; None where only the day is known.
    closes_at = fact(models.TimeField(_("Hour of closing"), null=True, blank=True), "facts")
    budget_ct = fact(models.BigIntegerField(_("Budget in euro"), null=True, blank=True), "facts")
    # The topic's identifier in the portal it was imported from.
    external_id = fact(
        models.CharField(_("Identifier of the source"), max_length=120, blank=True), "facts"
    )
    website = fact(
        models.URLField(_("Website"), max_length=500, blank=True), "facts", exported=False
    )
    is_published = about(models.BooleanField(_("Published"), default=True))

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
    name = fact(models.CharField(_("Figure"), max_length=60), "figures")
    # Digits with a point for numbers, an ISO day, or own words; empty where nobody knows.
    value = fact(models.CharField(_("Value"), max_length=300, blank=True), "figures")
    unit = fact(models.CharField(_("Unit"), max_length=7, choices=Unit.choices), "figures")
    precision = fact(
        models.CharField(
            _("Precision"), max_length=9, choices=Precision.choices, blank=True, default=""
        ),
        "figures",
    )
    period = fact(models.CharField(_("Period"), max_length=20, blank=True), "figures")
    status = fact(
        models.CharField(
            _("Status"), max_length=13, choices=Status.choices, default=Status.UNVERIFIED
        ),
        "figures",
    )
    source = fact(models.CharField(_("Source"), max_length=300, blank=True), "figures")
    checked_on = fact(models.DateField(_("Checked on"), null=True, blank=True), "figures")
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

    key = fact(models.SlugField(_("Key"), max_length=80, unique=True), NEW, words="names")
    programme = fact(
        models.ForeignKey(
            Programme,
            on_delete=models.CASCADE,
            related_name="offers",
            verbose_name=_("Programme"),
        ),
        NEW,
    )
    call = fact(
        models.ForeignKey(
            Call,
            on_delete=models.SET_NULL,
            null=True,
            blank=True,
            related_name="offers",
            verbose_name=_("Call for proposals"),
        ),
        "facts",
    )
    title = fact(TranslatedText(_("Title"), max_length=200), "texts", words="names")
    summary = fact(
        TranslatedText(_("Summary"), max_length=2000, blank=True), "texts", exported=False
    )
    terms = fact(models.JSONField(_("Terms"), default=dict), "facts")
    # Taken out of the terms for the search: kinds of bodies, categories, themes, best rate.
    kinds = models.JSONField(default=list, blank=True)
    categories = models.JSONField(default=list, blank=True)
    themes = models.JSONField(default=list, blank=True)
    best_rate_bp = models.PositiveIntegerField(null=True, blank=True)
    cap_ct = models.BigIntegerField(null=True, blank=True)
    is_published = about(models.BooleanField(_("Published"), default=True))

    objects: ClassVar[OfferManager["Offer"]] = OfferManager()

    class Meta:
        ordering = ["title__shown", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_simulated(self) -> bool:
        """Say whether it was invented for the demonstration."""
        return self.status == Status.DEMONSTRATION
