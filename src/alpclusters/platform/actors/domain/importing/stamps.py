"""What is written beside everything that a run stores."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model

from alpclusters.platform.actors.domain.importing.versions import Author, keep_versions
from alpclusters.platform.actors.models import ImportRun


@dataclass(frozen=True, slots=True)
class Stamp:
    """What is written beside everything that a run stores.

    Attributes
    ----------
    run : ImportRun
    now : datetime
    attribution, licence : str
        As shown with an organisation.
    """

    run: ImportRun
    now: datetime
    attribution: str
    licence: str

    @property
    def reason(self) -> str:
        """What the history says."""
        return f"{self.run.source.name}: {self.run.file_name}"

    def keep_history(self, model: type[Model], rows: Sequence[Model], *, is_new: bool) -> None:
        """Keep a version of each stored row, with author, time and reason."""
        author = Author(self.run.made_by_id, self.reason, self.now)
        keep_versions(model, [row.pk for row in rows], author, is_new=is_new)
