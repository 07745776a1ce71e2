"""How the answers came in: by phone, in somebody's place, on paper; late, after first results."""

from collections.abc import Iterable

from alpclusters.platform.cafe.models import Source
from alpclusters.platform.evaluation.domain.science import Arrivals, SourceLine
from alpclusters.platform.evaluation.domain.tables import Way


def count_arrivals(ways: Iterable[Way]) -> Arrivals:
    """Count people and standing answers by source; no figure is ever split by it.

    Everybody counts once, where the first answer came in: the sources add up to the people.
    """
    found = list(ways)
    came = {way.person: way.source for way in reversed(found)}
    by_source = {
        source: [way for way in found if came[way.person] == source] for source in Source.values
    }
    return Arrivals(
        sources=tuple(
            SourceLine(source, len({way.person for way in own}), len(own))
            for source, own in by_source.items()
            if own
        ),
        n_answers=len(found),
        n_late=sum(way.is_late for way in found),
        n_informed=sum(way.is_informed for way in found),
    )
