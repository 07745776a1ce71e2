"""What the search of the evidence base still has to read."""

from django.db import models


class SearchTodo(models.Model):
    """A thing that changed since it was indexed; triggers of the database write these."""

    # Kind and number in one (`domain.search.rows`).
    row = models.BigIntegerField(db_index=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.row}"
