"""The actions of a plan with milestones, dependencies, costs, funding, players and risks."""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.fields import fact
from alpclusters.platform.history import keep_history
from alpclusters.platform.languages.text import TranslatedText
from alpclusters.platform.policy.models.levels import Level
from alpclusters.platform.policy.models.plans import ActionPlan
from alpclusters.platform.policy.models.recommendations import Recommendation

CURRENCIES = [("EUR", "EUR"), ("CHF", "CHF")]


class Action(models.Model):
    """One line of a plan: who does what at which level, from when to when, because of what."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.CASCADE, related_name="actions")
    # The same in every version of the plan, so that versions and reports can be compared.
    uuid = models.UUIDField(default=uuid.uuid4, editable=False, db_index=True)
    code = models.CharField(_("Code"), max_length=8)
    title = fact(TranslatedText(_("Title"), max_length=160), "texts")
    background = fact(TranslatedText(_("Background"), max_length=4000, blank=True), "texts")
    description = fact(TranslatedText(_("Description"), max_length=4000, blank=True), "texts")
    level = fact(models.CharField(_("Level"), max_length=14, choices=Level.choices), "facts")
    regions = models.ManyToManyField(
        "territory.Region", related_name="+", blank=True, verbose_name=_("Regions")
    )
    responsible = fact(models.CharField(_("Responsible body"), max_length=200, blank=True), "facts")
    # When the responsible body said yes; a European action needs one that did.
    accepted_on = fact(models.DateField(_("Accepted on"), null=True, blank=True), "facts")
    starts_on = fact(models.DateField(_("Start"), null=True, blank=True), "facts")
    ends_on = fact(models.DateField(_("End"), null=True, blank=True), "facts")
    done_on = fact(models.DateField(_("Done on"), null=True, blank=True), "end")
    stopped_on = fact(models.DateField(_("Stopped on"), null=True, blank=True), "end")
    reason_not_done = fact(TranslatedText(_("Reason why not"), max_length=1000, blank=True), "end")
    weight = fact(models.PositiveSmallIntegerField(_("Weight"), default=1), "facts")
    critical = fact(models.BooleanField(_("Critical"), default=False), "facts")
    recommendations = models.ManyToManyField(
        Recommendation, related_name="actions", verbose_name=_("Recommendations")
    )
    order = models.PositiveSmallIntegerField(default=0)
    # Two editors: the form carries the number it was made from.
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "code"], name="action_code_once"),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(starts_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="action_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Player(models.Model):
    """A body with a part in an action, beside the one that is responsible."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="players")
    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    body = fact(models.CharField(_("Body"), max_length=200), "row")
    role = fact(models.CharField(_("Part"), max_length=200, blank=True), "row")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.body


class Milestone(models.Model):
    """What has to be reached by a date."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="milestones")
    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    title = fact(TranslatedText(_("Milestone"), max_length=200), "row")
    due = fact(models.DateField(_("Due")), "row")
    weight = fact(models.PositiveSmallIntegerField(_("Weight"), default=1), "row")
    critical = fact(models.BooleanField(_("Critical"), default=False), "row")
    done_on = fact(models.DateField(_("Reached on"), null=True, blank=True), "row")
    evidence = fact(models.URLField(_("Proof (address)"), max_length=500, blank=True), "row")

    class Meta:
        ordering = ["due", "pk"]

    def __str__(self) -> str:
        return self.title


class Dependency(models.Model):
    """An action that can only go on once another has ended (finish to start)."""

    before = fact(
        models.ForeignKey(
            Action,
            on_delete=models.CASCADE,
            related_name="dependants",
            verbose_name=_("Action that has to end first"),
        ),
        "row",
    )
    after = fact(models.ForeignKey(Action, on_delete=models.CASCADE, related_name="dependencies"))
    lag_days = fact(models.SmallIntegerField(_("Days between"), default=0), "row")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["before", "after"], name="dependency_once"),
            models.CheckConstraint(
                condition=~models.Q(before=models.F("after")), name="dependency_of_two"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.before_id} -> {self.after_id}"


class Cost(models.Model):
    """What an action costs in a year, by type, in cents."""

    class Type(models.TextChoices):
        """What the money is for."""

        STAFF = "staff", _("staff")
        EXTERNAL = "external", _("external services")
        TRAVEL = "travel", _("travel")
        EQUIPMENT = "equipment", _("equipment")
        INVESTMENT = "investment", _("investment")
        OTHER = "other", _("other")

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="costs")
    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    year = fact(
        models.PositiveSmallIntegerField(
            _("Year"), validators=[MinValueValidator(1990), MaxValueValidator(2100)]
        ),
        "row",
    )
    type = fact(models.CharField(_("Type"), max_length=10, choices=Type.choices), "row")
    amount_cents = fact(models.PositiveBigIntegerField(_("Amount")), "row")
    currency = fact(
        models.CharField(_("Currency"), max_length=3, choices=CURRENCIES, default="EUR"), "row"
    )

    class Meta:
        ordering = ["year", "pk"]

    def __str__(self) -> str:
        return f"{self.year} {self.type}"


class FundingLine(models.Model):
    """Where money for an action comes from, and how sure it is."""

    class Status(models.TextChoices):
        """How sure the money is."""

        IDEA = "idea", _("idea")
        APPLIED = "applied", _("applied for")
        GRANTED = "granted", _("granted")
        SPENT = "spent", _("spent")

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="funding")
    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    source = fact(models.CharField(_("Source"), max_length=200), "row")
    offer = fact(
        models.ForeignKey(
            "funding.Offer",
            on_delete=models.SET_NULL,
            null=True,
            blank=True,
            related_name="+",
            verbose_name=_("Offer"),
        ),
        "row",
    )
    amount_cents = fact(models.PositiveBigIntegerField(_("Amount")), "row")
    currency = fact(
        models.CharField(_("Currency"), max_length=3, choices=CURRENCIES, default="EUR"), "row"
    )
    status = fact(
        models.CharField(_("Status"), max_length=7, choices=Status.choices, default=Status.IDEA),
        "row",
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.source


class Risk(models.Model):
    """What could go wrong, how likely and how bad (1 to 3), and the answer to it."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="risks")
    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    text = fact(TranslatedText(_("Risk"), max_length=300), "row")
    likelihood = fact(
        models.PositiveSmallIntegerField(
            _("Likelihood"), validators=[MinValueValidator(1), MaxValueValidator(3)]
        ),
        "row",
    )
    impact = fact(
        models.PositiveSmallIntegerField(
            _("Impact"), validators=[MinValueValidator(1), MaxValueValidator(3)]
        ),
        "row",
    )
    answer = fact(TranslatedText(_("Answer"), max_length=300, blank=True), "row")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text


keep_history(Action)
