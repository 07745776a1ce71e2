"""Who should do what, because of which findings."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.fields import fact
from alpclusters.platform.history import keep_history
from alpclusters.platform.languages.codes import language_choices
from alpclusters.platform.languages.text import TranslatedText
from alpclusters.platform.policy.models.findings import Finding
from alpclusters.platform.policy.models.levels import Level


class Recommendation(models.Model):
    """Who should do what, because of which findings."""

    class State(models.TextChoices):
        """Where the text stands; who may go where is in domain/states.py."""

        DRAFT = "draft", _("draft")
        IN_CONSULTATION = "in_consultation", _("in consultation")
        REVISED = "revised", _("revised")
        ADOPTED = "adopted", _("adopted")
        REJECTED = "rejected", _("rejected")
        PUBLISHED = "published", _("published")
        SUPERSEDED = "superseded", _("superseded")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Instrument(models.TextChoices):
        """How policy acts."""

        GRANT = "grant", _("grant")
        LOAN = "loan", _("loan")
        VOUCHER = "voucher", _("voucher")
        SERVICE = "service", _("service")
        REGULATION = "regulation", _("regulation")
        NETWORK = "network", _("network")
        INFORMATION = "information", _("information")
        PROCUREMENT = "procurement", _("procurement")
        GOVERNANCE = "governance", _("governance")

    class Horizon(models.TextChoices):
        """Until when it can be done."""

        SHORT = "short", _("short: up to 12 months")
        MEDIUM = "medium", _("medium: up to 36 months")
        LONG = "long", _("long: more than 36 months")

    class CostBand(models.TextChoices):
        """What it costs, roughly."""

        NONE = "none", _("no cost")
        UNDER_50K = "under_50k", _("under 50,000 euros")
        FROM_50K = "from_50k", _("50,000 to 250,000 euros")
        FROM_250K = "from_250k", _("250,000 to 1 million euros")
        OVER_1M = "over_1m", _("more than 1 million euros")
        UNKNOWN = "unknown", _("not known")

    class Strength(models.TextChoices):
        """How strongly the evidence carries it (analysis.plans.strength)."""

        STRONG = "strong", _("strong")
        CONDITIONAL = "conditional", _("conditional")
        EXPLORATORY = "exploratory", _("exploratory")
        NOT_SUPPORTED = "not_supported", _("not supported")
        NOT_ASSESSABLE = "not_assessable", _("cannot be assessed")

    class Denominator(models.TextChoices):
        """What people decided about it as a common denominator."""

        UNDECIDED = "", _("not decided")
        CONFIRMED = "confirmed", _("confirmed")
        DECLINED = "declined", _("declined")
        DECLARED = "declared", _("declared without numbers")

    project = models.ForeignKey(
        "partnership.Project", on_delete=models.CASCADE, related_name="recommendations"
    )
    uuid = models.UUIDField(default=uuid.uuid4, editable=False, db_index=True)
    code = models.CharField(_("Code"), max_length=8)
    title = fact(TranslatedText(_("Title"), max_length=160), "texts")
    problem = fact(TranslatedText(_("Problem"), max_length=4000, blank=True), "texts")
    text = fact(TranslatedText(_("Recommendation"), max_length=4000, blank=True), "texts")
    rationale = fact(TranslatedText(_("Reasons"), max_length=4000, blank=True), "texts")
    expected_effect = fact(
        TranslatedText(_("Expected effect"), max_length=2000, blank=True), "texts"
    )
    level = fact(models.CharField(_("Level"), max_length=14, choices=Level.choices), "facts")
    # For one region alone: its own probability counts, not the common denominator.
    region = fact(
        models.ForeignKey(
            "territory.Region",
            on_delete=models.PROTECT,
            null=True,
            blank=True,
            related_name="+",
            verbose_name=_("Region"),
        ),
        "facts",
    )
    addressee = fact(models.CharField(_("Addressed to"), max_length=200, blank=True), "facts")
    instrument = fact(
        models.CharField(
            _("Policy instrument"), max_length=12, choices=Instrument.choices, blank=True
        ),
        "facts",
    )
    theme = fact(models.CharField(_("Theme"), max_length=80, blank=True), "facts")
    horizon = fact(
        models.CharField(_("Horizon"), max_length=6, choices=Horizon.choices, blank=True), "facts"
    )
    cost_band = fact(
        models.CharField(
            _("Cost"), max_length=9, choices=CostBand.choices, default=CostBand.UNKNOWN
        ),
        "facts",
    )
    source_language = fact(
        models.CharField(
            _("Language of the original"), max_length=2, choices=language_choices, default="en"
        ),
        "facts",
    )
    conflicts_with = models.ManyToManyField("self", blank=True, verbose_name=_("Conflicts with"))
    state = fact(
        models.CharField(_("State"), max_length=15, choices=State.choices, default=State.DRAFT)
    )
    rejected_reason = fact(
        TranslatedText(_("Reason for the rejection"), max_length=500, blank=True), "reasons"
    )
    # Why it was moved last, where it needs a reason: reopened, withdrawn, open points accepted.
    state_reason = fact(
        TranslatedText(_("Reason for the last step"), max_length=500, blank=True), "reasons"
    )
    # Shown beside the computed strength, with its reason.
    strength_override = fact(
        models.CharField(
            _("Strength set by a person"), max_length=14, choices=Strength.choices, blank=True
        ),
        "decision",
    )
    strength_reason = fact(
        TranslatedText(_("Reason for the strength"), max_length=500, blank=True), "reasons"
    )
    denominator = fact(
        models.CharField(
            _("Common denominator"), max_length=9, choices=Denominator.choices, blank=True
        ),
        "decision",
    )
    denominator_reason = fact(
        TranslatedText(
            _("Reason for the decision on the common denominator"), max_length=500, blank=True
        ),
        "reasons",
    )
    # Adopted without an action to carry it out: the reason is printed.
    no_action_reason = fact(
        TranslatedText(_("Reason why there is no action"), max_length=500, blank=True), "reasons"
    )
    successor = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="predecessors"
    )
    decided_on = fact(models.DateField(null=True, blank=True))
    findings = models.ManyToManyField(
        Finding, related_name="recommendations", verbose_name=_("Findings it rests on")
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    # Two editors: the form carries the number it was made from, a conflict shows both texts.
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "code"], name="recommendation_code_once")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


keep_history(Recommendation)
