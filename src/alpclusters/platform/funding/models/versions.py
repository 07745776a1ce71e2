"""Each state of a catalogue entry, and changes that somebody proposes."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.fields import about
from alpclusters.platform.funding.models.catalogue import Call, Offer, Programme

ONE_ENTRY = (
    models.Q(programme__isnull=False, call__isnull=True, offer__isnull=True)
    | models.Q(programme__isnull=True, call__isnull=False, offer__isnull=True)
    | models.Q(programme__isnull=True, call__isnull=True, offer__isnull=False)
)


class OfEntry(models.Model):
    """Belongs to exactly one programme, call or offer."""

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, null=True, blank=True, related_name="%(class)ss"
    )
    call = models.ForeignKey(
        Call, on_delete=models.CASCADE, null=True, blank=True, related_name="%(class)ss"
    )
    offer = models.ForeignKey(
        Offer, on_delete=models.CASCADE, null=True, blank=True, related_name="%(class)ss"
    )

    class Meta:
        abstract = True

    @property
    def entry(self) -> Programme | Call | Offer:
        """Return what it belongs to."""
        entry = self.programme or self.call or self.offer
        if entry is None:  # the constraint rules it out
            raise TypeError
        return entry


class ChangeProposal(OfEntry):
    """A change of an entry that waits for somebody who may decide."""

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", _("waits for a decision")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")

    # Operations of a JSON patch on the entry's record, made against `base_version`.
    patch = models.JSONField()
    base_version = models.PositiveIntegerField()
    source = about(
        models.CharField(
            _("What says so"),
            max_length=300,
            help_text=_("The notice, guideline or page that this change follows"),
        ),
        part="proposal",
    )
    note = about(models.TextField(_("Why"), max_length=1000, blank=True), part="proposal")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = about(
        models.TextField(
            _("Answer"),
            max_length=1000,
            blank=True,
            help_text=_("The person who proposed it reads this."),
        ),
        part="decision",
    )

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        constraints = [models.CheckConstraint(condition=ONE_ENTRY, name="proposal_of_one_entry")]

    def __str__(self) -> str:
        return f"{self.entry}: {self.source}"


class EntryVersion(OfEntry):
    """An entry's record as it stood from a moment on; also the feed of changes."""

    number = models.PositiveIntegerField()
    data = models.JSONField()
    source = models.CharField(_("Source"), max_length=300, blank=True)
    proposal = models.ForeignKey(
        ChangeProposal, on_delete=models.SET_NULL, null=True, blank=True, related_name="versions"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=ONE_ENTRY, name="version_of_one_entry"),
            models.UniqueConstraint(
                fields=["programme", "number"],
                condition=models.Q(programme__isnull=False),
                name="programme_version_once",
            ),
            models.UniqueConstraint(
                fields=["call", "number"],
                condition=models.Q(call__isnull=False),
                name="call_version_once",
            ),
            models.UniqueConstraint(
                fields=["offer", "number"],
                condition=models.Q(offer__isnull=False),
                name="offer_version_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry}, {self.number}"
