"""How many people answered by phone, by proxy and on paper: persons, never entries."""

from dataclasses import dataclass

from django.db.models import Count

from alpclusters.platform.cafe.domain.standing import standing_ratings
from alpclusters.platform.cafe.models import AlpCafe, Source


@dataclass(frozen=True, slots=True)
class SourceCounts:
    """People with at least one standing rating, by the way it came in.

    Attributes
    ----------
    phone, proxy, paper : int
        Somebody whose ratings came in several ways counts where the person was added.
    n_invalid : int
        Marks on paper that could not be read or were made twice; in no number.
    n_after_release : int
        Paper sheets entered after results had been released.
    """

    phone: int
    proxy: int
    paper: int
    n_invalid: int = 0
    n_after_release: int = 0

    @property
    def n(self) -> int:
        """All people who rated."""
        return self.phone + self.proxy + self.paper


def count_sources(cafe: AlpCafe) -> SourceCounts:
    """Count the people of an AlpCafé who rated, by source, in two queries."""
    groups = standing_ratings(cafe).order_by().values("participant__source")
    counted = groups.annotate(n=Count("participant_id", distinct=True))
    found = dict(counted.values_list("participant__source", "n"))
    sheets = list(cafe.paper_sheets.filter(entered_at__isnull=False).order_by("pk"))
    return SourceCounts(
        phone=found.get(Source.PHONE, 0),
        proxy=found.get(Source.PROXY, 0),
        paper=found.get(Source.PAPER, 0),
        n_invalid=sum(sheet.n_invalid for sheet in sheets),
        n_after_release=sum(sheet.after_release for sheet in sheets),
    )
