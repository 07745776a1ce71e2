"""Rows that stay as they are once they are stored; triggers of the database hold the same."""

from typing import Any, NoReturn

from django.db import models

from alpclusters.analysis.errors import StateError

STAYS = "snapshot.stays"


class StayingQuerySet[Row: "Staying"](models.QuerySet[Row]):
    """Rows that nobody changes; only simulated ones may be removed."""

    def update(self, **_values: object) -> NoReturn:
        """Refuse."""
        raise StateError(STAYS)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Remove simulated ones; refuse if there is another among them."""
        if self.filter(is_simulated=False).exists():
            raise StateError(STAYS)
        # The newest first: a correction protects the one that was wrong.
        pks = list(self.order_by("-pk").values_list("pk", flat=True))
        rows = self.model._base_manager  # noqa: SLF001 - the manager without our refusal
        n = sum(rows.filter(pk=pk).delete()[0] for pk in pks)
        return n, {self.model._meta.label: n}


class Staying(models.Model):
    """A row that is stored once and never changed; it goes only with a simulated plan."""

    is_simulated = models.BooleanField(default=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new one; refuse to change one that is there."""
        if not self._state.adding:
            raise StateError(STAYS)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Remove a simulated one; refuse the others."""
        if not self.is_simulated:
            raise StateError(STAYS)
        return super().delete(*args, **kwargs)
