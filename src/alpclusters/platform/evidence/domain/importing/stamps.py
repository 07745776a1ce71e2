"""What is written beside everything that an import of projects stores."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model

from alpclusters.platform.actors.domain.importing.versions import Author, keep_versions
from alpclusters.platform.actors.models import ImportRun


@dataclass(frozen=True, slots=True)
class Stamp:
    """Source and time of an import.

    Attributes
    ----------
    run : ImportRun
    now : datetime
    prefix : str
        Before the keys of new initiatives, such as ``cordis``.
    attribution, licence : str
        As the source asks for.
    is_published, is_simulated : bool
        Of new initiatives.
    """

    run: ImportRun
    now: datetime
    prefix: str
    attribution: str
    licence: str
    is_published: bool = True
    is_simulated: bool = False

    def source(self, address: str) -> str:
        """Return the sentence that names the source of one initiative."""
        return ". ".join(filter(None, (self.attribution, address)))[:500]

    def keep_history(self, model: type[Model], rows: Sequence[Model], *, is_new: bool) -> None:
        """Keep a version of each stored row, with author, time and reason."""
        reason = f"{self.run.source.name}: {self.run.file_name}"
        author = Author(self.run.made_by_id, reason, self.now)
        keep_versions(model, [row.pk for row in rows], author, is_new=is_new)
