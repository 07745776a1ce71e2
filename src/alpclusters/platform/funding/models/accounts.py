"""Accounts of de minimis aid: what an organisation was granted, and who is one undertaking."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alpclusters.platform.fields import about
from alpclusters.platform.history import keep_history


class DeMinimisAid(models.Model):
    """One de minimis aid of an organisation; every case in which it is a partner counts it."""

    class Regulation(models.TextChoices):
        """Under which regulation it was granted; each has a ceiling of its own."""

        GENERAL = "general", _("general (2023/2831)")
        AGRICULTURE = "agriculture", _("agriculture (1408/2013)")
        FISHERIES = "fisheries", _("fishery and aquaculture (717/2014)")
        SGEI = "sgei", _("services of general economic interest (2023/2832)")

    class Source(models.TextChoices):
        """Who says so."""

        TYPED = "typed", _("own declaration")
        UNION = "union", _("central register of the EU")
        FRANCE = "france", _("French register")
        REGISTER = "register", pgettext_lazy("de minimis", "another register")

    organisation = models.ForeignKey(
        "actors.Organisation", on_delete=models.CASCADE, related_name="de_minimis"
    )
    # Two letters: ceilings hold for each state that grants.
    state = about(models.CharField(_("State that granted it"), max_length=2), part="aid")
    regulation = about(
        models.CharField(
            _("Regulation"),
            max_length=11,
            choices=Regulation.choices,
            default=Regulation.GENERAL,
        ),
        part="aid",
    )
    # The day on which the right to it arose, not of the payment.
    granted_on = about(models.DateField(_("Granted on")), part="aid")
    amount_ct = about(models.BigIntegerField(_("Amount in cents of euro")), part="aid")
    authority = about(models.CharField(_("Granted by"), max_length=200, blank=True), part="aid")
    source = about(
        models.CharField(
            _("Known from"), max_length=8, choices=Source.choices, default=Source.TYPED
        ),
        part="aid",
    )
    # The register's own number of the entry, where it gives one.
    reference = models.CharField(max_length=80, blank=True)
    # The day on which the register was read, or the declaration typed.
    read_on = about(models.DateField(_("Read on")))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # The day on which somebody who keeps the organisation's profile said that it is right.
    confirmed_on = models.DateField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-granted_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount_ct__gt=0), name="de_minimis_is_positive"
            ),
            models.UniqueConstraint(
                fields=["organisation", "source", "reference"],
                condition=~models.Q(reference=""),
                name="de_minimis_reference_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.granted_on}, {self.state}"


class ControlLink(models.Model):
    """An organisation that another one controls (Reg. 2023/2831 Art. 2(2)).

    All that hang together by such links, also in chains, are one undertaking with one account.
    """

    organisation = models.OneToOneField(
        "actors.Organisation", on_delete=models.CASCADE, related_name="control"
    )
    controlled_by = models.ForeignKey(
        "actors.Organisation", on_delete=models.CASCADE, related_name="controls"
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(organisation=models.F("controlled_by")),
                name="control_is_by_another",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} < {self.controlled_by}"


keep_history(ControlLink)
keep_history(DeMinimisAid)
