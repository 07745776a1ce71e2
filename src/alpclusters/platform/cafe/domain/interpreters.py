"""Which tables need an interpreter, from who sits there."""

from collections import Counter
from collections.abc import Iterable, Sequence

from alpclusters.platform.cafe.models import Guest, Table


def tables_in_need(
    pairs: Iterable[tuple[Guest, Table]], event: Sequence[str]
) -> dict[str, list[int]]:
    """Return for each language the numbers of the tables that need an interpreter of it.

    A table works in its first language. For those who do not speak it the language that most
    of them speak is taken first, ties by code, until all are served. Nothing is known of
    guests or tables without a language, and who speaks none of the event cannot be served.
    """
    needs: dict[int, list[set[str]]] = {}
    for guest, table in pairs:
        spoken = set(guest.languages) & set(event)
        if spoken and table.languages and table.languages[0] not in spoken:
            needs.setdefault(table.number, []).append(spoken)
    found: dict[str, list[int]] = {}
    for number in sorted(needs):
        for language in _cover(needs[number]):
            found.setdefault(language, []).append(number)
    return dict(sorted(found.items()))


def _cover(needs: Sequence[set[str]]) -> list[str]:
    chosen = []
    left = list(needs)
    while left:
        counts = Counter(language for need in left for language in need)
        best = min(counts, key=lambda code: (-counts[code], code))
        chosen.append(best)
        left = [need for need in left if best not in need]
    return chosen
