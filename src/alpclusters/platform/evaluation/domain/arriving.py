"""How the answers came in: by phone, in somebody's place, on paper; late, after first results."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from alpclusters.analysis.small_groups import told_count, withhold_groups
from alpclusters.platform.cafe.models import Source
from alpclusters.platform.evaluation.domain.plain import from_plain
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
    return protected(
        Arrivals(
            sources=tuple(
                SourceLine(source, len({way.person for way in own}), len(own))
                for source, own in by_source.items()
                if own
            ),
            n_answers=len(found),
            n_late=_told([way for way in found if way.is_late], found),
            n_informed=_told([way for way in found if way.is_informed], found),
        )
    )


def protected(found: Arrivals) -> Arrivals:
    """Leave out the numbers of sources by which few people answered, and what gives them away."""
    people = [line.n_people for line in found.sources if line.n_people is not None]
    if len(people) < len(found.sources):
        return found
    hidden = withhold_groups(people).groups
    lines = (
        SourceLine(line.source, None, None) if flag else line
        for line, flag in zip(found.sources, hidden, strict=True)
    )
    return replace(
        found,
        sources=tuple(lines),
        n_late=told_count(found.n_late) if found.n_late else found.n_late,
        n_informed=told_count(found.n_informed) if found.n_informed else found.n_informed,
    )


def stored_arrivals(value: Mapping[str, Any] | None) -> Arrivals | None:
    """Return how the answers came in as it was stored, few people left out."""
    found = from_plain(Arrivals, value)
    return None if found is None else protected(found)


def _told(some: Sequence[Way], found: Sequence[Way]) -> int | None:
    """Return how many answers, unless few people gave them, or only few gave all others."""
    people, everybody = {way.person for way in some}, {way.person for way in found}
    return None if told_count(len(people), of=len(everybody)) is None else len(some)
