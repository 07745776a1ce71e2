"""The search index of the directory: what other tables say, in a form that is quick to search.

Nothing here is a fact of its own: all of it can be made again (`domain.directory.index`). The
words themselves lie in a table of each database's own kind (`domain.directory.schema`).
"""

from django.db import models


class IndexedOrganisation(models.Model):
    """What the facets and orders of the directory need of one organisation."""

    organisation_id = models.BigIntegerField(primary_key=True)
    # The number of the index's version that last wrote the row.
    version = models.BigIntegerField(db_index=True)
    # No longer in the directory; stays so that other processes learn of it.
    is_gone = models.BooleanField(default=False)
    is_cluster = models.BooleanField(default=False)
    is_simulated = models.BooleanField(default=False)
    sort_name = models.CharField(max_length=260, blank=True)
    country = models.CharField(max_length=2, blank=True)
    region = models.CharField(max_length=4, blank=True)
    ecosystem = models.CharField(max_length=40, blank=True)
    standing = models.CharField(max_length=10, blank=True)
    # Several values are parted by "|".
    sectors = models.TextField(blank=True)
    technologies = models.TextField(blank=True)
    # Each with the ordinal of the last day it is valid: "ecei gold@740000"; 0 is open.
    labels = models.TextField(blank=True)
    markets = models.TextField(blank=True)
    # Ordinals of days (`date.toordinal`), 0 is never; instants in seconds.
    confirmed = models.IntegerField(default=0)
    changed = models.BigIntegerField(default=0)
    completeness = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["organisation_id"]

    def __str__(self) -> str:
        return f"{self.organisation_id}"


class IndexTodo(models.Model):
    """An organisation that changed since it was indexed; triggers of the database write these."""

    organisation_id = models.BigIntegerField(db_index=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.organisation_id}"


class IndexWord(models.Model):
    """A folded word of the index and in how many organisations it stands."""

    word = models.CharField(max_length=120, primary_key=True)
    n = models.IntegerField(default=0)

    class Meta:
        ordering = ["word"]

    def __str__(self) -> str:
        return self.word


class IndexVersion(models.Model):
    """A state of the index; its token tells it from one that was rolled back."""

    version = models.BigIntegerField(primary_key=True)
    token = models.CharField(max_length=32)
    # Of the code and the seed facts that made it.
    fingerprint = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["version"]

    def __str__(self) -> str:
        return f"{self.version}"
