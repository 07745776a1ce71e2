"""Postcodes and the regions they lie in."""

from django.db import models


class PostalPoint(models.Model):
    """Which region a postcode lies in, as the official source says it (CC BY-SA)."""

    country = models.CharField(max_length=2)
    postcode = models.CharField(max_length=12)
    nuts3 = models.CharField(max_length=5)
    vintage = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["country", "postcode"]
        constraints = [
            models.UniqueConstraint(fields=["country", "postcode", "nuts3"], name="postal_once")
        ]

    def __str__(self) -> str:
        return f"{self.country}-{self.postcode}"
