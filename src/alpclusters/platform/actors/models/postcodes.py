"""Postcodes and the regions they lie in."""

from django.db import models


class PostalPoint(models.Model):
    """Which region a postcode lies in, as the official source says it (CC BY-SA).

    ``nuts3`` is a code of ``vintage``; `alpclusters.platform.actors.domain.postcodes` carries it
    over. ``town`` is the municipality in small letters without accents, for postcodes of letter
    boxes and large customers, which the source leaves out.
    """

    country = models.CharField(max_length=2)
    postcode = models.CharField(max_length=12)
    nuts3 = models.CharField(max_length=5)
    vintage = models.PositiveSmallIntegerField()
    town = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["country", "postcode", "nuts3", "town"]
        constraints = [
            models.UniqueConstraint(
                fields=["country", "postcode", "nuts3", "town"], name="postal_once"
            )
        ]
        indexes = [models.Index(fields=["country", "town"])]

    def __str__(self) -> str:
        return f"{self.country}-{self.postcode}"
