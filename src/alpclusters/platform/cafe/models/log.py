"""What facilitators and hosts did, so that it can be told, and undone until the seal."""

from django.conf import settings
from django.db import models

from alpclusters.platform.cafe.models.events import AlpCafe
from alpclusters.platform.cafe.models.phases import Block


class Entry(models.Model):
    """One command with what is needed to undo it; an undo is an entry of its own."""

    cafe = models.ForeignKey(AlpCafe, on_delete=models.CASCADE, related_name="entries")
    number = models.PositiveIntegerField()
    command = models.CharField(max_length=30)
    arguments = models.JSONField(default=dict)
    # What the command changed, before and after, in the words of its own module.
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    # What it rests on: "phase", "timer", "card:12", "seat:4:2"; a later entry on the same depends.
    touches = models.JSONField(default=list)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # The host's table, where a host without an account acted.
    by_table = models.PositiveSmallIntegerField(null=True, blank=True)
    at = models.DateTimeField()
    undoes = models.OneToOneField(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="undone_by"
    )

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["cafe", "number"], name="entry_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.command}"


class Release(models.Model):
    """A block of results that was visible from one moment to another."""

    cafe = models.ForeignKey(AlpCafe, on_delete=models.CASCADE, related_name="releases")
    block = models.CharField(max_length=14, choices=Block.choices)
    visible_from = models.DateTimeField()
    visible_to = models.DateTimeField(null=True, blank=True)
    # What was shown, as it was computed at that moment: later answers do not move it one by one.
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ["visible_from", "pk"]

    def __str__(self) -> str:
        return self.block


class Protocol(models.Model):
    """An approved version of the protocol: what was written at that moment."""

    cafe = models.ForeignKey(AlpCafe, on_delete=models.CASCADE, related_name="protocols")
    number = models.PositiveSmallIntegerField()
    # As reports/protocol reads it.
    data = models.JSONField()
    # Open points and who takes them, purpose, next steps: typed by the facilitator, by language.
    notes = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["cafe", "number"], name="protocol_once")]

    def __str__(self) -> str:
        return f"{self.cafe} #{self.number}"


class ProtocolHost(models.Model):
    """Who was host at a table, as approved; the only name of a protocol that goes by time."""

    protocol = models.ForeignKey(Protocol, on_delete=models.CASCADE, related_name="hosts")
    table = models.PositiveSmallIntegerField()
    # Empty once the time is over or somebody is erased: the protocol then says so.
    name = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["table"]
        constraints = [
            models.UniqueConstraint(fields=["protocol", "table"], name="protocol_host_once")
        ]

    def __str__(self) -> str:
        return f"{self.protocol}, {self.table}"
